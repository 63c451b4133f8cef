import LedgerDomain
import StatementReading

/// A short table, and the mapping that reads it, to be changed.
enum CSVSample {
  static let mapping = StatementCSVMapping(
    dateColumn: "Date", amount: .signed("Amount"), balances: .column("Balance"),
    account: .named("OPERATING"), currency: .named("EUR"))

  static func read(
    _ text: String, date: BusinessDate? = nil,
    _ change: (inout StatementCSVMapping) -> Void = { _ in }
  ) -> StatementFile {
    read(Array(text.utf8), date: date, change)
  }

  static func read(
    _ bytes: [UInt8], date: BusinessDate? = nil,
    _ change: (inout StatementCSVMapping) -> Void = { _ in }
  ) -> StatementFile {
    var mapping = mapping
    change(&mapping)
    return StatementReader.table(bytes, name: "bank.csv", mapping: mapping, date: date)
  }

  /// The amount that a table of one row has, whose amount is that text; `nil` if it is refused.
  static func amount(
    _ text: String, _ change: (inout StatementCSVMapping) -> Void = { _ in }
  ) -> AmountMinor? {
    var decimal = "."
    let file = read("") {
      change(&$0)
      decimal = $0.decimalSeparator.rawValue
    }
    precondition(file.statements.isEmpty)
    let table = "Closing\t0\(decimal)00\t\nDate\tAmount\tBalance\n2026-03-31\t\(text)\t\n"
    return read(table) {
      change(&$0)
      $0.balances = .rows(opening: nil, closing: "Closing")
    }.statements.first?.entries.first?.amountMinor
  }

  /// The message of the only finding.
  static func message(_ file: StatementFile) -> String {
    file.statements.isEmpty && file.findings.count == 1 ? file.findings[0].message : "no fault"
  }
}
