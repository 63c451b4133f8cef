/// The days on which banks book: all but weekends and holidays.
///
///     let calendar = BankingCalendar(weekend: [.saturday, .sunday], holidays: [christmas])
///     calendar.bankingDays(from: friday, to: monday)  // 1
public struct BankingCalendar: Hashable, Sendable {
  /// A day of the week.
  ///
  /// Source: ISO 8601, which counts from Monday, 1.
  public enum Weekday: Int, Sendable, CaseIterable {
    case monday = 1
    case tuesday, wednesday, thursday, friday, saturday, sunday

    /// The day of the week of a date.
    public init(_ date: BusinessDate) {
      // 1970-01-01 was a Thursday.
      let days = (Int(date.dayNumber) + 3) % 7
      self = Self.allCases[days < 0 ? days + 7 : days]
    }
  }

  /// The days of the week on which banks do not book.
  public let weekend: Set<Weekday>
  /// Other dates on which they do not, in order, each once.
  public let holidays: [BusinessDate]

  /// Creates a calendar; by default without holidays.
  public init(weekend: Set<Weekday> = [.saturday, .sunday], holidays: [BusinessDate] = []) {
    self.weekend = weekend
    self.holidays = Set(holidays).sorted()
  }

  /// Whether banks book on a date.
  public func isBankingDay(_ date: BusinessDate) -> Bool {
    guard !weekend.contains(Weekday(date)) else { return false }
    let index = holidays.partitioningIndex { $0 >= date }
    return index == holidays.count || holidays[index] != date
  }

  /// How many banking days follow a date, up to and including the other; 0 if that is not later.
  ///
  /// - Complexity: O(*h*), with the number of holidays.
  public func bankingDays(from date: BusinessDate, to other: BusinessDate) -> Int {
    let days = date.days(to: other)
    guard days > 0 else { return 0 }
    var count = days / 7 * (7 - weekend.count)
    for offset in 0..<(days % 7) where !weekend.contains(Weekday(other.advanced(by: -offset))) {
      count += 1
    }
    let between = holidays.lazy.filter { $0 > date && $0 <= other }
    return count - between.count { !weekend.contains(Weekday($0)) }
  }

  /// The first banking day from a date on, if more than that many banking days have followed it.
  ///
  ///     calendar.firstOverdue(from: monday, asOf: friday, overdueDays: 3)  // monday
  ///
  /// - Parameters:
  ///   - date: the first date without a statement.
  ///   - last: the date at whose end the question is asked.
  public func firstOverdue(
    from date: BusinessDate, asOf last: BusinessDate, overdueDays: Int
  ) -> BusinessDate? {
    var first = date
    while first <= last, !isBankingDay(first) { first = first.advanced(by: 1) }
    return bankingDays(from: first, to: last) > overdueDays ? first : nil
  }
}

extension [BusinessDate] {
  /// The first index whose date fulfils the condition, given that all after it do; `count` if none does.
  fileprivate func partitioningIndex(where isFound: (BusinessDate) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if isFound(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
