import LedgerDomain
import SnapshotStore

/// Reads closes back after their commit, through a connection of its own, and proves them.
///
/// The writer's connection would give back the pages that it holds in memory.
enum CommitProof {
  /// - Throws: `StoreError` with `altered_store` if a close is not in the file as it was closed.
  static func prove(_ closed: [CloseRecord], in path: String) throws {
    if closed.isEmpty { return }
    do {
      try BookStore(readingFrom: path).read { reader in
        for (tenant, records) in Dictionary(grouping: closed, by: \.header.tenant) {
          guard let state = try reader.provedState(tenant) else {
            throw StoreError(.alteredStore, "tenant \(tenant) is missing.")
          }
          for record in records {
            try reader.proveClose(record.header.closeID, state)
            _ = try reader.provedBalances(state, date: record.header.businessDate)
            try reader.proveBalances(state, of: record.restatements)
          }
        }
      }
    } catch let error as StoreError where [.alteredStore, .notAStore].contains(error.code) {
      throw StoreError(
        .alteredStore,
        "\(path) does not hold what was just committed: \(error.message) Nothing more was closed, and no "
          + "reports were written.")
    }
  }
}
