// What libFuzzer runs: `scripts/fuzz` builds it outside the package, with instrumented modules.
//
// Each input goes to the reader that the environment variable TIEOUT_FUZZ names. A trap, a hang or an
// exhausted memory ends the run, and so does a reader that finds neither a statement nor a fault.

import Foundation
import LedgerDomain

@testable import StatementReading

/// Reads an input of libFuzzer's.
@_cdecl("LLVMFuzzerTestOneInput")
public func readOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  reader(bytes)
  return 0
}

private let reader: @Sendable ([UInt8]) -> Void = {
  switch ProcessInfo.processInfo.environment["TIEOUT_FUZZ"] {
  case "camt": return { check(StatementReader.read([0x3C] + $0, name: "f")) }
  case "mt940": return { if MT940Reader.recognizes($0[...]) { read($0, MT940Reader.contents) } }
  case "bai2": return { if BAI2Reader.recognizes($0[...]) { read($0, BAI2Reader.contents) } }
  case "ofx": return { if OFXReader.recognizes($0[...]) { read($0, OFXReader.contents) } }
  case "csv": return { bytes in for mapping in mappings { readTable(bytes, mapping) } }
  case "zip": return { check(StatementReader.read([0x50, 0x4B, 0x03, 0x04] + $0, name: "f")) }
  case "gzip": return { check(StatementReader.read([0x1F, 0x8B] + $0, name: "f")) }
  default: fatalError("set TIEOUT_FUZZ to camt, mt940, bai2, ofx, csv, zip or gzip")
  }
}()

/// Mappings that between them use each way of finding columns, signs, balances and encodings.
private let mappings: [StatementCSVMapping] = {
  let day = DatePattern("DD.MM.YYYY") ?? .yearMonthDay
  let plain = StatementCSVMapping(
    dateColumn: "Date", amount: .signed("Amount"), balances: .column("Balance"),
    account: .named("1"), currency: .named("USD"))
  var columns = StatementCSVMapping(
    delimiter: .semicolon, dateColumn: "Buchungstag", dateFormat: day,
    amount: .debitAndCredit(debit: "Soll", credit: "Haben"), decimalSeparator: .comma,
    groupingSeparator: ".", balances: .rows(opening: "Alter Kontostand", closing: "Kontostand"),
    account: .named("1"), currency: .column("Währung"))
  columns.emptyTableCurrency = CurrencyCode("EUR")
  columns.encoding = .latin1
  var numbers = StatementCSVMapping(
    dateColumn: "#1", dateFormat: DatePattern("D/M/YY") ?? day,
    amount: .flagged("#2", .init(column: "#3")), balances: .column("#4"), account: .column("#5"),
    currency: .named("JPY"), bookedRows: .init(column: "#6", values: ["B"]))
  numbers.references = [.init("#7", .cheque)]
  numbers.textColumns = ["#8"]
  var marked = plain
  marked.balances = .init(column: "Balance", openingLabel: "Opening", closingLabel: "Closing")
  marked.skippedRows = ["Total*"]
  marked.endRow = "Summary"
  marked.encoding = .utf16LittleEndian
  var german = StatementCSVMapping(
    dateColumn: "Buchungstag", dateFormat: DatePattern("DD.MM.YYYY") ?? .yearMonthDay,
    amount: .signed("Betrag"), decimalSeparator: .comma, balances: .init(column: "Saldo"),
    account: .named("1"), currency: .named("EUR"))
  german.encoding = .windows1252
  german.references = [.init("Referenz", .accountServicer)]
  german.textColumns = ["Verwendungszweck"]
  german.endRow = "Summe*"
  return [german, plain, columns, numbers, marked]
}()

private func read(_ bytes: [UInt8], _ contents: ([UInt8], String) -> StatementContents) {
  check(contents(bytes, "f"))
}

private func readTable(_ bytes: [UInt8], _ mapping: StatementCSVMapping) {
  let file = StatementReader.table(bytes, name: "f", mapping: mapping)
  check([file])
  guard mapping.balances.column != nil else { return }
  for statement in file.statements {
    guard let opening = statement.opening else { continue }
    let booked = statement.entries.filter { $0.status == .booked }
    let sum = booked.reduce(Int128(opening.amountMinor)) { $0 + Int128($1.amountMinor) }
    precondition(
      booked.isEmpty || sum == Int128(statement.closing.amountMinor), "balances are not proved")
  }
}

private func check(_ files: [StatementFile]) {
  precondition(!files.isEmpty, "a file gives nothing")
  for file in files {
    precondition(
      !file.statements.isEmpty || !file.notifications.isEmpty || !file.findings.isEmpty
        || !file.notes.isEmpty, "a file is neither understood nor refused")
    file.statements.forEach(check)
  }
}

private func check(_ contents: StatementContents) {
  precondition(
    !contents.statements.isEmpty || !contents.notifications.isEmpty || !contents.faults.isEmpty
      || !contents.notes.isEmpty,
    "a file is neither understood nor refused")
  contents.statements.forEach(check)
}

private func check(_ statement: BankStatement) {
  for entry in statement.entries where !entry.transactions.isEmpty {
    let sum = entry.transactions.reduce(Int128(0)) { $0 + Int128($1.amountMinor) }
    precondition(sum == Int128(entry.amountMinor), "transactions do not add up to their entry")
  }
}
