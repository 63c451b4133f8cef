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

/// Mappings of several banks' habits. Columns by number need no header, so that every input has rows.
private let mappings: [StatementCSVMapping] = {
  var german = StatementCSVMapping(
    dateColumn: "Buchungstag", dateFormat: DatePattern("DD.MM.YYYY") ?? .yearMonthDay,
    amount: .signed("Betrag"), decimalSeparator: .comma, balances: .init(column: "Saldo"),
    account: .named("1"), currency: .named("EUR"))
  german.encoding = .windows1252
  german.references = [.init("Referenz", .accountServicer)]
  german.textColumns = ["Verwendungszweck"]
  german.endRow = "Summe*"
  let numbered = StatementCSVMapping(
    dateColumn: "#1", amount: .signed("#2"), balances: .init(column: "#3"), account: .named("1"),
    currency: .named("USD"))
  var wide = StatementCSVMapping(
    delimiter: .comma, dateColumn: "#1", dateFormat: DatePattern("MM/DD/YYYY") ?? .yearMonthDay,
    valueDateColumn: "#2", amount: .debitAndCredit(debit: "#3", credit: "#4"),
    balances: .init(openingLabel: "Opening", closingLabel: "Closing"), account: .column("#5"),
    currency: .column("#6"), isNewestFirst: true)
  wide.encoding = .utf16
  return [german, numbered, wide]
}()

private func read(_ bytes: [UInt8], _ contents: ([UInt8], String) -> StatementContents) {
  check(contents(bytes, "f"))
}

private func readTable(_ bytes: [UInt8], _ mapping: StatementCSVMapping) {
  let file = StatementReader.table(bytes, name: "f", mapping: mapping)
  check([file])
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
