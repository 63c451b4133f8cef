import CloseJob
import JobConfiguration
import LedgerDomain
import TestSupport

/// A random history of a loan book: closes, corrections and tapes, compared after each step with a
/// model that keeps all lines and adds them up each time.
struct LoanHistory {
  struct Mismatch: Error, CustomStringConvertible {
    let description: String
  }

  private struct Line {
    let effective: BusinessDate
    let loan: Int?
    let currency: String
    let amount: Int64
  }

  private let ledger: LedgerTree
  private var numbers: SeededNumbers
  private let first = BusinessDate(dayNumber: 20_458)
  private var closedThrough = BusinessDate(dayNumber: 20_457)
  private var lines: [BusinessDate: [Line]] = [:]
  private var tapes: [BusinessDate: [String: Int64]?] = [:]
  private let opening: Int64
  private var closeCount = 0
  private var log: [String] = []

  init(seed: UInt64) throws {
    numbers = SeededNumbers(seed: seed)
    ledger = try LedgerTree()
    ledger.compareLoans()
    opening = Bool.random(using: &numbers) ? 77 : 0
    if opening > 0 { try ledger.open(with: "1100,USD,SETTLED,77,0\n3000,USD,SETTLED,0,77") }
  }

  mutating func run() throws {
    for _ in 0..<Int.random(in: 3...7, using: &numbers) {
      if closedThrough < first || Int.random(in: 0..<3, using: &numbers) > 0 {
        try closeNext()
      } else {
        try correct()
      }
    }
    let result = try VerifyRun(
      settings: ledger.settings, clock: RunClock { 0 }, dates: (nil, nil), isStoreOnly: false
    ).run()
    guard result.exitCode == 0 else { throw mismatch(VerifySummary.text(result)) }
  }

  // MARK: steps

  private mutating func closeNext() throws {
    let count = Int.random(in: 1...3, using: &numbers)
    let dates = (1...count).map { closedThrough.advanced(by: $0) }
    for date in dates { try export(date) }
    for date in dates { try writeTape(date) }
    log.append("close \(dates)")
    closedThrough = dates[count - 1]
    ledger.settings.date = closedThrough
    // A later date of the run must not be in what an earlier one finds.
    try compare(try ledger.run(), dates, through: { $0 })
  }

  private mutating func correct() throws {
    let offset = Int.random(in: 0...first.days(to: closedThrough), using: &numbers)
    let date = first.advanced(by: offset)
    lines[date]?.removeAll { _ in Bool.random(using: &numbers) }
    try export(date)
    try writeTape(date)
    log.append("correct \(date)")
    var request = CloseRequest()
    request.from = date
    request.recloses = true
    ledger.settings.date = date
    let last = closedThrough
    try compare(try ledger.run(request), [date], through: { _ in last })
  }

  private mutating func export(_ date: BusinessDate) throws {
    for _ in 0..<Int.random(in: 1...4, using: &numbers) {
      let days = [0, 0, 0, -1, -4, -40, 1, 2, 5].randomElement(using: &numbers) ?? 0
      lines[date, default: []].append(
        Line(
          effective: date.advanced(by: days),
          loan: Int.random(in: 0..<6, using: &numbers) == 0
            ? nil : Int.random(in: 1...6, using: &numbers),
          currency: ["USD", "USD", "EUR", "JPY"].randomElement(using: &numbers) ?? "USD",
          amount: Int64.random(in: -9...9, using: &numbers)))
    }
    let text = (lines[date] ?? []).map { line in
      let loan = line.loan.map { " loan:\($0)" } ?? ""
      let sides = line.amount < 0 ? ("CR", "DR") : ("DR", "CR")
      let amount = "\(abs(line.amount)) \(line.currency)"
      return
        "\(line.effective) | 1100 \(sides.0) \(amount) SETTLED\(loan) | 1000 \(sides.1) \(amount)"
    }
    try ledger.export("\(date)", text.joined(separator: "\n"))
  }

  /// The servicing system's tape: usually equal to the ledger, sometimes different, sometimes missing.
  private mutating func writeTape(_ date: BusinessDate) throws {
    if tapes[date] == nil && Int.random(in: 0..<6, using: &numbers) == 0 {
      tapes[date] = .some(nil)
      return
    }
    var tape: [String: Int64] = [:]
    for (key, amount) in loans(date, through: max(date, closedThrough)) where amount.isOnLines {
      switch Int.random(in: 0..<8, using: &numbers) {
      case 0: break
      case 1: tape[key] = amount.minor + 1
      case 2 where amount.minor == 0: break
      default: tape[key] = amount.minor
      }
    }
    if Bool.random(using: &numbers) { tape["8 CHF"] = Int64.random(in: -1...1, using: &numbers) }
    tapes[date] = tape
    let rows = tape.shuffled(using: &numbers).map { key, amount in
      let words = key.split(separator: " ")
      return "\(JournalText.loan(Int(words[0]) ?? 0)),\(words[1]),\(amount)\n"
    }
    try ledger.write(
      "tapes/tenant_id=\(LedgerTree.tenant)/date=\(date).csv",
      "loan_id,currency,principal_outstanding_minor\n" + rows.joined())
  }

  // MARK: the model

  /// The balance of each loan at the end of a date, from the lines posted through another date.
  private func loans(
    _ date: BusinessDate, through last: BusinessDate
  ) -> [String: (minor: Int64, isOnLines: Bool)] {
    var sums: [String: (minor: Int64, isOnLines: Bool)] = [:]
    for (posted, lines) in lines where posted <= last {
      for line in lines where line.effective <= date {
        guard let loan = line.loan else { continue }
        let key = "\(loan) \(line.currency)"
        sums[key, default: (0, false)].minor += line.amount
        if line.amount != 0 { sums[key, default: (0, false)].isOnLines = true }
      }
    }
    return sums
  }

  private func principal(_ date: BusinessDate, through last: BusinessDate) -> [String: Int64] {
    var sums: [String: Int64] = opening > 0 ? ["USD": opening] : [:]
    for (posted, lines) in lines where posted <= last {
      for line in lines where line.effective <= date {
        sums[line.currency, default: 0] += line.amount
      }
    }
    return sums
  }

  /// The loans that differ at a date: `7 USD amounts_differ 5 6`.
  private func differences(_ date: BusinessDate, through last: BusinessDate) -> [String] {
    guard let tape = tapes[date] ?? nil else { return [] }
    let ledger = loans(date, through: last).filter { $0.value.isOnLines }
    return Set(ledger.keys).union(tape.keys).sorted(by: Self.precedes).compactMap { key in
      let (ours, theirs) = (ledger[key]?.minor, tape[key])
      if ours ?? 0 == theirs ?? 0 { return nil }
      let cause =
        ours == nil ? "only_on_tape" : theirs == nil ? "only_in_ledger" : "amounts_differ"
      return "\(key) \(cause) \(ours.map { "\($0)" } ?? "-") \(theirs.map { "\($0)" } ?? "-")"
    }
  }

  private static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  // MARK: comparing

  private mutating func compare(
    _ result: RunResult, _ dates: [BusinessDate], through last: (BusinessDate) -> BusinessDate
  ) throws {
    guard result.exitCode < 2 else { throw mismatch(result.failure) }
    let headers = result.tenants.flatMap(\.dates).map(\.header)
    // A correction that changed nothing is no close.
    guard headers.map(\.businessDate) == dates || headers.isEmpty else {
      throw mismatch("closed \(headers.map(\.businessDate))")
    }
    for header in headers {
      closeCount += 1
      let date = header.businessDate
      let expected = differences(date, through: last(date))
      let found = try ledger.books.loanDifferences(Int(header.closeID.number))
      guard found == expected else {
        throw mismatch("differences of \(date): \(found), must be \(expected)")
      }
      try compareTotals(header, through: last(date))
    }
    let balances = loans(closedThrough, through: closedThrough).filter { $0.value.isOnLines }
      .map { "\($0.key) \($0.value.minor)" }.sorted(by: Self.precedes)
    let stored = try ledger.books.loanBalances()
    guard stored == balances else { throw mismatch("loans \(stored), must be \(balances)") }
  }

  private func compareTotals(_ header: CloseHeader, through last: BusinessDate) throws {
    let date = header.businessDate
    let ledgerLoans = loans(date, through: last)
    let tape = tapes[date] ?? nil
    for row in try ledger.books.rows(
      """
      SELECT currency, ledger_principal_minor, loans_minor, without_loan_minor
      FROM portfolio_rollup
      WHERE close_id = \(header.closeID.number) AND currency IS NOT NULL
      """)
    {
      let words = row.split(separator: " ").map(String.init)
      let suffix = " \(words[0])"
      let onLines = ledgerLoans.filter { $0.key.hasSuffix(suffix) }.reduce(0) {
        $0 + $1.value.minor
      }
      let onTape = (tape ?? [:]).filter { $0.key.hasSuffix(suffix) }.reduce(0) { $0 + $1.value }
      let all = principal(date, through: last)[words[0]] ?? 0
      let expected = "\(words[0]) \(all) \(tape == nil ? onLines : onTape) \(all - onLines)"
      guard row == expected else {
        throw mismatch("totals of \(date): \(row), must be \(expected)")
      }
    }
  }

  private func mismatch(_ what: String) -> Mismatch {
    Mismatch(description: (log + [what]).joined(separator: "\n"))
  }
}
