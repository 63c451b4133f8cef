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

  @Test("that whose account the lines above the header name")
  func accountsAboveTheHeaderDecide() throws {
    let mappings = [
      mapping("ops", account: "DE02 1203 0000"), mapping("fees", account: "DE0299999999"),
    ]
    func read(_ name: String, _ account: String) throws -> StatementFile {
      let text = "IBAN:,\(account)\n" + Self.text
      return try #require(
        StatementReader.read(Array(text.utf8), name: name, mappings: mappings).first)
    }
    #expect(try read("x.csv", "de02 9999 9999").statements.map(\.account) == ["DE0299999999"])
    #expect(try read("ops.csv", "DE0212030000").statements.map(\.account) == ["DE02 1203 0000"])
    let other = try read("ops.csv", "DE0299999999")
    #expect(
      other.findings.first?.message.contains("is named for 'ops', but its first lines name") == true
    )
    #expect(try read("x.csv", "DE0211111111").statements.isEmpty)
  }

  @Test("any, if all read the account from a column")
  func equalMappingsAreOne() throws {
    let text = "Date,Amount,Balance,Account\n2026-03-31,2.00,12.00,7\n"
    let mappings = ["USD", "EUR"].map { currency in
      var mapping = StatementCSVMapping(
        dateColumn: "Date", amount: .signed("Amount"), balances: .column("Balance"),
        account: .column("Account"), currency: .named("USD"))
      mapping.emptyTableCurrency = CurrencyCode(currency)
      return NamedMapping(reference: currency, mapping: mapping)
    }
    let files = StatementReader.read(Array(text.utf8), name: "x.csv", mappings: mappings)
    #expect(files.first?.statements.map(\.account) == ["7"])
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
    #expect(none.findings[0].message.contains("(ops: A; fees: B)"))
    #expect(file.findings[0].message.contains("set csv_account to the column"))
  }

  @Test("is told from the beginning of a long file, in any encoding")
  func longFilesAreSampled() throws {
    var text = "Date,Amount,Balance,Text\n"
    for number in 1...9000 { text += "2026-03-31,1.00,\(number).00,Zürich \(number) 日本\n" }
    var mappings = [mapping("ops", account: "1", amount: "Betrag"), mapping("fees", account: "2")]
    let units = text.utf16.map { (high: UInt8($0 >> 8), low: UInt8($0 & 0xFF)) }
    for bytes: [UInt8] in [
      Array(text.utf8), [0xFF, 0xFE] + units.flatMap { [$0.low, $0.high] },
      [0xFE, 0xFF] + units.flatMap { [$0.high, $0.low] },
    ] {
      let file = StatementReader.read(bytes, name: "x.csv", mappings: mappings).first
      #expect(file?.statements.first?.entries.count == 9000, "\(file?.findings ?? [])")
    }
    mappings.removeLast()
    let none = StatementReader.read(Array(text.utf8), name: "x.csv", mappings: mappings).first
    #expect(none?.statements.isEmpty == true)
  }
}
