import Foundation
import TestSupport
import Testing

@Suite("A chart that changes")
struct ChartChangeTests {
  private static let header = "account_code,account_name,normal_side\n"

  /// 5 January: 500 of capital in cash. On the 6th, account 2000 is gone, with a balance of 40, and the
  /// normal side of 3000 is flipped.
  private func place(_ chart: String = header + "1000,Cash,DR\n3000,Paid-in capital,DR\n") throws
    -> TestDirectory
  {
    let place = try TestDirectory()
    try place.export(
      "2026-01-05",
      [
        TestDirectory.entry(1, on: "2026-01-05", "500"),
        TestDirectory.entry(2, on: "2026-01-05", "40", credit: "2000"),
      ])
    #expect(try place.close(through: "2026-01-05", "--reports", "reports").exitCode == 0)
    try place.export("2026-01-06", [TestDirectory.entry(3, on: "2026-01-06", "7")])
    try place.write("chart.csv", chart)
    return place
  }

  private func nextClose(_ place: TestDirectory) throws -> CommandOutcome {
    try place.close(through: "2026-01-06", "--reports", "reports")
  }

  @Test("is said by the first close that uses it, with both values and the amounts, and not again")
  func findings() throws {
    let place = try place()
    let outcome = try nextClose(place)
    #expect(outcome.exitCode == 0, "\(outcome.output)")
    #expect(outcome.output.contains("noted        account_left_chart 1, account_changed 1"))
    let findings = CSVTable(
      try place.text("reports/\(TestDirectory.tenant)/2026-01-06/findings.csv"))
    #expect(
      findings.selecting(["code", "severity", "field", "account_code", "cr_minor"]).prefix(2) == [
        ["account_left_chart", "warning", "", "2000", "40"],
        ["account_changed", "warning", "normal_side", "3000", ""],
      ])
    #expect(findings["message"][0].contains("'Borrower liabilities', CR"))
    #expect(findings["message"][1].contains("normal_side was CR, now DR"))
    try place.export("2026-01-07", [])
    #expect(
      try !place.close(through: "2026-01-07", "--reports", "reports").output.contains("account_"))
  }

  /// What a source says of an account: its name and signed balance.
  private func row(_ table: CSVTable, _ account: String) -> [String] {
    table.selecting(["account_code", "account_name", "normal_balance_minor"])
      .first { $0[0] == account } ?? []
  }

  @Test("leaves one answer: the reports, the command, known at a close and the API agree")
  func oneAnswer() throws {
    let place = try place()
    #expect(try nextClose(place).exitCode == 0)
    let server = try ServerProcess(place)
    let token = server.forge.good(tenant: TestDirectory.tenant)
    let expected = [
      "2026-01-05": [
        ["1000", "Cash", "540"], ["2000", "Borrower liabilities", "40"],
        ["3000", "Paid-in capital", "500"],
      ],
      "2026-01-06": [
        ["1000", "Cash", "547"], ["2000", "Borrower liabilities", "40"],
        ["3000", "Paid-in capital", "-507"],
      ],
    ]
    for (date, rows) in expected {
      let close = date == "2026-01-05" ? "1" : "2"
      let balance = [
        "balance", "--store", "books.sqlite", "--tenant", TestDirectory.tenant, "--as-of", date,
        "--format", "csv",
      ]
      let report = CSVTable(
        try place.text("reports/\(TestDirectory.tenant)/\(date)/trial-balance.csv"))
      let now = CSVTable(try TieoutProcess(balance, in: place).wait().output)
      let then = CSVTable(
        try TieoutProcess(balance + ["--known-at", close], in: place).wait().output)
      for expected in rows {
        let account = expected[0]
        #expect(row(report, account) == expected, "trial-balance.csv of \(date)")
        #expect(row(now, account) == expected, "tieout balance of \(date)")
        #expect(row(then, account) == expected, "known at close \(close), \(date)")
        let reply = try server.ask(
          "/accounts/\(account)/balance?currency=USD&as_of_date=\(date)", token: token)
        #expect(reply.status == 200)
        #expect(
          [account, reply.member("account_name"), reply.fields["normal-balance-signed"]]
            == expected.map(Optional.some), "the API, \(date)")
      }
    }
  }

  @Test("says three things apart: a balance, an account that left without one, and one never seen")
  func unknownAccounts() throws {
    let place = try place()
    #expect(try nextClose(place).exitCode == 0)
    let server = try ServerProcess(place)
    let token = server.forge.good(tenant: TestDirectory.tenant)
    func status(_ query: String) throws -> Int {
      try server.ask("/accounts/\(query)", token: token).status
    }
    #expect(try status("2000/balance?currency=USD") == 200)
    #expect(try status("2000/balance?currency=EUR") == 200)
    #expect(try status("9999/balance?currency=USD") == 404)
    let place2 = try self.place(
      Self.header + "1000,Cash,DR\n2000,Owed,CR\n3000,Capital,CR\n4000,New,CR\n")
    #expect(try nextClose(place2).exitCode == 0)
    let other = try ServerProcess(place2)
    let path = "/accounts/4000/balance?currency=USD&as_of_date="
    #expect(try other.ask(path + "2026-01-06", token: token).status == 200)
    #expect(try other.ask(path + "2026-01-05", token: token).status == 404)
    let early = try place2.tieout(
      "balance", "4000", "--store", "books.sqlite", "--tenant", TestDirectory.tenant, "--as-of",
      "2026-01-05")
    #expect(early.exitCode == 2 && early.errors.contains("unknown_account"))
  }

  @Test("with a hostile name is quoted in every place, and no formula")
  func hostileName() throws {
    let name = "=HYPERLINK(\"\"http://x\"\",\"\"\n<script>\"\")"
    let place = try place(
      Self.header + "1000,\"\(name)\",DR\n2000,Borrower liabilities,CR\n3000,Paid-in capital,CR\n")
    #expect(try nextClose(place).exitCode == 0)
    let set = "reports/\(TestDirectory.tenant)/2026-01-06"
    let findings = CSVTable(try place.text("\(set)/findings.csv"))
    #expect(findings["code"].filter { $0 == "account_changed" }.count == 1)
    #expect(findings["message"].allSatisfy { !$0.hasPrefix("=") })
    #expect(try !place.text("\(set)/reconciliation.html").contains("<script>\")"))
  }
}
