import CloseJob
import Foundation
import JobConfiguration
import LedgerDomain
import Testing

/// Time and memory of a large loan portfolio. Runs only if TIEOUT_LOANS gives the number of loans.
@Suite(
  "A large loan book", .enabled(if: ProcessInfo.processInfo.environment["TIEOUT_LOANS"] != nil))
struct MillionLoansTests {
  @Test("a million loans are compared in bounded memory")
  func millionLoansAreComparedInBoundedMemory() throws {
    let count = Int(ProcessInfo.processInfo.environment["TIEOUT_LOANS"] ?? "") ?? 1_000_000
    let ledger = try LedgerTree()
    ledger.compareLoans()
    ledger.settings.memoryLimit = 256 << 20
    try ledger.exportEmptyDate("2026-01-05")
    var journal = ""
    var tape = "loan_id,currency,principal_outstanding_minor\n"
    for number in 0..<count {
      // Scattered, so that the tape is in no particular order.
      let loan = Self.loan(number)
      journal += Self.record(number, loan: loan, date: "2026-01-05")
      tape += "\(loan),USD,\(number % 1000 == 0 ? 6 : 5)\n"
    }
    try ledger.write(
      "exports/tenant_id=\(LedgerTree.tenant)/date=2026-01-05/part-00000.ndjson", journal)
    try ledger.write("tapes/tenant_id=\(LedgerTree.tenant)/date=2026-01-05.csv", tape)
    try close(ledger, through: "2026-01-05")
    journal = ""
    for number in 0..<(count / 30) {
      journal += Self.record(count + number, loan: Self.loan(number * 7), date: "2026-01-06")
    }
    try ledger.write(
      "exports/tenant_id=\(LedgerTree.tenant)/date=2026-01-06/part-00000.ndjson", journal)
    try ledger.write("tapes/tenant_id=\(LedgerTree.tenant)/date=2026-01-06.csv", tape)
    (journal, tape) = ("", "")
    try close(ledger, through: "2026-01-06")
    let counts = try ledger.books.rows(
      "SELECT loan_count, amounts_differ_count FROM portfolio_rollup ORDER BY close_id")
    #expect(counts[0] == "\(count) \((count + 999) / 1000)")
    #expect(counts.count == 2)
  }

  private func close(_ ledger: LedgerTree, through date: String) throws {
    let began = ContinuousClock.now
    let result = try ledger.close(through: date)
    #expect(result.exitCode == 1)
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
    FileHandle.standardError.write(
      Data("\(date) closed in \(ContinuousClock.now - began), \(peak)\n".utf8))
  }

  private static func loan(_ number: Int) -> String {
    let mixed = Fingerprint.mix(UInt64(number), 0x9E37)
    return LedgerUUID(high: mixed, low: UInt64(number)).description
  }

  private static func record(_ number: Int, loan: String, date: String) -> String {
    """
    {"journal_entry_id":"\(JournalText.identifier(number))","event_type":"manual_adjustment",\
    "effective_at":"\(date)","posted_at":"\(date)T12:00:00Z","lines":[\
    {"sequence":1,"account_code":"1100","direction":"DR","amount_minor":"5","currency":"USD",\
    "layer":"SETTLED","loan_id":"\(loan)"},\
    {"sequence":2,"account_code":"1000","direction":"CR","amount_minor":"5","currency":"USD",\
    "layer":"SETTLED"}]}

    """
  }
}
