import Foundation
import Testing

@Suite("Bank accounts in tieout status and metrics")
struct BankStatusTests {
  private struct Tenant: Decodable {
    struct Account: Decodable, Equatable {
      var bank_account_ref = "main"
      var account_code = "1000"
      var currency = "USD"
      var last_statement: String?
      var reconciled_through: String?
      var unreconciled_since: String?
      var overdue_since: String?
      var difference_minor = "0"
      var open_items = 0
      var open_ledger_minor = "0"
      var open_bank_minor = "0"
    }
    let bank_accounts: [Account]
    let bank_overdue: String
    let bank_unreconciled: String
  }

  private func status(_ bank: BankDirectory) throws -> Tenant {
    let outcome = try bank.run(["status", "--json"])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    return try #require(
      try JSONDecoder().decode([Tenant].self, from: Data(outcome.output.utf8)).first)
  }

  private func metric(_ name: String, _ bank: BankDirectory) throws -> Double? {
    let labels =
      "tenant_id=\"\(TestDirectory.tenant)\",bank_account_ref=\"main\",currency=\"USD\""
    let start = name.replacing("{", with: "{\(labels)").replacing("}", with: "} ")
    return try bank.place.text("tieout.prom").split(separator: "\n")
      .first { $0.hasPrefix(start) }.flatMap { Double($0.dropFirst(start.count)) }
  }

  private func close(_ bank: BankDirectory, _ date: String) throws -> Int32 {
    try bank.close(date, ["--metrics-file", "tieout.prom"]).exitCode
  }

  @Test("say what is overdue, since when an account does not reconcile, and what is open")
  func accountsAreListed() throws {
    let bank = try BankDirectory()
    try bank.export("2026-01-05", [500])
    try bank.export("2026-01-06", [700, -40])
    try bank.deliver("monday.xml", SampleStatement("2026-01-05", from: 0, [500]).camt)
    #expect(try close(bank, "2026-01-05") == 0)
    #expect(
      try status(bank).bank_accounts
        == [.init(last_statement: "2026-01-05", reconciled_through: "2026-01-05")])
    #expect(try metric("tieout_bank_unreconciled{}", bank) == 0)
    #expect(try metric("tieout_bank_unreconciled_since_timestamp_seconds{}", bank) == nil)
    // 2026-01-06 00:00 UTC.
    #expect(try metric("tieout_bank_last_statement_timestamp_seconds{}", bank) == 1_767_657_600)

    try bank.deliver("tuesday.xml", SampleStatement("2026-01-06", from: 500, [700, -25]).camt)
    #expect(try close(bank, "2026-01-06") == 1)
    var expected = Tenant.Account(
      last_statement: "2026-01-06", reconciled_through: "2026-01-05",
      unreconciled_since: "2026-01-06", difference_minor: "-15", open_items: 2,
      open_ledger_minor: "-40", open_bank_minor: "-25")
    #expect(try status(bank).bank_accounts == [expected])
    #expect(try status(bank).bank_unreconciled == "main=2026-01-06")
    #expect(try metric("tieout_bank_unreconciled{}", bank) == 1)
    #expect(
      try metric("tieout_bank_unreconciled_since_timestamp_seconds{}", bank) == 1_767_657_600)
    #expect(try metric("tieout_bank_difference_minor{}", bank) == -15)
    #expect(try metric("tieout_bank_open_items{}", bank) == 2)
    #expect(try metric("tieout_bank_open_minor{,side=\"bank\"}", bank) == -25)
    #expect(try metric("tieout_bank_statement_overdue{}", bank) == 0)

    // Wednesday's statement is overdue once more than three banking days have followed: not at the weekend.
    for date in (7...12).map({ $0 < 10 ? "2026-01-0\($0)" : "2026-01-\($0)" }) {
      try bank.export(date, [])
      #expect(try close(bank, date) == 1)
    }
    #expect(try status(bank).bank_overdue == "")
    try bank.export("2026-01-13", [])
    #expect(try close(bank, "2026-01-13") == 1)
    expected.overdue_since = "2026-01-07"
    #expect(try status(bank).bank_accounts == [expected])
    #expect(try status(bank).bank_overdue == "main=2026-01-07")
    #expect(try metric("tieout_bank_statement_overdue{}", bank) == 1)
    let table = try bank.run(["status", "--format", "csv"]).output
    #expect(
      CSVTable(table).selecting(["bank_unreconciled", "bank_overdue"])
        == [["main=2026-01-06", "main=2026-01-07"]])
  }

  @Test("agree with what the run itself calls a break")
  func agreeWithTheRun() throws {
    let bank = try BankDirectory(["--bank-overdue-days", "0"])
    try bank.export("2026-01-05", [500])
    try bank.export("2026-01-06", [])
    #expect(try bank.close("2026-01-05").exitCode == 0)
    let outcome = try bank.close("2026-01-06")
    #expect(outcome.output.contains("BANK BREAK  the statement of main for 2026-01-05 is overdue"))
    #expect(try status(bank).bank_accounts == [.init(overdue_since: "2026-01-05")])
  }

  @Test("are empty for a job without bank accounts")
  func jobWithoutBanksHasNone() throws {
    let place = try TestDirectory()
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05")])
    #expect(
      try place.close(through: "2026-01-05", "--metrics-file", "tieout.prom").exitCode == 0)
    #expect(try !place.text("tieout.prom").contains("tieout_bank"))
    let outcome = try place.tieout("status", "--store", "books.sqlite", "--json")
    #expect(outcome.output.contains("\"bank_accounts\" : ["))
  }
}
