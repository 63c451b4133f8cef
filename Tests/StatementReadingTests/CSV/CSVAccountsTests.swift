import LedgerDomain
import StatementReading
import Testing

@Suite("Accounts of a table")
struct CSVAccountsTests {
  private func read(
    _ rows: String, _ change: (inout StatementCSVMapping) -> Void = { _ in }
  ) -> StatementFile {
    CSVSample.read("Account;Date;Amount;Balance;Currency\n\(rows)") {
      $0.account = .column("Account")
      $0.currency = .column("Currency")
      change(&$0)
    }
  }

  @Test("are one, however their names are spaced, and another in each currency")
  func spacesDoNotMatter() {
    let file = read(
      "DE02 1203;2026-03-30;1.00;2.00;EUR\nde021203;2026-03-31;2.00;4.00;eur\nDE021203;2026-03-31;5;5;JPY\n"
    )
    #expect(file.statements.map(\.account) == ["DE02 1203", "DE021203"])
    #expect(file.statements.map { $0.entries.count } == [2, 1])
    #expect(file.statements.map(\.closing.amountMinor) == [400, 5])
    #expect(file.statements.map(\.number) == [1, 2])
  }

  @Test("with a fault do not take others of the file with them")
  func faultsStayWithTheirAccount() {
    let rows = "A;2026-03-31;x;2.00;EUR\nB;2026-03-31;1.00;2.00;EUR\nA;2026-03-31;1.00;9.00;EUR\n"
    let file = read(rows + "C;2026-03-30;1.00;2.00;EUR\nC;2026-03-31;1.00;9.00;EUR\n")
    #expect(file.statements.map(\.account) == ["B"] && file.statements.map(\.number) == [2])
    #expect(file.findings.count == 2)
    #expect(file.findings[0].message.contains("Statement 1 of the file was ignored"))
    #expect(file.findings[1].message.contains("Statement 3 of the file was ignored"))
    for row in [
      ";2026-03-31;1.00;3.00;EUR", "A;2026-03-31;1.00;3.00;XQX", "A;2026-03-31;1.00;3.00;",
    ] {
      let unknown = read(rows + row + "\n")
      #expect(unknown.statements.isEmpty, "a row without account may be of any")
      #expect(unknown.findings.count == 1)
    }
  }

  @Test("need a balance each")
  func balancesAreOfOneAccount() {
    let file = read("Closing;5.00\nA;2026-03-31;1.00;2.00;EUR\nB;2026-03-31;1.00;2.00;EUR\n") {
      $0.balances = .rows(opening: nil, closing: "Closing")
    }
    #expect(file.statements.isEmpty)
    #expect(
      file.findings.first?.message.contains("has several accounts but no balance for each") == true)
  }
}
