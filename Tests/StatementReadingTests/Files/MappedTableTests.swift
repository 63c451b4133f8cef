import LedgerDomain
import StatementReading
import Testing

@Suite("Which account's mapping reads a table")
struct MappedTableTests {
  private static let text = "Date,Amount,Balance\n2026-03-31,2.00,12.00\n"

  private func mapping(_ reference: String, account: String, amount: String = "Amount")
    -> NamedMapping
  {
    NamedMapping(
      reference: reference,
      mapping: StatementCSVMapping(
        dateColumn: "Date", amount: .signed(amount), balances: .column("Balance"),
        account: .named(account), currency: .named("USD")))
  }

  private func read(_ name: String, _ mappings: NamedMapping...) throws -> StatementFile {
    let files = StatementReader.read(Array(Self.text.utf8), name: name, mappings: mappings)
    return try #require(files.first)
  }

  @Test("the only one, and the only one that fits")
  func onlyMappingIsUsed() throws {
    let first = try read("x.txt", mapping("ops", account: "1"))
    #expect(first.format == .csv && first.statements.map(\.account) == ["1"])
    let fitting = try read(
      "x.csv", mapping("ops", account: "1", amount: "Betrag"), mapping("fees", account: "2"))
    #expect(fitting.statements.map(\.account) == ["2"])
  }

  @Test("that whose reference the file's or a folder's name begins with; the longest")
  func namesDecide() throws {
    let mappings = [mapping("ops", account: "1"), mapping("ops-usd", account: "2")]
    for (name, account) in [
      ("ops_march.csv", "1"), ("ops-usd.csv", "2"), ("ops-usd/march.csv", "2"),
      ("ops/a.zip/march.csv", "1"), ("ops/ops-usd-march.csv", "2"),
    ] {
      #expect(try read(name, mappings[0], mappings[1]).statements.map(\.account) == [account])
    }
  }

  @Test("none, if several would read it differently, or none fits")
  func ambiguityIsRefused() throws {
    let file = try read("march.csv", mapping("ops", account: "1"), mapping("fees", account: "2"))
    #expect(file.statements.isEmpty)
    #expect(file.findings[0].message.contains("settings of ops and fees read differently"))
    let none = try read(
      "march.csv", mapping("ops", account: "1", amount: "A"),
      mapping("fees", account: "2", amount: "B"))
    #expect(none.findings[0].message.contains("fits the csv_… settings of no account (ops, fees)"))
  }
}
