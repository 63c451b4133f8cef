import LedgerDomain
import SnapshotStore
import Testing

@Suite("The views of the store")
struct StoreSchemaTests {
  private func books() throws -> StoreFile {
    let file = try StoreFile()
    try file.open { _ = try $0.commit([SampleBooks.firstDraft, SampleBooks.secondDraft]) }
    return file
  }

  @Test(
    "each table or view has at least its columns",
    arguments: [
      (
        "balance_snapshot",
        "tenant_id account_code currency layer as_of_date close_id dr_balance_minor cr_balance_minor"
      ),
      (
        "current_balance",
        "tenant_id account_code currency layer as_of_date close_id dr_balance_minor cr_balance_minor"
      ),
      (
        "movement",
        "close_id tenant_id account_code currency layer effective_date dr_minor cr_minor line_count"
      ),
      (
        "close_run",
        """
        close_id tenant_id business_date status records_read entries_accepted records_quarantined \
        started_at finished_at input_digest chain_digest
        """
      ), ("input_part", "close_id file bytes sha256 records"),
      (
        "finding",
        """
        close_id tenant_id business_date code severity file record byte_offset journal_entry_id \
        field account_code currency layer dr_minor cr_minor message
        """
      ),
      (
        "restatement",
        """
        close_id tenant_id account_code currency layer as_of_date dr_before_minor cr_before_minor \
        dr_after_minor cr_after_minor
        """
      ), ("account", "tenant_id account_code account_name normal_side close_id"),
      (
        "tie_out",
        """
        close_id tenant_id business_date check_name status expected_minor actual_minor \
        difference_minor detail
        """
      ),
    ])
  func viewHasItsColumns(name: String, columns: String) throws {
    let found = Set(try books().rows("SELECT name FROM pragma_table_info('\(name)')"))
    let missing = columns.split(separator: " ").filter { !found.contains(String($0)) }
    #expect(missing.isEmpty)
    #expect(try !books().rows("SELECT * FROM \(name)").isEmpty)
  }

  @Test("all versions of a balance are listed, and the current one is that of the last close")
  func currentBalanceIsOfTheLastClose() throws {
    let file = try books()
    let columns = "close_id, dr_balance_minor, cr_balance_minor"
    let condition = "as_of_date = '2026-01-05' AND account_code = '1100' AND layer = 'SETTLED'"
    #expect(
      try file.rows("SELECT \(columns) FROM balance_snapshot WHERE \(condition) ORDER BY close_id")
        == ["1|1500|0", "2|1520|0"])
    #expect(
      try file.rows("SELECT \(columns) FROM current_balance WHERE \(condition)") == ["2|1520|0"])
    #expect(
      try file.rows(
        "SELECT count(*), count(DISTINCT account_code || currency || layer || as_of_date) "
          + "FROM current_balance") == ["7|7"])
  }

  @Test("`account` has a row for each change of an account, and no other")
  func accountHasARowPerChange() throws {
    let file = try books()
    var third = SampleBooks.secondDraft
    third.businessDate = SampleBooks.third
    third.restatements = []
    third.movements = []
    third.chart = ChartOfAccounts([
      SampleBooks.account(1100, "Loans, \"A\" | é", .debit),
      SampleBooks.account(2000, "Deposits", .debit), SampleBooks.account(2100, "New", .credit),
    ])
    try file.open { writer in _ = try writer.commit([third]) }
    #expect(
      try file.rows(
        "SELECT close_id, account_code, normal_side FROM account ORDER BY close_id, account_code")
        == ["1|1100|DR", "1|2000|CR", "1|3000|CR", "3|2000|DR", "3|2100|CR"])
    #expect(
      try file.rows("SELECT account_name FROM account WHERE account_code = '1100'")
        == ["Loans, \"A\" | é"])
  }

  @Test("queries return dates as text, amounts as integers and the tenant's UUID")
  func valuesHaveDocumentedTypes() throws {
    let file = try books()
    let tenant = SampleBooks.tenant.description
    #expect(
      try file.rows("SELECT * FROM movement WHERE close_id = 1 LIMIT 1")
        == ["1|\(tenant)|1100|USD|SETTLED|2026-01-05|500|0|2"])
    #expect(
      try file.rows("SELECT * FROM restatement WHERE account_code = '2000'")
        == ["2|\(tenant)|2000|USD|SETTLED|2026-01-05|0|500|0|520"])
    #expect(
      try file.rows(
        "SELECT tenant_id, business_date, check_name, status, expected_minor, difference_minor "
          + "FROM tie_out WHERE close_id = 2 AND status <> 'pass'")
        == [
          "\(tenant)|2026-01-06|completeness|inconclusive||",
          "\(tenant)|2026-01-06|rollforward|fail|5|-3",
          "\(tenant)|2026-01-06|double_entry|fail||\(Int64.min)",
        ])
    #expect(
      try file.rows("SELECT tenant_id, business_date, code, severity, record FROM finding LIMIT 1")
        == ["\(tenant)|2026-01-05|unbalanced|error|3"])
    #expect(
      try file.rows("SELECT business_date, status FROM close_run ORDER BY close_id")
        == ["2026-01-05|closed_with_breaks", "2026-01-06|closed_with_breaks"])
    #expect(try file.rows("PRAGMA integrity_check") == ["ok"])
  }
}
