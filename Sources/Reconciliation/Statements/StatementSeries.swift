public import LedgerDomain

/// All statements of an account in the order of their closing dates, each entry once.
///
/// Whatever files deliver, and how often: a repeated statement counts once, pages are joined, of two for the
/// same time the later one counts if it contains all of the earlier one, and entries that an earlier
/// statement has count with that one. Each statement must add up and continue the one before; what does not
/// is a break of its date.
///
///     let series = StatementSeries(deliveries, of: account)
///     series.day(of: date)?.closingMinor  // 1250075
///
/// The same deliveries give the same series, in whatever order they come.
public struct StatementSeries: Hashable, Sendable {
  /// The dates with a statement, in order.
  public let days: [StatementDay]
  private let waiting: [BusinessDate: [Finding]]

  /// A series without statements.
  public init() {
    (days, waiting) = ([], [:])
  }

  /// Puts statements in order.
  ///
  /// - Parameters:
  ///   - deliveries: all deliveries for the account, in any order.
  ///   - notifications: the transactions of batched entries; those of other accounts are not used.
  ///   - account: the account.
  ///   - priorClosingMinor: the balance with which the statement before them closed, if it is known.
  public init(
    _ deliveries: [StatementDelivery], notifications: [BankNotification] = [],
    of account: BankAccount, priorClosingMinor: AmountMinor? = nil
  ) {
    var builder = StatementSeriesBuilder(
      account: account, notifications: notifications, priorClosingMinor: priorClosingMinor)
    builder.add(deliveries)
    (days, waiting) = (builder.days, builder.waiting)
  }

  /// The statement with this closing date.
  public func day(of date: BusinessDate) -> StatementDay? {
    let index = index(atOrAfter: date)
    return index < days.count && days[index].date == date ? days[index] : nil
  }

  /// The statements that close after a date, up to and including another.
  public func days(after date: BusinessDate, through other: BusinessDate) -> [StatementDay] {
    guard date < other else { return [] }
    return Array(days[index(atOrAfter: date.advanced(by: 1))...].prefix { $0.date <= other })
  }

  /// What is to be said about a date without a statement: pages that wait for others.
  public func waitingFindings(of date: BusinessDate) -> [Finding] { waiting[date] ?? [] }

  /// The first date whose reconciliation is another one with this series than it was with that one.
  ///
  /// - Returns: `nil` if none is.
  public func firstChange(from other: StatementSeries) -> BusinessDate? {
    var index = 0
    while index < min(days.count, other.days.count), days[index] == other.days[index] { index += 1 }
    var changed: [BusinessDate] = []
    for days in [days, other.days] where index < days.count {
      changed.append(days[index].firstDate)
    }
    for date in Set(waiting.keys).union(other.waiting.keys)
    where waiting[date] != other.waiting[date] {
      changed.append(date)
    }
    return changed.min()
  }

  /// The index of the first day that is not before a date.
  private func index(atOrAfter date: BusinessDate) -> Int {
    var (low, high) = (0, days.count)
    while low < high {
      let middle = low + (high - low) / 2
      if days[middle].date < date { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
