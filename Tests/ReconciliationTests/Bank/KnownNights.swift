import LedgerDomain
import Reconciliation
import Testing

/// The nights in which the statements of known books arrive, and what becomes of them.
struct KnownNights {
  let books: KnownBooks
  var calendar = BankingCalendar()
  var statements: [(night: Int, delivery: StatementDelivery)] = []
  var notifications: [(night: Int, notification: BankNotification)] = []

  private var reconciler: BankAccountReconciler {
    BankAccountReconciler(account: .sample, windowDays: 3, calendar: calendar)
  }

  /// A night on which everything has arrived.
  static let lastNight = KnownBooks.dayCount + 6

  /// What the bank had delivered up to a night.
  func series(through night: Int = .max) -> StatementSeries {
    StatementSeries(
      statements.filter { $0.night <= night }.map(\.delivery),
      notifications: notifications.filter { $0.night <= night }.map(\.notification), of: .sample)
  }

  private func ledgerDays() -> [BankLedgerDay] {
    (0..<KnownBooks.dayCount).map { day in
      let date = KnownBooks.date(day)
      return BankLedgerDay(
        date: date,
        closingMinor: books.ledger.filter { $0.date <= date }.reduce(1_000_000) {
          $0 + $1.amountMinor
        }, items: books.ledger.filter { $0.date == date })
    }
  }

  /// The results if everything had been there at once.
  func atOnce(settlements: [BankSettlement] = []) throws -> [BankDayResult] {
    try reconciler.reconcile(
      ledgerDays(), from: BankAccountState(), statements: series(), settlements: settlements,
      asOf: KnownBooks.date(Self.lastNight - 1))
  }

  /// The results as each night remakes them: from the first date on which something changed.
  func nightly() throws -> [BankDayResult] {
    let days = ledgerDays()
    var known = StatementSeries()
    var results: [BankDayResult] = []
    for night in 1...Self.lastNight {
      let series = series(through: night)
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

  /// Whether each night remade what everything at once makes; what is overdue depends on the night.
  func endAsOne(_ results: [BankDayResult]) throws -> Bool {
    func isPending(_ result: BankDayResult) -> Bool { result.reconciliation.status == .pending }
    return try nightly().filter { !isPending($0) } == results.filter { !isPending($0) }
  }

  /// Checks matches against the truth: none is wrong, and what is ambiguous in the end is called so.
  ///
  /// - Returns: how many of the matches that are determined were made.
  func checkTruth(_ results: [BankDayResult], _ comment: String) -> Int {
    let truths = Dictionary(
      books.truths.map { ($0.names, $0.isDetermined) }, uniquingKeysWith: { first, _ in first })
    let made = results.flatMap { $0.reconciliation.matches }
    for match in made {
      let names = Set(match.items.map(KnownBooks.name))
      #expect(truths[names] != nil, "\(comment): \(names.sorted()) by \(match.rule)")
    }
    let unclear = Set(books.truths.filter { !$0.isDetermined }.flatMap(\.names))
    for open in results.last?.reconciliation.outstanding ?? []
    where unclear.contains(KnownBooks.name(open.item)) {
      #expect(open.ambiguousGroup != nil, "\(comment): \(KnownBooks.name(open.item))")
    }
    #expect(results.allSatisfy { $0.reconciliation.unexplainedMinor == 0 }, "\(comment)")
    let start = series().days.first?.firstDate ?? KnownBooks.date(0)
    #expect(
      results.allSatisfy { $0.reconciliation.status != .pending || $0.date < start }, "\(comment)")
    let found = Set(made.map { Set($0.items.map(KnownBooks.name)) })
    return books.truths.count { $0.isDetermined && found.contains($0.names) }
  }

  /// Checks that the last date is reconciled after somebody has settled what is left.
  func checkSettlement(_ results: [BankDayResult], _ comment: String) throws {
    guard let last = results.last else { return }
    let settlement = BankSettlement(
      number: 1, date: last.date, items: last.reconciliation.outstanding.map(\.item.key))
    let settled = try atOnce(settlements: [settlement])
    #expect(settled.last?.reconciliation.status == .reconciled, "\(comment)")
    let earlier = zip(settled, results).filter {
      $0.1.date < last.date && $0.1.reconciliation.settledOn != last.date
    }
    #expect(earlier.allSatisfy { $0 == $1 }, "\(comment)")
  }
}
