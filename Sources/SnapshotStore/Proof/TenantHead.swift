import GRDB
import LedgerDomain

/// How far a tenant's books are closed, with the checksum that proves it.
struct TenantHead {
  let reference: Int64
  let tenant: String
  let firstDate: String
  let closedThrough: String
  let lastClose: Int64
  let closeCount: Int64
  let chainDigest: String
  let unrecordedThrough: Int64
  let chart: Int64
  let chartDigest: String

  var checksum: Int64 {
    var sum = ProofChecksum(.tenant)
    for number in [reference, lastClose, closeCount, unrecordedThrough, chart] { sum.add(number) }
    for text in [tenant, firstDate, closedThrough, chainDigest, chartDigest] { sum.add(text) }
    return sum.value
  }

  /// The state of the tenant's books; `nil` if a column holds no value of its kind.
  var state: TenantState? {
    guard let tenant = TenantID(tenant), let first = BusinessDate(firstDate),
      let last = BusinessDate(closedThrough)
    else { return nil }
    return TenantState(
      reference: reference, tenant: tenant, firstDate: first, closedThrough: last,
      lastClose: CloseID(lastClose), chainDigest: chainDigest, chartReference: chart)
  }

  /// Columns 0 to 8 of a query that joins the tables below.
  static let columns = """
    t.tenant_ref, t.tenant_id, t.first_date, h.close_id, h.close_count, h.chain_digest,
      h.unrecorded_through, c.chart_ref, g.digest
    """
  static let tables = """
    tenant t JOIN chain_head h ON h.tenant_ref = t.tenant_ref
      JOIN stored_close c ON c.close_id = h.close_id JOIN chart g ON g.chart_ref = c.chart_ref
    """

  /// The head in the columns of a row.
  init(_ row: RowStatement, closedThrough: String) {
    reference = row.columnInteger(0)
    tenant = row.columnText(1)
    firstDate = row.columnText(2)
    lastClose = row.columnInteger(3)
    closeCount = row.columnInteger(4)
    chainDigest = row.columnText(5)
    unrecordedThrough = row.columnInteger(6)
    chart = row.columnInteger(7)
    chartDigest = row.columnText(8)
    self.closedThrough = closedThrough
  }
}

/// Reads which tenants have books, and how far they are closed, and proves both.
struct TenantProofReader {
  private let head: RowStatement
  private let tenants: RowStatement
  private let list: RowStatement

  init(_ db: Database) throws {
    head = try RowStatement(
      db,
      """
      SELECT \(TenantHead.columns), p.closed_through, p.checksum
      FROM \(TenantHead.tables) JOIN tenant_proof p ON p.tenant_ref = t.tenant_ref
      WHERE t.tenant_id = ?1
      """)
    // The table itself, whose index may be what is damaged.
    tenants = try RowStatement(db, "SELECT tenant_ref, tenant_id FROM tenant NOT INDEXED")
    list = try RowStatement(
      db, "SELECT tenant_count, checksum FROM store_proof WHERE proof_id = 1")
  }

  /// The state of a tenant's books; `nil` if the tenant has none.
  func head(of tenant: TenantID) throws -> (state: TenantState, head: TenantHead)? {
    var found: (TenantState, TenantHead)?
    try head.forEachRow { row in
      row.text(1, tenant.description)
    } _: { row in
      let head = TenantHead(row, closedThrough: row.columnText(9))
      if head.checksum == row.columnInteger(10), let state = head.state, state.tenant == tenant {
        found = (state, head)
      }
    }
    if let found { return found }
    guard try !all().contains(tenant) else {
      throw ProofReader.damaged("how far the books are closed", tenant)
    }
    return nil
  }

  /// Every tenant that has books, in the order of the store's numbers.
  func all() throws -> [TenantID] {
    var (found, count, sum): ([TenantID], Int64, Int64) = ([], 0, 0)
    try tenants.forEachRow({ _ in }) { row in
      let text = row.columnText(1)
      count += 1
      sum &+= ProofChecksum.of(tenant: text, reference: row.columnInteger(0))
      if let tenant = TenantID(text) { found.append(tenant) }
    }
    var isProved = false
    try list.forEachRow({ _ in }) { row in
      isProved = row.columnInteger(0) == count && row.columnInteger(1) == sum
    }
    guard isProved, Int64(found.count) == count else {
      throw ProofReader.damaged("the list of tenants")
    }
    return found
  }
}
