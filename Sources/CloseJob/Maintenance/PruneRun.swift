public import JobConfiguration
public import LedgerDomain
public import SnapshotStore

/// `tieout prune`: removes superseded balance versions of old dates from the store.
public struct PruneRun {
  private let storePath: String
  private let tenants: [TenantID]
  private let before: BusinessDate
  private let clock: RunClock

  /// A run that prunes dates before the given one.
  ///
  /// - Parameter tenants: the tenants to prune; all if empty.
  public init(storePath: String, tenants: [TenantID], before: BusinessDate, clock: RunClock) {
    self.storePath = storePath
    self.tenants = tenants
    self.before = before
    self.clock = clock
  }

  /// Counts what would be removed.
  ///
  /// - Throws: `CloseRefusal` with `not_closed` for a tenant without books.
  public func dryRun() throws -> [PruneResult] {
    try BookStore(readingFrom: storePath).read { reader in
      try states(reader).map { try reader.prunable($0, before: before) }
    }
  }

  /// Prunes all tenants' books in one transaction.
  ///
  /// - Parameter waiting: called before waiting for the lock that another run holds.
  /// - Throws: `StoreError` with `altered_store` if the books are not those that were closed;
  ///   `CloseRefusal` with `not_closed` for a tenant without books.
  public func run(waiting: (() -> Void)? = nil) throws -> [PruneResult] {
    try BookStore.writeLocked(at: storePath, waiting: waiting) { writer in
      try writer.begin()
      // The digest of what remains must not certify altered books.
      if let fault = try writer.reader.structureFaults().first {
        throw StoreError(.alteredStore, "nothing was pruned: \(fault). Run tieout verify.")
      }
      let results = try states(writer.reader).map { state in
        var verification = try StoreVerification(reader: writer.reader, state: state)
        try verification.verify()
        if let difference = verification.found.differences.first {
          throw StoreError(
            .alteredStore,
            "nothing was pruned: the books of tenant \(state.tenant) were changed: "
              + "\(difference.message). Run tieout verify.")
        }
        return try writer.prune(state, before: before, at: clock.timestamp())
      }
      try writer.commit()
      return results
    }
  }

  /// The books to prune. A named tenant without books is refused rather than skipped.
  private func states(_ reader: BookReader) throws -> [TenantState] {
    let states = try reader.tenantStates()
    if tenants.isEmpty { return states }
    return try tenants.map { tenant in
      guard let state = states.first(where: { $0.tenant == tenant }) else {
        throw CloseRefusal(.notClosed, "tenant \(tenant) has no closed date yet.")
      }
      return state
    }
  }
}
