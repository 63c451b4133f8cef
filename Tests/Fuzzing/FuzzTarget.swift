// What libFuzzer runs: `scripts/fuzz` builds it outside the package, with instrumented modules.
//
// Each input goes to the reader that the environment variable TIEOUT_FUZZ names. A trap, a hang or an
// exhausted memory ends the run, and so does a reader that finds neither a statement nor a fault.

import Foundation
import LedgerDomain

@testable import StatementReading

@_cdecl("LLVMFuzzerTestOneInput")
public func readOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  reader(bytes)
  return 0
}

private let reader: ([UInt8]) -> Void = {
  switch ProcessInfo.processInfo.environment["TIEOUT_FUZZ"] {
  case "camt": return { check(StatementReader.read([0x3C] + $0, name: "f")) }
  case "mt940": return { check(MT940Reader.contents(of: $0, name: "f")) }
  case "bai2": return { check(BAI2Reader.contents(of: $0, name: "f")) }
  case "ofx": return { check(OFXReader.contents(of: $0, name: "f")) }
  case "csv": return { bytes in for mapping in mappings { readTable(bytes, mapping) } }
  case "zip": return { check(StatementReader.read([0x50, 0x4B, 0x03, 0x04] + $0, name: "f")) }
  case "gzip": return { check(StatementReader.read([0x1F, 0x8B] + $0, name: "f")) }
  default: fatalError("set TIEOUT_FUZZ to camt, mt940, bai2, ofx, csv, zip or gzip")
  }
}()

private let mappings = [
  StatementCSVMapping(
    dateColumn: "Date", amount: .signed("Amount"), balances: .column("Balance"),
    account: .named("1"), currency: .named("USD")),
  StatementCSVMapping(
    delimiter: .semicolon, dateColumn: "Buchungstag", dateFormat: .dayMonthYearPoints,
    amount: .debitAndCredit(debit: "Soll", credit: "Haben"), decimalSeparator: .comma,
    groupingSeparator: ".", balances: .rows(opening: "Anfangssaldo", closing: "Endsaldo"),
    account: .column("Konto"), currency: .column("Währung")),
]

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
    !contents.statements.isEmpty || !contents.notifications.isEmpty || !contents.faults.isEmpty,
    "a file is neither understood nor refused")
  contents.statements.forEach(check)
}

private func check(_ statement: BankStatement) {
  for entry in statement.entries where !entry.transactions.isEmpty {
    let sum = entry.transactions.reduce(Int128(0)) { $0 + Int128($1.amountMinor) }
    precondition(sum == Int128(entry.amountMinor), "transactions do not add up to their entry")
  }
}
