/// When a bank's statement is overdue.
public struct StatementDeadline: Hashable, Sendable {
  /// The days on which the banks book.
  public let calendar: BankingCalendar
  /// Banking days after which a missing statement is overdue.
  public let overdueDays: Int

  /// - Parameters:
  ///   - weekend: the days of the week on which the banks do not book.
  ///   - holidays: further days on which they do not book, in any order.
  public init(
    weekend: some Sequence<BankingCalendar.Weekday>, holidays: [BusinessDate], overdueDays: Int
  ) {
    calendar = BankingCalendar(weekend: Set(weekend), holidays: holidays)
    self.overdueDays = overdueDays
  }

  /// The first date whose statement is overdue; `nil` if none is.
  ///
  /// - Parameters:
  ///   - date: the first date without a statement.
  ///   - last: the date at whose end the question is asked.
  public func firstOverdue(from date: BusinessDate, asOf last: BusinessDate) -> BusinessDate? {
    calendar.firstOverdue(from: date, asOf: last, overdueDays: overdueDays)
  }
}
