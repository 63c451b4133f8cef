import GRDB
import LedgerDomain

/// Proves the books of a store that an older version wrote.
///
/// A checksum over a row says nothing about what happened to the row before. So each close is first compared
/// with its digest; balances of a close that does not match get no proof, and look-ups refuse them.
enum ProofMigration {
  static func prove(_ db: Database) throws {
    let (reader, writer) = (try BookReader(db), try ProofWriter(db))
    for state in try reader.tenantStates() {
      try writer.add(tenant: state.tenant, reference: state.reference)
      do {
        try prove(state, reader, writer)
      } catch let error as StoreError where error.code == .alteredStore {
        // What is not proved by now stays so.
      }
    }
  }

  private static func prove(
    _ state: TenantState, _ reader: BookReader, _ writer: ProofWriter
  ) throws {
    let links = try reader.links(state)
    let digests = try reader.chartDigests()
    var damaged: Set<CloseID> = []
    for link in links {
      do { try reader.proveClose(link.closeID, state) } catch is StoreError {
        damaged.insert(link.closeID)
      }
    }
    let closes = Dictionary(links.map { ($0.businessDate, $0) }, uniquingKeysWith: { $1 })
    for (date, link) in closes.sorted(by: { $0.key < $1.key }) {
      let rows = try reader.currentRows(state, date: date)
      guard !damaged.contains(link.closeID), !rows.contains(where: { damaged.contains($0.close) }),
        let digest = digests[link.charts.own]
      else { continue }
      try writer.replace(
        date, tenant: state.reference,
        with: rows.map {
          BalanceProof.Entry($0.row, writtenBy: $0.close, tenant: state.reference)
        })
      try writer.prove(
        ProvedDate(close: link.closeID, chart: link.charts.own, chartDigest: digest), date,
        tenant: state.reference)
    }
    try writer.proveTenant(state.reference, closedThrough: state.closedThrough)
  }
}

extension BookReader {
  /// The digest of each chart, by its number in the store.
  fileprivate func chartDigests() throws -> [Int64: String] {
    let rows = try Row.fetchAll(db, sql: "SELECT chart_ref, digest FROM chart")
    return Dictionary(
      try rows.map { (try $0.integer(0), try $0.text(1)) }, uniquingKeysWith: { $1 })
  }
}
