import DoubleEntryRules
import LedgerDomain
import TestSupport

/// An entry that owns its lines, to be varied and then shown to a rule.
struct SampleEntry {
  var id = JournalEntryID(LedgerUUID(high: 0xE, low: 1))
  var tenant: TenantID?
  var effectiveDate = BusinessDate(dayNumber: 20_458)
  var posted = PostedInstant(second: 20_458 * 86_400, nanosecond: 0)
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
          posted: posted, reverses: nil, lines: lines))
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

  /// An entry that breaks this or that rule, or none.
  static func random(_ numbers: inout SeededNumbers) -> SampleEntry {
    var entry = SampleEntry()
    entry.id = JournalEntryID(LedgerUUID(high: numbers.next(), low: numbers.next()))
    let tenants: [TenantID?] = [nil, nil, .sample, .sample, .other]
    entry.tenant = tenants.randomElement(using: &numbers) ?? nil
    if Int.random(in: 0..<4, using: &numbers) == 0 {
      entry.posted.second += [-1, 0, 86_399, 86_400].randomElement(using: &numbers) ?? 0
    }
    let sequenceMost: Int16 = Bool.random(using: &numbers) ? 12 : 32_767
    for _ in 0..<Int.random(in: 1...5, using: &numbers) {
      entry.addPair(sequenceMost: sequenceMost, &numbers)
    }
    if Int.random(in: 0..<3, using: &numbers) == 0 { entry.lines.removeLast() }
    entry.lines.shuffle(using: &numbers)
    return entry
  }

  /// Adds every line once more on the other side.
  mutating func balance() {
    lines += lines.map { line in
      var line = line
      line.direction = line.direction == .debit ? .credit : .debit
      return line
    }
  }

  private mutating func addPair(sequenceMost: Int16, _ numbers: inout SeededNumbers) {
    let isHuge = Int.random(in: 0..<5, using: &numbers) == 0
    let amountMinor = Int64.random(in: isHuge ? (.max - 3)...(.max) : 0...3, using: &numbers)
    let currency = ["USD", "USD", "EUR", "ZZZ"].randomElement(using: &numbers) ?? "USD"
    let layer = EntryLayer.allCases.randomElement(using: &numbers) ?? .settled
    for direction in ["DR", "CR"] {
      let account = Int.random(in: 0..<9, using: &numbers) == 0 ? "9999" : "1100"
      let sequence = Int16.random(in: 1...sequenceMost, using: &numbers)
      lines.append(
        Self.line("\(sequence) \(direction) \(account) \(currency) \(layer.code) \(amountMinor)"))
    }
  }
}

extension TenantID {
  static let sample = TenantID(LedgerUUID(high: 0xA, low: 1))
  static let other = TenantID(LedgerUUID(high: 0xB, low: 2))
}

extension ChartOfAccounts {
  /// The chart of 1100 and 2000.
  static let sample = ChartOfAccounts(
    [1100, 2000].map { number in
      Account(code: AccountCode(number: number), name: "Account \(number)", normalSide: .debit)
    })
}

extension EntryRule {
  /// Whether the rule holds for an entry exactly if it has no finding about it.
  func agreesWithItself(on sample: SampleEntry) -> Bool {
    sample.show { holds(for: $0) == findings(for: $0).isEmpty }
  }

  func findings(of sample: SampleEntry) -> [Finding] { sample.show { findings(for: $0) } }
}
