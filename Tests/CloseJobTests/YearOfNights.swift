import Foundation
import LedgerDomain

/// What is planted in a ledger that is closed night by night, and the sums of its entries.
///
/// Dates are numbers from 0. Every entry follows from the seed, its date and its number: none is kept.
struct YearOfNights {
  struct Key: Hashable {
    let account, currency, layer: String
  }

  struct Entry {
    let id: String
    let effective: Int
    let debit, credit: Key
    var amountMinor: Int
  }

  /// A part that comes after its date was closed.
  struct LatePart {
    let date: Int
    /// The night before whose close it comes.
    let night: Int
    /// Whether its date is closed again the morning after.
    let isClosedAgain: Bool
    let file: String
  }

  /// An entry that is exported again on a later date.
  struct Replay {
    let date: Int
    let source: Int
    let number: Int
    let hasOtherContent: Bool
  }

  /// A change of the chart before the close of a date.
  enum ChartChange {
    case leaves(String)
    case otherSide(String)
    case otherName(String)
  }

  static let firstDate = BusinessDate("2026-01-01")!
  private static let accounts = ["1000", "1100", "2000", "3000", "4000"]
  private static let lateEntries = 3

  let dates: Int
  let entriesPerDate: Int
  let seed: UInt64
  private(set) var lateParts: [LatePart] = []
  private(set) var replays: [Int: [Replay]] = [:]
  private(set) var chartChanges: [Int: ChartChange] = [:]
  /// The accounts of the chart, by code.
  private var chart: [String: (name: String, isDebit: Bool)] = [:]
  private var leaving: [String] = []
  /// What entries that count add to a key, by effective date: debits and credits.
  private var sums: [Key: [Int: (debit: Int, credit: Int)]] = [:]

  /// A plan of so many late parts, replays over 1 to 40 dates, and changes of the chart.
  init(
    dates: Int, entriesPerDate: Int, lateParts: Int, replays: Int, chartChanges: Int, seed: UInt64
  ) {
    (self.dates, self.entriesPerDate, self.seed) = (dates, entriesPerDate, seed)
    var numbers = SeededNumbers(seed: seed)
    for code in Self.accounts { chart[code] = ("Account \(code)", code < "2000") }
    planLateParts(lateParts, &numbers)
    planReplays(replays, &numbers)
    var nights = Array(2..<dates).shuffled(using: &numbers)
    for index in 0..<chartChanges {
      let account = Self.accounts.randomElement(using: &numbers)!
      let change: ChartChange
      switch index % 3 {
      case 0:
        let code = String(5000 + index)
        leaving.append(code)
        chart[code] = ("Closed book \(code)", true)
        change = .leaves(code)
      case 1: change = .otherSide(account)
      default: change = .otherName(account)
      }
      self.chartChanges[nights.removeLast()] = change
    }
  }

  private mutating func planLateParts(_ count: Int, _ numbers: inout SeededNumbers) {
    var taken: Set<Int> = []
    while lateParts.count < count {
      let night = Int.random(in: 2..<dates, using: &numbers)
      let date = night - Int.random(in: 1...min(35, night - 1), using: &numbers)
      guard taken.insert(date).inserted else { continue }
      let index = lateParts.count
      lateParts.append(
        LatePart(
          date: date, night: night, isClosedAgain: index % 4 != 3 && night + 1 < dates,
          file: "late-\(index).ndjson"))
    }
  }

  private mutating func planReplays(_ count: Int, _ numbers: inout SeededNumbers) {
    var taken: Set<[Int]> = []
    while taken.count < count {
      let distance = min(taken.count % 40 + 1, dates - 2)
      let date = Int.random(in: (distance + 1)..<dates, using: &numbers)
      let number = Int.random(in: 0..<entriesPerDate, using: &numbers)
      guard taken.insert([date - distance, number]).inserted else { continue }
      replays[date, default: []].append(
        Replay(
          date: date, source: date - distance, number: number,
          hasOtherContent: taken.count % 5 == 0))
    }
  }

  static func date(_ index: Int) -> String { "\(firstDate.advanced(by: index))" }

  // MARK: Entries

  /// Entry `number` of a date. Those of late parts have greater numbers than the others.
  private func entry(_ number: Int, of date: Int) -> Entry {
    var numbers = SeededNumbers(seed: seed ^ UInt64(date << 32 | number + 1))
    let (high, low, word) = (numbers.next(), numbers.next(), numbers.next())
    let count = UInt64(Self.accounts.count)
    let debit = Int(word % count)
    let credit = (debit + 1 + Int((word >> 8) % (count - 1))) % Self.accounts.count
    let currency = ["USD", "USD", "EUR", "JPY"][Int(word >> 16 & 3)]
    let layer = word >> 20 & 15 == 0 ? "PENDING" : "SETTLED"
    // Every sixteenth is backdated.
    let back = word >> 24 & 15 == 0 ? Int(word >> 28 & 3) : 0
    return Entry(
      id: Self.identifier(high, low), effective: max(0, date - back),
      debit: Key(account: Self.accounts[debit], currency: currency, layer: layer),
      credit: Key(account: Self.accounts[credit], currency: currency, layer: layer),
      amountMinor: Int(word >> 32 & 0xF_FFFF) + 1)
  }

  private static func identifier(_ high: UInt64, _ low: UInt64) -> String {
    func digits(_ word: UInt64, _ count: Int) -> String {
      let text = String(word, radix: 16)
      return String(repeating: "0", count: count - text.count) + text
    }
    return digits(high >> 32, 8) + "-" + digits(high >> 16 & 0xFFFF, 4) + "-4"
      + digits(high & 0xFFF, 3) + "-a" + digits(low >> 48 & 0xFFF, 3) + "-"
      + digits(low & 0xFFFF_FFFF_FFFF, 12)
  }

  private static func record(_ entry: Entry, of date: Int) -> String {
    func line(_ sequence: Int, _ key: Key, _ side: String) -> String {
      """
      {"sequence":\(sequence),"account_code":"\(key.account)","direction":"\(side)",\
      "amount_minor":"\(entry.amountMinor)","currency":"\(key.currency)","layer":"\(key.layer)"}
      """
    }
    return """
      {"journal_entry_id":"\(entry.id)","event_type":"manual_adjustment",\
      "effective_at":"\(self.date(entry.effective))","posted_at":"\(self.date(date))T12:00:00Z",\
      "lines":[\(line(1, entry.debit, "DR")),\(line(2, entry.credit, "CR"))]}\n
      """
  }

  private mutating func count(_ entry: Entry) {
    sums[entry.debit, default: [:]][entry.effective, default: (0, 0)].debit += entry.amountMinor
    sums[entry.credit, default: [:]][entry.effective, default: (0, 0)].credit += entry.amountMinor
  }

  // MARK: Exports

  /// The records of a date's part, and the findings that its close must have: code, record, entry.
  mutating func export(of date: Int) -> (text: String, findings: [String]) {
    var (text, findings, record) = ("", [String](), 0)
    func append(_ entry: Entry) {
      text += Self.record(entry, of: date)
      record += 1
    }
    // What the accounts that leave the chart later have to leave with.
    for (index, code) in leaving.enumerated() where date == 0 {
      var entry = entry(2_000_000 + index, of: 0)
      entry = Entry(
        id: entry.id, effective: 0, debit: Key(account: code, currency: "USD", layer: "SETTLED"),
        credit: Key(account: "3000", currency: "USD", layer: "SETTLED"),
        amountMinor: entry.amountMinor)
      append(entry)
      count(entry)
    }
    let replays = Dictionary(grouping: replays[date] ?? []) { $0.number % entriesPerDate }
    for number in 0..<entriesPerDate {
      for replay in replays[number] ?? [] {
        var entry = entry(replay.number, of: replay.source)
        if replay.hasOtherContent { entry.amountMinor += 1 }
        append(entry)
        let code = replay.hasOtherContent ? "conflicting_duplicate" : "entry_already_closed"
        findings.append("\(code) \(record) \(entry.id)")
      }
      let entry = entry(number, of: date)
      append(entry)
      count(entry)
    }
    return (text, findings.sorted())
  }

  /// The records of a late part.
  func export(_ part: LatePart) -> String {
    (0..<Self.lateEntries).map {
      Self.record(entry(1_000_000 + $0, of: part.date), of: part.date)
    }.joined()
  }

  /// Counts the records of a late part, whose date was closed again with it.
  mutating func count(_ part: LatePart) {
    for number in 0..<Self.lateEntries { count(entry(1_000_000 + number, of: part.date)) }
  }

  /// Changes the chart before the close of a date. Returns the finding: code, account, field.
  mutating func changeChart(before date: Int) -> String? {
    switch chartChanges[date] {
    case .leaves(let code)?:
      chart[code] = nil
      return "account_left_chart \(code) -"
    case .otherSide(let code)?:
      chart[code]?.isDebit.toggle()
      return "account_changed \(code) normal_side"
    case .otherName(let code)?:
      chart[code]?.name = "Account \(code) since \(Self.date(date))"
      return "account_changed \(code) account_name"
    case nil: return nil
    }
  }

  /// The chart as it is now.
  var chartText: String {
    "account_code,account_name,normal_side\n"
      + chart.sorted { $0.key < $1.key }.map { code, account in
        "\(code),\(account.name),\(account.isDebit ? "DR" : "CR")\n"
      }.joined()
  }

  /// The balances at the end of a date, as `Books.balances` has them.
  func balances(of date: Int) -> String {
    sums.compactMap { key, days -> String? in
      let counted = days.filter { $0.key <= date }.values
      if counted.isEmpty { return nil }
      let (debit, credit) = counted.reduce((0, 0)) { ($0.0 + $1.debit, $0.1 + $1.credit) }
      return "\(key.account) \(key.currency) \(key.layer) \(debit) \(credit)"
    }.sorted().joined(separator: "\n")
  }
}
