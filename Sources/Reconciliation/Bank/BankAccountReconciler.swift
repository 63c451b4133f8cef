public import LedgerDomain

/// Compares an account of the ledger with the bank's, date by date.
///
///     let results = try reconciler.reconcile(days, from: state, statements: series, asOf: yesterday)
///     results.last?.reconciliation.status  // .reconciled
///     results.last?.state                  // what the next date begins with
///
/// The same input gives the same results, and a span of dates those of its parts one after the other,
/// provided that no statement covers dates of two parts.
public struct BankAccountReconciler: Sendable {
  /// The account.
  public let account: BankAccount
  /// Banking days after which a missing statement is a break.
  public let overdueDays: Int
  /// When the bank books.
  public let calendar: BankingCalendar
  /// The first date that the ledger closed: what the bank booked before it is in the opening balances.
  public let firstClose: BusinessDate?
  private let matching: BankItemMatcher

  /// Creates a comparison.
  ///
  /// - Parameters:
  ///   - account: the account.
  ///   - windowDays: how many days apart items without a common reference may be.
  ///   - overdueDays: banking days after which a missing statement is a break.
  ///   - calendar: when the bank books.
  ///   - firstClose: the first date that the ledger closed. A statement that begins earlier has entries that
  ///     are in the opening balances, or that clear nothing; `nil` to count them all.
  public init(
    account: BankAccount, windowDays: Int, overdueDays: Int = 3,
    calendar: BankingCalendar = BankingCalendar(), firstClose: BusinessDate? = nil
  ) {
    self.account = account
    self.overdueDays = overdueDays
    self.calendar = calendar
    self.firstClose = firstClose
    matching = BankItemMatcher(windowDays: windowDays)
  }

  /// Compares a span of dates.
  ///
  /// A date with a statement is matched and compared. One that a later statement of the span covers has
  /// that date's outcome. Any other is pending, and overdue once enough banking days have passed.
  ///
  /// - Parameters:
  ///   - days: the ledger's closed dates, in order, each once.
  ///   - state: what the date before the first one handed on.
  ///   - statements: the statements that count. Those before the first date are part of `state`; those
  ///     after the last one are not used.
  ///   - settlements: what people settled, at any time. One counts from its date on, if all its items are
  ///     open then; a finding says so if that is not on its own date.
  ///   - asOf: the date up to which statements could have come, for what is overdue.
  /// - Returns: one result for each date.
  /// - Throws: `BankReconciliationError` with `amount_overflow` if a figure passes 2^63 − 1.
  public func reconcile(
    _ days: [BankLedgerDay], from state: BankAccountState, statements: StatementSeries,
    settlements: [BankSettlement] = [], asOf: BusinessDate
  ) throws(BankReconciliationError) -> [BankDayResult] {
    var position = BankPosition(
      account: account, firstClose: firstClose, state: state, settlements: settlements)
    var results: [BankDayResult] = []
    guard var prior = days.first?.date.advanced(by: -1) else { return [] }
    for day in days {
      let delivered = statements.days(after: prior, through: day.date)
      position.begin(day, delivered, after: prior)
      prior = day.date
      if let statement = delivered.last, statement.date == day.date {
        let matched = position.match(matching)
        results.append(try position.compared(with: statement, delivered, matched))
      } else {
        let findings = delivered.flatMap(\.findings) + statements.waitingFindings(of: day.date)
        results.append(
          try position.pending(
            findings, overdueDays: isOverdue(day.date, asOf: asOf) ? overdueDays : nil))
      }
    }
    return covered(results, by: statements)
  }

  private func isOverdue(_ date: BusinessDate, asOf: BusinessDate) -> Bool {
    calendar.bankingDays(from: date, to: asOf) > overdueDays
  }

  /// Gives the dates without a statement of their own the outcome of the date that settles them.
  private func covered(
    _ results: [BankDayResult], by statements: StatementSeries
  ) -> [BankDayResult] {
    var results = results
    var settling: (day: StatementDay, result: BankDayResult)?
    for index in results.indices.reversed() {
      let result = results[index]
      if let day = statements.day(of: result.date) {
        settling = (day, result)
      } else if let settling, settling.day.firstDate <= result.date {
        results[index] = result.settled(by: settling.result)
      }
    }
    return results
  }
}

extension BankDayResult {
  /// The result of a date that a later date's statement settles: its own ledger, that date's outcome.
  fileprivate func settled(by other: BankDayResult) -> BankDayResult {
    let (own, outcome) = (reconciliation, other.reconciliation)
    let words =
      outcome.status == .reconciled
      ? "with that date, the account is reconciled" : "with that date, it is not reconciled"
    return BankDayResult(
      date: date,
      reconciliation: BankReconciliation(
        account: own.account, status: outcome.status, ledgerClosingMinor: own.ledgerClosingMinor,
        statement: outcome.statement, differenceMinor: outcome.differenceMinor,
        unexplainedMinor: outcome.unexplainedMinor, matchCounts: own.matchCounts,
        outstanding: own.outstanding, matches: own.matches, writtenOffMinor: own.writtenOffMinor,
        settledOn: other.date),
      findings: findings,
      tieOut: TieOut(
        .bankReconciliation, scope: own.account.reference, status: other.tieOut.status,
        expectedMinor: other.tieOut.expectedMinor, actualMinor: other.tieOut.actualMinor,
        differenceMinor: other.tieOut.differenceMinor,
        detail:
          "\(own.account.reference): the statement of \(other.date) covers this date; \(words)."),
      state: state, settlements: settlements)
  }
}
