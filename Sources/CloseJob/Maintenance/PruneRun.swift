public import JobConfiguration
public import LedgerDomain
public import SnapshotStore

/// `tieout prune`: takes superseded versions of old dates out of the store.
public struct PruneRun {
  private let storePath: String
  private let tenants: [TenantID]
  private let before: BusinessDate
  private let clock: RunClock

  /// A pruning of the versions of dates before one.
  ///
  /// - Parameter tenants: whose; everybody's if empty.
  public init(storePath: String, tenants: [TenantID], before: BusinessDate, clock: RunClock) {
    self.storePath = storePath
    self.tenants = tenants
    self.before = before
    self.clock = clock
  }

  /// What would be taken out.
  ///
  /// - Throws: `CloseRefusal` with `not_closed` for a tenant without books.
  public func dryRun() throws -> [PruneResult] {
    try BookStore(readingFrom: storePath).read { reader in
      try states(reader).map { try reader.prunable($0, before: before) }
    }
  }

  /// Prunes all tenants' books in one transaction.
  ///
  /// - Parameter waiting: called if another run holds the lock, which is then waited for.
  /// - Throws: `StoreError` with `altered_store` if the books are not those that were closed;
  ///   `CloseRefusal` with `not_closed` for a tenant without books.
  public func run(waiting: (() -> Void)? = nil) throws -> [PruneResult] {
    guard BookStore.exists(at: storePath) else {
      throw StoreError(.notFound, "there is no store at \(storePath).")
    }
    let lock = try StoreLock(storePath: storePath, waiting: waiting)
    defer { withExtendedLifetime(lock) {} }
    return try BookStore(writingTo: storePath).write { writer in
      try writer.begin()
      // What was altered must not be sealed by a digest of what remains.
      if let fault = try writer.reader.structureFaults().first {
        throw StoreError(.alteredStore, "nothing was pruned, since \(fault). See tieout verify.")
      }
      let results = try states(writer.reader).map { state in
        var verification = try StoreVerification(reader: writer.reader, state: state)
        try verification.verify()
        if let difference = verification.found.differences.first {
          throw StoreError(
            .alteredStore,
            "nothing was pruned, since the books of tenant \(state.tenant) were changed: "
              + "\(difference.message). See tieout verify.")
        }
        return try writer.prune(state, before: before, at: clock.timestamp())
      }
      try writer.commit()
      return results
    }
  }

  /// The books to prune. That one has none is said rather than passed over.
  private func states(_ reader: BookReader) throws -> [TenantState] {
    let states = try reader.tenantStates()
    if tenants.isEmpty { return states }
    return try tenants.map { tenant in
      guard let state = states.first(where: { $0.tenant == tenant }) else {
        throw CloseRefusal(.notClosed, "no date of tenant \(tenant) is closed yet.")
      }
      return state
    }
  }
}
