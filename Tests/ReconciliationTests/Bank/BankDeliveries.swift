import DemoLedger
import LedgerDomain
import TestSupport

/// The statements that a bank delivers of known books, and on which night each arrives.
///
/// Some come in parts, twice, corrected, in pages or for several days; on days on which the bank does not book,
/// none does.
struct BankDeliveries {
  /// What the bank's format has.
  struct Abilities {
    var hasPages = true
    /// Whether a statement says when it was made.
    var hasTimes = false
    /// On which days the bank makes statements; on all, if `nil`.
    var calendar: BankingCalendar?
  }

  private(set) var all: [(night: Int, statement: BankStatement)] = []
  private let books: KnownBooks
  private let abilities: Abilities
  private var numbers: SeededNumbers
  private var balances: [AmountMinor] = [1_000_000]

  /// What a seed chooses.
  init(_ books: KnownBooks, _ abilities: Abilities = Abilities()) {
    self.init(of: books, abilities)
    var day = 0
    while day < KnownBooks.dayCount { day = add(from: day) }
  }

  /// One statement for each day on which the bank makes one.
  init(daily books: KnownBooks, _ abilities: Abilities) {
    self.init(of: books, abilities)
    for day in 0..<KnownBooks.dayCount where isBankingDay(day) {
      deliver(entries(day), from: day, to: day, file: "statement")
    }
  }

  private init(of books: KnownBooks, _ abilities: Abilities) {
    (self.books, self.abilities, numbers) = (books, abilities, books.numbers)
    for day in 0..<KnownBooks.dayCount {
      balances.append(entries(day).reduce(balances[day]) { $0 + $1.amountMinor })
    }
  }

  private func isBankingDay(_ day: Int) -> Bool {
    abilities.calendar?.isBankingDay(KnownBooks.date(day)) ?? true
  }

  private func entries(_ day: Int) -> [StatementEntry] {
    books.entries.filter { $0.bookingDate == KnownBooks.date(day) }
  }

  /// Delivers a statement that begins on the day.
  ///
  /// - Returns: the day after it.
  private mutating func add(from day: Int) -> Int {
    let length = Int.random(in: 0..<5, using: &numbers) == 0 ? 3 : 1
    var last = min(KnownBooks.dayCount, day + length) - 1
    while !isBankingDay(last), last < KnownBooks.dayCount - 1 { last += 1 }
    let entries = (day...last).flatMap(entries)
    let half = entries.count / 2
    switch Int.random(in: 0..<6, using: &numbers) {
    case 0:
      // A part of it first, and all of it later.
      deliver(Array(entries[..<half]), from: day, to: last, file: "early")
      deliver(entries, from: day, to: last, file: "late", lateness: 1)
    case 1:
      deliver(entries, from: day, to: last, file: "once")
      deliver(entries, from: day, to: last, file: "twice", lateness: 1)
    case 2 where abilities.hasPages:
      let middle = entries[..<half].reduce(balances[day]) { $0 + $1.amountMinor }
      deliver(Array(entries[..<half]), from: day, to: last, file: "page1", page: 1)
      deliver(
        Array(entries[half...]), from: day, to: last, file: "page2", page: 2, opening: middle)
    case 3 where day > 2:
      // A download from two days before on.
      let earlier = (day - 2..<day).flatMap(self.entries)
      deliver(earlier + entries, from: day - 2, to: last, file: "download")
    default:
      deliver(entries, from: day, to: last, file: "statement")
    }
    return last + 1
  }

  private mutating func deliver(
    _ entries: [StatementEntry], from first: Int, to last: Int, file: String, lateness: Int = 0,
    page: Int? = nil, opening: AmountMinor? = nil
  ) {
    let opened = opening ?? balances[first]
    let closed = entries.reduce(opened) { $0 + $1.amountMinor }
    let made = StatementTime(
      date: KnownBooks.date(last + lateness + 1), second: 60 * (all.count % 1_000))
    let statement = BankStatement(
      account: BankAccount.sample.statementAccount, currency: .sample, identifier: nil,
      sequence: page.map { _ in last + 1 },
      page: page.map { StatementPage(number: $0, isLast: $0 == 2) },
      createdAt: abilities.hasTimes ? made : nil,
      opening: StatementBalance(
        amountMinor: opened, date: KnownBooks.date(first), isIntermediate: page == 2),
      closing: StatementBalance(
        amountMinor: closed, date: KnownBooks.date(last), isIntermediate: page == 1),
      entries: entries.enumerated().map { $1.numbered($0 + 1) }, file: "\(file)-\(last).xml",
      number: 1)
    all.append((last + lateness + Int.random(in: 1...4, using: &numbers), statement))
  }
}
