/// A month of the calendar, written `YYYY-MM`.
///
///     let month = CalendarMonth("2026-02")!
///     month.dates  // 2026-02-01...2026-02-28
public struct CalendarMonth: Hashable, Sendable {
  /// Its first and last date.
  public let dates: ClosedRange<BusinessDate>

  /// The month of that text; `nil` if it is not exactly `YYYY-MM`.
  public init?(_ text: some StringProtocol) {
    guard let first = BusinessDate(text + "-01") else { return nil }
    self.init(of: first)
  }

  /// The month of a date.
  public init(of date: BusinessDate) {
    let (year, month, day) = date.calendar
    let first = date.advanced(by: 1 - day)
    dates = first...first.advanced(by: BusinessDate.daysInMonth(year: year, month: month) - 1)
  }
}

extension CalendarMonth: CustomStringConvertible {
  /// The month as `YYYY-MM`.
  public var description: String { String(dates.lowerBound.description.prefix(7)) }
}

extension ClosedRange<BusinessDate> {
  /// Every date of the range, in order.
  public var all: [BusinessDate] {
    (0...lowerBound.days(to: upperBound)).map { lowerBound.advanced(by: $0) }
  }
}
