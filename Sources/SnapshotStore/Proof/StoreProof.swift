import LedgerDomain

/// Proves a whole store in short reads, for whoever serves it meanwhile.
public struct StoreProof: Sendable {
  private let path: String

  /// A proof of the store at a path.
  public init(path: String) { self.path = path }

  /// Proves every close against its digests, and the balances of every date.
  ///
  /// The file is read anew, not from pages that look-ups hold in memory.
  ///
  /// - Parameter pause: called after each read with the time that it took; returns whether to go on.
  /// - Returns: whether it went through to the end.
  /// - Throws: `StoreError`; `altered_store` or `not_a_store` if something is damaged.
  public func run(pause: (Duration) -> Bool) throws -> Bool {
    let store = try BookStore(readingFrom: path)
    func step(_ body: (BookReader) throws -> Void) throws -> Bool {
      let start = ContinuousClock.now
      try store.read(body)
      return pause(.now - start)
    }
    var tenants: [TenantID] = []
    guard try step({ tenants = try $0.provedTenants() }) else { return false }
    for tenant in tenants {
      var links: [StoredLink] = []
      guard try step({ links = try $0.links(Self.head(tenant, $0).state) }) else { return false }
      for link in links {
        let goesOn = try step { reader in
          let (state, head) = try Self.head(tenant, reader)
          try reader.proveClose(link.closeID, state)
          try reader.proveRecord(link.closeID, head, state)
        }
        guard goesOn else { return false }
      }
      for date in Set(links.map(\.businessDate)).sorted() {
        let goesOn = try step { reader in
          _ = try reader.provedBalances(Self.head(tenant, reader).state, date: date)
        }
        guard goesOn else { return false }
      }
    }
    return true
  }

  private static func head(
    _ tenant: TenantID, _ reader: BookReader
  ) throws -> (state: TenantState, head: TenantHead) {
    guard let found = try reader.provedHead(tenant) else {
      throw ProofReader.damaged("the list of tenants", tenant)
    }
    return found
  }
}
