import GRDB
import LedgerDomain

extension BookReader {
  /// Contradictions between a tenant's books and what proves them to look-ups.
  public func proofFaults(_ state: TenantState, _ links: [StoredLink]) throws -> [String] {
    var faults: [String] = []
    do {
      if try provedState(state.tenant) != state {
        faults.append("the proof of how far the books are closed is that of other books")
      }
    } catch let error as StoreError where error.code == .alteredStore {
      faults.append(error.message)
    }
    let proof = try ProofReader(db)
    let closes = Dictionary(links.map { ($0.businessDate, $0) }, uniquingKeysWith: { $1 })
    var pageCount = 0
    for (date, link) in closes.sorted(by: { $0.key < $1.key }) {
      do {
        let proved = try proof.date(state, date)
        if proved.close != link.closeID || proved.chart != link.charts.own {
          faults.append("the proof of \(date) is not that of close \(link.closeID)")
        }
        pageCount += try proof.pageCount(state, date: date)
        faults += try balanceFaults(state, date, proof)
      } catch let error as StoreError where error.code == .alteredStore {
        faults.append(error.message)
      }
    }
    guard faults.isEmpty else { return faults }
    let counts = try Row.fetchOne(
      db,
      sql: """
        SELECT (SELECT count(*) FROM balance_proof WHERE tenant_ref = ?1),
          (SELECT count(*) FROM date_proof WHERE tenant_ref = ?1)
        """, arguments: [state.reference])
    if let counts, counts[0] != pageCount || counts[1] != closes.count {
      faults.append("there are proofs of dates or balances that the books do not have")
    }
    return faults
  }

  private func balanceFaults(
    _ state: TenantState, _ date: BusinessDate, _ proof: ProofReader
  ) throws -> [String] {
    let rows = try currentRows(state, date: date)
    let expected = rows.map {
      BalanceProof.Entry($0.row, writtenBy: $0.close, tenant: state.reference)
    }
    let stored = try proof.entries(state, date: date)
    if stored == expected { return [] }
    let known = Set(stored.map { "\($0.key) \($0.checksum)" })
    let keys = Set(expected.map(\.key))
    let wrong =
      expected.filter { !known.contains("\($0.key) \($0.checksum)") }.map(\.key)
      + stored.filter { !keys.contains($0.key) }.map(\.key)
    let named = wrong.sorted().prefix(10).map { "\($0)" }.joined(separator: ", ")
    return [
      "the balances as of \(date) are not those that were proved when they were closed: \(named)"
    ]
  }

  /// Contradictions between the store's tenants and their proofs.
  func tenantProofFaults() throws -> [String] {
    var faults: [String] = []
    do {
      _ = try provedTenants()
    } catch let error as StoreError where error.code == .alteredStore {
      faults.append(error.message)
    }
    if try Int.fetchOne(db, sql: "SELECT count(*) FROM store_proof") != 1 {
      faults.append("store_proof does not have one row")
    }
    for table in ["balance_proof", "date_proof", "tenant_proof"] {
      let orphans = try Int64.fetchAll(
        db,
        sql: """
          SELECT DISTINCT tenant_ref FROM \(table)
          WHERE tenant_ref NOT IN (SELECT tenant_ref FROM tenant) ORDER BY 1 LIMIT 10
          """)
      faults += orphans.map { "\(table) holds rows of tenant \($0), which does not exist" }
    }
    return faults
  }
}
