import LedgerDomain
import Reconciliation
import TestSupport
import Testing

@Suite("Nights of late, repeated and split statements against known truth")
struct KnownTruthNightsTests {
  /// What a bank delivers, and on which night it arrives.
  private struct Deliveries {
    var all: [(night: Int, delivery: StatementDelivery)] = []
    private let books: KnownBooks
    private var numbers: SeededNumbers
    private(set) var balances: [AmountMinor] = [1_000_000]

    init(_ books: KnownBooks) {
      self.books = books
      numbers = books.numbers
      for day in 0..<KnownBooks.dayCount {
        balances.append(entries(day).reduce(balances[day]) { $0 + $1.amountMinor })
      }
      var day = 0
      while day < KnownBooks.dayCount { day = add(from: day) }
    }

    func entries(_ day: Int) -> [StatementEntry] {
      books.entries.filter { $0.bookingDate == KnownBooks.date(day) }
    }

    /// Delivers a statement that begins on the day.
    ///
    /// - Returns: the day after it.
    private mutating func add(from day: Int) -> Int {
      let length = Int.random(in: 0..<5, using: &numbers) == 0 ? 3 : 1
      let last = min(KnownBooks.dayCount, day + length) - 1
      let entries = (day...last).flatMap(entries)
      let half = entries.count / 2
      switch Int.random(in: 0..<6, using: &numbers) {
      case 0:
        // A part of it first, and all of it later.
        deliver(Array(entries[..<half]), from: day, to: last, file: "early", closing: nil)
        deliver(entries, from: day, to: last, file: "late", lateness: 1)
      case 1:
        deliver(entries, from: day, to: last, file: "once")
        deliver(entries, from: day, to: last, file: "twice", lateness: 1)
      case 2:
        let middle = entries[..<half].reduce(balances[day]) { $0 + $1.amountMinor }
        deliver(
          Array(entries[..<half]), from: day, to: last, file: "page1", page: 1, closing: middle)
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
      page: Int? = nil, opening: AmountMinor? = nil, closing: AmountMinor? = nil
    ) {
      let opened = opening ?? balances[first]
      let closed = entries.reduce(opened) { $0 + $1.amountMinor }
      let numbered = entries.enumerated().map { position, entry in
        StatementEntry(
          number: position + 1, amountMinor: entry.amountMinor, bookingDate: entry.bookingDate,
          references: entry.references, transactions: entry.transactions, text: entry.text,
          isReversal: entry.isReversal)
      }
      let statement = BankStatement(
        account: BankAccount.sample.statementAccount, currency: .sample, identifier: nil,
        sequence: page.map { _ in last + 1 }, page: page.map { StatementPage(number: $0) },
        opening: StatementBalance(
          amountMinor: opened, date: KnownBooks.date(first), isIntermediate: page == 2),
        closing: StatementBalance(
          amountMinor: closed, date: KnownBooks.date(last), isIntermediate: page == 1),
        entries: numbered, file: "\(file)-\(last).xml", number: 1)
      let night = last + lateness + Int.random(in: 1...4, using: &numbers)
      all.append((night, StatementDelivery(statement, arrival: night * 100 + all.count)))
    }
  }

  private let reconciler = BankAccountReconciler(account: .sample, windowDays: 3)

  private func ledgerDays(_ books: KnownBooks) -> [BankLedgerDay] {
    (0..<KnownBooks.dayCount).map { day in
      let date = KnownBooks.date(day)
      return BankLedgerDay(
        date: date,
        closingMinor: books.ledger.filter { $0.date <= date }.reduce(1_000_000) {
          $0 + $1.amountMinor
        }, items: books.ledger.filter { $0.date == date })
    }
  }

  /// The results as each night remakes them: from the first date on which something changed.
  private func nightly(
    _ days: [BankLedgerDay], _ deliveries: Deliveries
  ) throws -> [BankDayResult] {
    var known = StatementSeries()
    var results: [BankDayResult] = []
    for night in 1...(KnownBooks.dayCount + 6) {
      let arrived = deliveries.all.filter { $0.night <= night }.map(\.delivery)
      let series = StatementSeries(arrived, of: .sample)
      let closed = days.prefix(night)
      let change = series.firstChange(from: known).map {
        max(0, KnownBooks.date(0).days(to: $0))
      }
      let start = min(change ?? results.count, results.count)
      let state = start == 0 ? BankAccountState() : results[start - 1].state
      results.removeSubrange(start...)
      results += try reconciler.reconcile(
        Array(closed.dropFirst(start)), from: state, statements: series,
        asOf: KnownBooks.date(night - 1))
      known = series
    }
    return results
  }

  @Test("end as if everything had been there at once, without a wrong match")
  func nightsEndInTheTruth() throws {
    // Each seed takes as long as several of the other tests.
    for seed in KnownTruthTests.seeds.prefix(max(1, KnownTruthTests.seedCount / 4)) {
      let books = KnownBooks(seed: seed)
      let days = ledgerDays(books)
      let deliveries = Deliveries(books)
      let series = StatementSeries(deliveries.all.map(\.delivery), of: .sample)
      let breaks = series.days.flatMap(\.breaks)
      #expect(breaks.isEmpty, "seed \(seed): \(breaks)")
      #expect(
        series.days.flatMap(\.items).count
          == books.entries.reduce(0) { $0 + max(1, $1.transactions.count) }, "seed \(seed)")
      let results = try reconciler.reconcile(
        days, from: BankAccountState(), statements: series,
        asOf: KnownBooks.date(KnownBooks.dayCount + 5))
      let nightly = try nightly(days, deliveries)
      let isSame = nightly == results
      #expect(isSame, "seed \(seed)")
      checkTruth(results, books, seed)
      try checkSettlement(days, series, results, seed)
    }
  }

  private func checkTruth(_ results: [BankDayResult], _ books: KnownBooks, _ seed: UInt64) {
    let truths = Dictionary(
      books.truths.map { ($0.names, $0.isDetermined) }, uniquingKeysWith: { first, _ in first })
    let made = results.flatMap { $0.reconciliation.matches }
    for match in made {
      let names = Set(match.items.map(KnownBooks.name))
      #expect(truths[names] != nil, "seed \(seed): \(names.sorted()) by \(match.rule)")
    }
    let found = Set(made.map { Set($0.items.map(KnownBooks.name)) })
    for truth in books.truths where truth.isDetermined {
      let isFound = found.contains(truth.names)
      #expect(isFound, "seed \(seed): \(truth.names.sorted()) is not found")
    }
    #expect(results.allSatisfy { $0.reconciliation.unexplainedMinor == 0 }, "seed \(seed)")
    #expect(!results.contains { $0.reconciliation.status == .pending }, "seed \(seed)")
  }

  /// After somebody has settled what is left, the last date is reconciled.
  private func checkSettlement(
    _ days: [BankLedgerDay], _ series: StatementSeries, _ results: [BankDayResult], _ seed: UInt64
  ) throws {
    guard let last = results.last else { return }
    let settlement = BankSettlement(
      number: 1, date: last.date, items: last.reconciliation.outstanding.map(\.item.key))
    let settled = try reconciler.reconcile(
      days, from: BankAccountState(), statements: series, settlements: [settlement],
      asOf: last.date)
    #expect(settled.last?.reconciliation.status == .reconciled, "seed \(seed)")
    let earlier = zip(settled, results).filter {
      $0.1.date < last.date && $0.1.reconciliation.settledOn != last.date
    }
    #expect(earlier.allSatisfy { $0 == $1 }, "seed \(seed)")
  }
}
