import Foundation
import Testing

@Suite("Closing the demo ledger")
struct DemoCloseTests {
  private static let columns = [
    "code", "severity", "tenant_id", "business_date", "file", "record", "journal_entry_id", "field",
    "account_code", "currency", "layer",
  ]

  @Test(
    "gives exactly the findings that were planted",
    arguments: [["--seed", "1"], ["--seed", "7", "--tenants", "2", "--entries", "90", "--plain"]])
  func findingsAreThosePlanted(options: [String]) throws {
    let place = try TestDirectory()
    let demo = try TieoutProcess(["demo", "--all-defects", "--out", "."] + options, in: place)
      .wait()
    #expect(demo.exitCode == 0)
    let close = try place.tieout("close", "--job", "job.yaml")
    #expect(close.exitCode == 1)
    #expect(!close.errors.contains("error:"))
    let planted = CSVTable(try place.text("planted.csv")).selecting(Self.columns)
    // What is planted beside the ledger, with the bank, is listed apart.
    let found = try place.store().table(
      """
      SELECT \(Self.columns.joined(separator: ", ")) FROM finding
      WHERE code NOT LIKE 'statement%' AND code NOT LIKE 'bank%' AND code NOT LIKE 'loan%'
      """)
    let (wanted, got) = (Set(planted.map(Self.essence)), Set(found.map(Self.essence)))
    #expect(planted.count == found.count)
    #expect(wanted.subtracting(got).sorted() == [], "planted, not found")
    #expect(got.subtracting(wanted).sorted() == [], "found, not planted")
  }

  /// A finding without what the list of planted ones leaves open.
  private static func essence(_ finding: [String]) -> String {
    let namesKey = ["unbalanced", "abnormal_balance"].contains(finding[0])
    let namesField = [
      "missing_field", "invalid_field", "reversal_mismatch", "reversal_repeated",
    ].contains(finding[0])
    return
      (finding[0...5] + [namesField ? finding[7] : ""]
      + (namesKey ? Array(finding[8...10]) : []))
      .joined(separator: ",")
  }

  @Test("accounts for every record, and fails no check but those of quarantined records")
  func everyRecordIsAccountedFor() throws {
    let place = try TestDirectory()
    _ = try place.tieout(
      "demo", "--all-defects", "--out", ".", "--tenants", "2", "--dates", "6", "--entries", "90",
      "--no-statements")
    #expect(try place.tieout("close", "--job", "job.yaml").exitCode == 1)
    let store = place.store()
    #expect(
      try store.rows(
        """
        SELECT close_id FROM close_run
        WHERE records_read != entries_accepted + records_quarantined OR records_read !=
          (SELECT sum(records) FROM input_part p WHERE p.close_id = close_run.close_id)
        """) == [])
    #expect(
      try store.rows("SELECT DISTINCT check_name FROM tie_out WHERE status = 'fail' ORDER BY 1")
        == ["double_entry", "open_quarantine"])
    #expect(try store.rows("SELECT count(*) FROM close_run") == ["12"])
  }

  @Test("without defects ties out", arguments: [["--no-opening"], ["--no-manifests"], ["--plain"]])
  func soundTreeTiesOut(options: [String]) throws {
    let place = try TestDirectory()
    let size = ["--tenants", "2", "--dates", "3", "--entries", "60", "--no-defects"]
    _ = try TieoutProcess(["demo", "--out", "."] + size + options, in: place).wait()
    let close = try place.tieout("close", "--job", "job.yaml")
    #expect(close.exitCode == 0)
    #expect(close.output.contains("everything ties out"))
    let store = place.store()
    #expect(try store.rows("SELECT DISTINCT status FROM close_run") == ["closed"])
    #expect(try store.rows("SELECT * FROM finding WHERE severity = 'error'") == [])
  }

  @Test("a second time does nothing, and repeats the outcome")
  func secondCloseChangesNothing() throws {
    let place = try TestDirectory()
    _ = try place.tieout(
      "demo", "--all-defects", "--out", ".", "--tenants", "2", "--dates", "2", "--entries", "60")
    #expect(try place.tieout("close", "--job", "job.yaml").exitCode == 1)
    let before = try place.bytes("books.sqlite")
    let again = try place.tieout("close", "--job", "job.yaml")
    #expect(again.exitCode == 1)
    #expect(again.output.contains("already closed with the same input"))
    #expect(try place.bytes("books.sqlite") == before)
  }

  @Test("is not possible twice in one place")
  func demoDoesNotOverwriteALedger() throws {
    let place = try TestDirectory()
    let options = [
      "demo", "--all-defects", "--out", ".", "--tenants", "1", "--dates", "1", "--entries", "5",
    ]
    #expect(try TieoutProcess(options, in: place).wait().exitCode == 0)
    let again = try TieoutProcess(options, in: place).wait()
    #expect(again.exitCode == 2)
    #expect(again.errors.contains("is not empty"))
  }
}

@Suite("Closing the demo ledger with its bank and loan book")
struct DemoCounterpartyTests {
  @Test("ties out on every date if nothing is planted")
  func bankAndLoansTieOutWithoutPlantedBreaks() throws {
    let place = try TestDirectory()
    _ = try place.tieout("demo", "--out", ".", "--no-defects", "--entries", "150")
    let close = try place.tieout("close", "--job", "job.yaml")
    #expect(close.exitCode == 0, "\(close.output)")
    let store = place.store()
    #expect(
      try store.rows("SELECT DISTINCT status FROM current_bank_reconciliation") == ["reconciled"])
    #expect(try store.rows("SELECT DISTINCT status FROM portfolio_rollup") == ["pass"])
    #expect(try store.rows("SELECT count(*) > 100 FROM bank_reconciliation") == ["1"])
    #expect(try place.tieout("verify", "--job", "job.yaml").exitCode == 0)
  }

  @Test("finds the breaks that were planted, and counts them", arguments: ["1", "5"])
  func plantedBreaksAreFound(seed: String) throws {
    let place = try TestDirectory()
    _ = try place.tieout("demo", "--all-defects", "--out", ".", "--seed", seed)
    #expect(try place.tieout("close", "--job", "job.yaml").exitCode == 1)
    let breaks = CSVTable(try place.text("planted-breaks.csv")).selecting(["kind"]).map { $0[0] }
    func planted(_ kind: String) -> String { String(breaks.filter { $0 == kind }.count) }
    func found(_ sql: String) throws -> String { try place.store().rows(sql).joined() }
    let loans = "SELECT count(*) FROM loan_difference WHERE cause = "
    #expect(try found(loans + "'amounts_differ'") == planted("loan_amount"))
    #expect(try found(loans + "'only_in_ledger'") == planted("loan_only_in_ledger"))
    #expect(try found(loans + "'only_on_tape'") == planted("loan_only_on_tape"))
    // A later statement may cover the date of one that is missing.
    let pending =
      breaks.filter { ["statement_missing", "statement_late"].contains($0) }
    #expect(
      try found(
        "SELECT count(*) FROM bank_reconciliation WHERE version = 1 AND status = 'pending'")
        == String(pending.count))
    #expect(
      try found("SELECT count(*) FROM finding WHERE code = 'statement_opening_mismatch'")
        == planted("statement_opening"))
    let sentAgain = breaks.filter { ["statement_repeated", "statement_corrected"].contains($0) }
    #expect(
      try found(
        """
        SELECT count(*) FROM (SELECT DISTINCT tenant_id, business_date, account_code, currency
          FROM finding WHERE code = 'statement_repeated')
        """) == String(sentAgain.count))
    #expect(
      try place.store().rows(
        """
        SELECT DISTINCT code FROM finding WHERE code LIKE 'statement%' OR code LIKE 'bank%'
        ORDER BY 1
        """) == ["bank_item_ambiguous", "statement_opening_mismatch", "statement_repeated"])
    // A fee that the ledger lacks stays outstanding, on the bank's side, until it is booked.
    let fees = try found(
      """
      SELECT count(DISTINCT tenant_id || identity) FROM outstanding_item o
      WHERE side = 'bank' AND reference LIKE '%FEE%'
      """)
    #expect(Int(fees) ?? 0 > 0)
  }

  private static let rest = ["--tenants", "2", "--dates", "8", "--entries", "150", "--plain"]

  /// Every current reconciliation: account and date, outcome, and what is outstanding.
  private func reconciliations(_ place: TestDirectory) throws -> [String] {
    try place.store().rows(
      """
      SELECT b.tenant_id, b.bank_account_ref, b.business_date, b.status, b.difference_minor,
        (SELECT group_concat(name) FROM (SELECT o.side || o.amount_minor AS name
          FROM outstanding_item o WHERE o.record_id = b.record_id ORDER BY 1))
      FROM current_bank_reconciliation b ORDER BY 1, 2, 3
      """)
  }

  /// Moves what arrived up to a night from one directory of statements to another.
  private func deliver(
    _ place: TestDirectory, from source: String, through night: String
  ) throws {
    for file in try place.files(source) {
      let steps = file.split(separator: "/")
      guard steps[1] <= "received-\(night)" else { continue }
      try place.write("statements/\(file)", place.bytes("\(source)/\(file)"))
      try place.remove("\(source)/\(file)")
    }
  }

  @Test("ends in the same reconciliations if each statement is there only on its night")
  func nightsEndAsOneRun() throws {
    let (place, nightly) = (try TestDirectory(), try TestDirectory())
    for tree in [place, nightly] {
      _ = try TieoutProcess(["demo", "--all-defects", "--out", "."] + Self.rest, in: tree).wait()
    }
    #expect(try place.tieout("close", "--job", "job.yaml").exitCode == 1)
    let pending = try reconciliations(place).filter { $0.contains("pending") }
    try deliver(place, from: "statements-later", through: "9")
    #expect(try place.tieout("reconcile", "--job", "job.yaml").exitCode == 1)
    #expect(try reconciliations(place).filter { $0.contains("pending") }.count < pending.count)

    try FileManager.default.moveItem(
      atPath: nightly.path("statements"), toPath: nightly.path("inbox"))
    try nightly.write("statements/.keep", "")
    for day in 1...8 {
      try deliver(nightly, from: "inbox", through: "2026-01-0\(day + 1)")
      let close = try nightly.tieout("close", "--job", "job.yaml", "--date", "2026-01-0\(day)")
      #expect(close.exitCode < 2)
    }
    #expect(try nightly.files("inbox") == [])
    try deliver(nightly, from: "statements-later", through: "9")
    _ = try nightly.tieout("reconcile", "--job", "job.yaml")
    #expect(try reconciliations(nightly) == reconciliations(place))
    #expect(try nightly.store().rows("SELECT max(version) > 1 FROM bank_reconciliation") == ["1"])
  }
}
