import GRDB
import LedgerDomain

/// Writes what proves the books of a close, in the close's transaction.
final class ProofWriter {
  private let reader: ProofReader
  private let insertPage: RowStatement
  private let deletePage: RowStatement
  private let deletePages: RowStatement
  private let replaceDate: RowStatement
  private let head: RowStatement
  private let replaceTenant: RowStatement
  private let addTenant: RowStatement

  init(_ db: Database) throws {
    reader = try ProofReader(db)
    insertPage = try RowStatement(
      db, "INSERT INTO balance_proof VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
    deletePage = try RowStatement(
      db,
      "DELETE FROM balance_proof WHERE tenant_ref = ?1 AND as_of_date = ?2 AND first_key = ?3")
    deletePages = try RowStatement(
      db, "DELETE FROM balance_proof WHERE tenant_ref = ?1 AND as_of_date = ?2")
    replaceDate = try RowStatement(db, "REPLACE INTO date_proof VALUES (?1, ?2, ?3, ?4, ?5)")
    head = try RowStatement(
      db, "SELECT \(TenantHead.columns) FROM \(TenantHead.tables) WHERE t.tenant_ref = ?1")
    replaceTenant = try RowStatement(db, "REPLACE INTO tenant_proof VALUES (?1, ?2, ?3)")
    addTenant = try RowStatement(
      db, "UPDATE store_proof SET tenant_count = tenant_count + 1, checksum = ?1 WHERE proof_id = 1"
    )
    storeChecksum = try RowStatement(db, "SELECT checksum FROM store_proof WHERE proof_id = 1")
  }

  private let storeChecksum: RowStatement

  /// Proves the rows that a close wrote: all of its date, and new versions of earlier ones.
  ///
  /// - Parameter rows: in the order of key and date.
  func prove(_ rows: [SnapshotRow], of close: ProvedDate, on date: BusinessDate, tenant: Int64)
    throws
  {
    func entry(_ row: SnapshotRow) -> BalanceProof.Entry {
      BalanceProof.Entry(row, writtenBy: close.close, tenant: tenant)
    }
    try replace(date, tenant: tenant, with: rows.filter { $0.asOfDate == date }.map(entry))
    let restated = Dictionary(grouping: rows.filter { $0.asOfDate != date }, by: \.asOfDate)
    for (date, rows) in restated.sorted(by: { $0.key < $1.key }) {
      try change(date, tenant: tenant, rows.map(entry))
    }
    try prove(close, date, tenant: tenant)
  }

  /// Proves which balances a date has.
  ///
  /// - Parameter entries: of all keys with a balance, in their order.
  func replace(_ date: BusinessDate, tenant: Int64, with entries: [BalanceProof.Entry]) throws {
    try deletePages.run { row in
      row.integer(1, tenant)
      row.text(2, date.description)
    }
    for page in BalanceProof.all(tenant: tenant, date: date, entries) { try insert(page) }
  }

  /// Proves the current close of a date.
  func prove(_ close: ProvedDate, _ date: BusinessDate, tenant: Int64) throws {
    try replaceDate.run { row in
      row.integer(1, tenant)
      row.text(2, date.description)
      row.integer(3, close.close.number)
      row.integer(4, close.chart)
      row.integer(5, ProofReader.checksum(close, tenant, date))
    }
  }

  /// Proves how far a tenant's books are closed, from the head of its chain as it is now.
  func proveTenant(_ reference: Int64, closedThrough: BusinessDate) throws {
    var found: TenantHead?
    try head.forEachRow { row in
      row.integer(1, reference)
    } _: { row in
      found = TenantHead(row, closedThrough: closedThrough.description)
    }
    guard let found else { throw Row.altered("a tenant without the head of its chain") }
    try replaceTenant.run { row in
      row.integer(1, reference)
      row.text(2, found.closedThrough)
      row.integer(3, found.checksum)
    }
  }

  /// Adds a tenant to those that have books.
  func add(tenant: TenantID, reference: Int64) throws {
    var sum = ProofChecksum.of(tenant: tenant.description, reference: reference)
    try storeChecksum.forEachRow({ _ in }) { sum &+= $0.columnInteger(0) }
    try addTenant.run { $0.integer(1, sum) }
  }

  private func change(
    _ date: BusinessDate, tenant: Int64, _ changes: [BalanceProof.Entry]
  ) throws {
    var rest = changes[...]
    while let first = rest.first {
      var page = try reader.page(tenant: tenant, date: date, covering: first.key.packed)
      let covered = rest.prefix { $0.key.packed < page.place.end }
      rest = rest.dropFirst(covered.count)
      page.replace(covered)
      try deletePage.run { row in
        row.integer(1, tenant)
        row.text(2, date.description)
        row.integer(3, Int64(page.place.first))
      }
      for part in page.split() { try insert(part) }
    }
  }

  private func insert(_ page: BalanceProof) throws {
    try page.bytes.withUnsafeBytes { bytes in
      try insertPage.run { row in
        row.integer(1, page.place.tenant)
        row.text(2, page.place.date.description)
        row.integer(3, Int64(page.place.first))
        row.integer(4, Int64(page.place.end))
        row.bytes(5, bytes)
        row.integer(6, BalanceProof.checksum(page.place, bytes))
      }
    }
  }
}
