import DailyClose
import LedgerDomain
import TestSupport

/// An entry that owns its lines, so that it can be kept, changed and compared.
struct SampleEntry {
  var id = JournalEntryID(LedgerUUID(high: 0xE, low: 1))
  var tenant: TenantID?
  var effectiveDate = BusinessDate.sample
  var posted = PostedInstant(second: 20_458 * 86_400, nanosecond: 0)
  var reverses: JournalEntryID?
  var lines: [JournalLine] = []

  /// An entry of lines written as `1 DR 1100 USD SETTLED 88849`.
  init(_ lines: String...) {
    self.lines = lines.map { Self.line($0) }
  }

  func show<Outcome>(_ body: (JournalEntry) throws -> Outcome) rethrows -> Outcome {
    try lines.withUnsafeBufferPointer { lines in
      try body(
        JournalEntry(
          id: id, tenant: tenant, eventType: .accrual, effectiveDate: effectiveDate,
          posted: posted, reverses: reverses, lines: lines))
    }
  }

  static func line(_ text: String) -> JournalLine {
    let words = text.split(separator: " ")
    guard words.count == 6, let sequence = Int16(words[0]), let account = AccountCode(words[2]),
      let currency = CurrencyCode(words[3]), let layer = EntryLayer(code: words[4]),
      let amountMinor = Int64(words[5])
    else { preconditionFailure("'\(text)' is no line") }
    return JournalLine(
      key: BalanceKey(account: account, currency: currency, layer: layer),
      direction: words[1] == "DR" ? .debit : .credit, hasLoan: false, sequence: sequence,
      amountMinor: amountMinor, loan: LedgerUUID(high: 0, low: 0), referenceFingerprint: 0)
  }

  /// A balanced entry of one pair, effective within this many days of the sample date.
  static func random(days: ClosedRange<Int>, _ numbers: inout SeededNumbers) -> SampleEntry {
    var entry = SampleEntry()
    entry.id = JournalEntryID(LedgerUUID(high: numbers.next(), low: numbers.next()))
    entry.effectiveDate = .sample.advanced(by: .random(in: days, using: &numbers))
    let currency = ["USD", "EUR", "JPY"].randomElement(using: &numbers) ?? "USD"
    let layer = EntryLayer.allCases.randomElement(using: &numbers) ?? .settled
    let amountMinor = Int64.random(in: 0...1_000_000, using: &numbers)
    for (offset, direction) in ["DR", "CR"].enumerated() {
      let account = 1100 + Int.random(in: 0..<4, using: &numbers)
      entry.lines.append(
        line("\(offset + 1) \(direction) \(account) \(currency) \(layer.code) \(amountMinor)"))
    }
    return entry
  }
}

extension BusinessDate {
  /// 2026-01-05.
  static let sample = BusinessDate(dayNumber: 20_458)
}

extension BalanceKey {
  /// The key written as `1100 USD SETTLED`.
  static func sample(_ text: String) -> BalanceKey { SampleEntry.line("1 DR \(text) 0").key }
}

extension DebitCreditTotals {
  static func of(_ debitMinor: Int64, _ creditMinor: Int64) -> DebitCreditTotals {
    DebitCreditTotals(debitMinor: debitMinor, creditMinor: creditMinor)
  }
}

extension EntryChunkPool {
  /// Memory without a limit that a test could reach.
  static var sample: EntryChunkPool { EntryChunkPool(limit: .max, spillDirectory: "/missing") }
}
