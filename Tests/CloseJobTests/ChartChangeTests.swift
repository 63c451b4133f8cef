import CloseJob
import JobConfiguration
import LedgerDomain
import SnapshotStore
import Testing

@Suite("Changes of the chart")
struct ChartChangeTests {
  private static let header = "account_code,account_name,normal_side\n"

  /// 5 January: 500 from capital to cash, 70 of it lent.
  private func ledger() throws -> LedgerTree {
    let ledger = try LedgerTree()
    try ledger.export(
      "2026-01-05",
      "#1 2026-01-05 | 1000 DR 500 | 3000 CR 500\n#2 2026-01-05 | 1100 DR 70 | 1000 CR 70")
    for date in ["2026-01-06", "2026-01-07", "2026-01-08"] { try ledger.exportEmptyDate(date) }
    try ledger.close(through: "2026-01-05")
    return ledger
  }

  private func chart(_ ledger: LedgerTree, _ rows: String...) throws {
    try ledger.write("chart.csv", Self.header + rows.joined(separator: "\n") + "\n")
  }

  /// The findings about the chart: close, code, account and field.
  private func changes(_ ledger: LedgerTree) throws -> [String] {
    try ledger.books.rows(
      """
      SELECT close_id, code, account_code, field FROM finding
      WHERE code IN ('account_changed', 'account_left_chart') ORDER BY 1, 2, 3, 4
      """)
  }

  @Test("are found by the first close after them, and by no other")
  func foundOnce() throws {
    let ledger = try ledger()
    try chart(ledger, "1000,Cash,CR", "3000,Equity,CR")
    let result = try ledger.close(through: "2026-01-07")
    #expect(result.exitCode == 0)
    #expect(
      try changes(ledger) == [
        "2 account_changed 1000 normal_side", "2 account_changed 3000 account_name",
        "2 account_left_chart 1100 -",
      ])
    try ledger.write("chart.csv", LedgerTree.chart)
    try ledger.close(through: "2026-01-08")
    #expect(
      try changes(ledger).filter { $0.hasPrefix("4") } == [
        "4 account_changed 1000 normal_side", "4 account_changed 3000 account_name",
      ])
    #expect(try ledger.verify(storeOnly: true).exitCode == 0)
  }

  @Test("leave an account with its last name and side, as of the closes that had no other")
  func accountKeepsItsLastSide() throws {
    let ledger = try ledger()
    try chart(ledger, "1000,Cash,DR", "3000,Paid-in capital,CR")
    try ledger.close(through: "2026-01-06")
    try chart(ledger, "1000,Cash,DR", "1100,Loans,CR", "3000,Paid-in capital,CR")
    try ledger.close(through: "2026-01-07")
    #expect(
      try ledger.books.rows(
        """
        SELECT close_id, account_name, normal_side, has_left FROM account
        WHERE account_code = '1100' ORDER BY close_id
        """) == ["1 Principal receivable DR 0", "2 Principal receivable DR 1", "3 Loans CR 0"])
    func row(_ asOf: String, _ knownAt: String? = nil) throws -> [String] {
      try BookStore(readingFrom: ledger.books.path).read { reader in
        try BalanceQuery(
          tenant: TenantID(LedgerTree.tenant), account: "1100", currency: nil, layer: nil,
          asOf: asOf, knownAt: knownAt
        ).answer(from: reader).flatMap { [$0[2], $0[7]] }
      }
    }
    #expect(try row("2026-01-05") == ["Principal receivable", "70"])
    #expect(try row("2026-01-06") == ["Principal receivable", "70"])
    #expect(try row("2026-01-07") == ["Loans", "-70"])
    #expect(try row("2026-01-06", "2") == ["Principal receivable", "70"])
    #expect(try row("2026-01-05", "2026-01-07") == ["Principal receivable", "70"])
  }

  @Test("quarantine new entries on an account that left, and leave its balance as it is")
  func newEntriesAreQuarantined() throws {
    let ledger = try ledger()
    try chart(ledger, "1000,Cash,DR", "3000,Paid-in capital,CR")
    try ledger.export(
      "2026-01-06", "#3 2026-01-06 | 1100 DR 1 | 1000 CR 1\n#4 2026-01-06 | 1000 DR 2 | 3000 CR 2")
    #expect(try ledger.close(through: "2026-01-06").exitCode == 1)
    #expect(
      try ledger.books.rows("SELECT code FROM finding WHERE close_id = 2 ORDER BY code")
        == ["account_left_chart", "unknown_account"])
    #expect(try ledger.books.balances("2026-01-06").contains("1100 USD SETTLED 70 0"))
    #expect(try ledger.verify().exitCode == 0)
  }

  @Test("are kept by a close that replaces the one that found them, and found by one that is new")
  func reclose() throws {
    let ledger = try ledger()
    try chart(ledger, "1000,Cash,DR", "3000,Paid-in capital,CR")
    try ledger.close(through: "2026-01-07")
    try ledger.export("2026-01-06", "#5 2026-01-06 | 1000 DR 5 | 3000 CR 5")
    #expect(try ledger.closeAgain("2026-01-06").failure == "")
    #expect(
      try changes(ledger) == ["2 account_left_chart 1100 -", "4 account_left_chart 1100 -"])
    try ledger.write("chart.csv", LedgerTree.chart)
    try ledger.export("2026-01-06", "#5 2026-01-06 | 1000 DR 6 | 3000 CR 6")
    #expect(try ledger.closeAgain("2026-01-06").failure == "")
    try ledger.close(through: "2026-01-08")
    #expect(try changes(ledger).count == 2, "it returned unchanged")
    #expect(try ledger.verify().exitCode == 0)
  }

  @Test("mark an account that left also where the date closed again has none of it")
  func recloseOfEarlierDate() throws {
    let ledger = try ledger()
    try ledger.export("2026-01-06", "#6 2026-01-06 | 4000 DR 9 | 1000 CR 9")
    try ledger.close(through: "2026-01-06")
    try chart(ledger, "1000,Cash,DR", "1100,Principal receivable,DR", "3000,Paid-in capital,CR")
    try ledger.export(
      "2026-01-05",
      "#1 2026-01-05 | 1000 DR 501 | 3000 CR 501\n#2 2026-01-05 | 1100 DR 70 | 1000 CR 70")
    #expect(try ledger.closeAgain("2026-01-05").failure == "")
    try ledger.close(through: "2026-01-08")
    #expect(try changes(ledger) == ["3 account_left_chart 4000 -"])
    #expect(
      try ledger.books.rows(
        "SELECT close_id, normal_side, has_left FROM account WHERE account_code = '4000'")
        == ["1 CR 0", "3 CR 1"])
    #expect(try ledger.verify().exitCode == 0)
  }

  @Test("found in a store of an earlier version, they use the last chart that had the account")
  func olderStore() throws {
    let ledger = try ledger()
    try chart(ledger, "1000,Cash,DR", "3000,Paid-in capital,CR")
    try ledger.close(through: "2026-01-06")
    // As an older version left it: the chart does not keep the account, and nothing proves look-ups.
    try ledger.books.execute(
      """
      DELETE FROM chart_account WHERE has_left = 1;
      UPDATE chart SET digest = '0bc57801b11fe3ed84dec1d09de6f71316592beb299a38035d43ba867d531915'
        WHERE chart_ref = 2;
      DROP TABLE balance_proof; DROP TABLE date_proof; DROP TABLE tenant_proof;
      DROP TABLE store_proof; DELETE FROM grdb_migrations WHERE identifier = 'v7';
      """)
    _ = try BookStore(writingTo: ledger.books.path)
    try BookStore(readingFrom: ledger.books.path).read { reader in
      let tenant = try #require(TenantID(LedgerTree.tenant))
      let state = try #require(try reader.tenantState(tenant))
      let record = try #require(try reader.closeRecord(state, date: state.closedThrough))
      let account = try #require(record.chart[AccountCode(number: 1100)])
      #expect(account.name == "Principal receivable" && account.hasLeft)
      #expect(account.normalSide == .debit)
    }
    let lookup = try LookupPool(path: ledger.books.path).balance(
      #require(TenantID(LedgerTree.tenant)),
      key: BalanceKey(
        account: AccountCode(number: 1100), currency: #require(CurrencyCode("USD")),
        layer: .settled), date: nil)
    #expect(lookup?.account?.normalSide == .debit)
    #expect(lookup?.totals?.debitMinor == 70)
    try ledger.close(through: "2026-01-08")
    #expect(
      try changes(ledger) == ["2 account_left_chart 1100 -", "3 account_left_chart 1100 -"],
      "the next close says it once, since nothing marked the account")
  }

  @Test("the mark of an account that left is protected like the chart")
  func tampering() throws {
    let ledger = try ledger()
    try chart(ledger, "1000,Cash,DR", "3000,Paid-in capital,CR")
    try ledger.close(through: "2026-01-06")
    #expect(try ledger.verify(storeOnly: true).exitCode == 0)
    for value in ["0", "2", "-1"] {
      try ledger.books.execute("UPDATE chart_account SET has_left = \(value) WHERE has_left <> 0")
      if value == "0" {
        #expect(try ledger.verify(storeOnly: true).exitCode == 1)
        try ledger.books.execute(
          "UPDATE chart_account SET has_left = 3 WHERE chart_ref = 2 AND account_code = '1100'")
      }
      #expect(try ledger.verify(storeOnly: true).exitCode == 1)
    }
  }
}
