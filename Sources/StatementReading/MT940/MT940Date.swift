import LedgerDomain

/// Dates of six or four digits.
enum MT940Date {
  /// `YYMMDD`: years from 80 are of the 20th century. `nil` if there is no such date.
  ///
  /// Banks that count every month as 30 days write 30 February as a value date: with `isLenient`, it is
  /// the last day of February.
  ///
  /// Source: SWIFT Standards, General Information, the century of two-digit years.
  static func date(_ digits: ArraySlice<UInt8>, isLenient: Bool = false) -> BusinessDate? {
    guard digits.count == 6, let number = MT940Bytes.number(digits) else { return nil }
    let (shortYear, month, day) = (number / 10_000, number / 100 % 100, number % 100)
    let year = shortYear < 80 ? 2000 + shortYear : 1900 + shortYear
    if let date = BusinessDate(year: year, month: month, day: day) { return date }
    guard isLenient, month == 2, (29...30).contains(day) else { return nil }
    return BusinessDate(
      year: year, month: 2, day: BusinessDate.daysInMonth(year: year, month: 2))
  }

  /// `MMDD`, in the year that is nearest to a date; `nil` if there is no such date.
  ///
  ///     entryDate("0102", near: 2026-12-31)  // 2027-01-02
  ///     entryDate("1231", near: 2027-01-02)  // 2026-12-31
  static func entryDate(_ digits: ArraySlice<UInt8>, near date: BusinessDate) -> BusinessDate? {
    guard digits.count == 4, let number = MT940Bytes.number(digits) else { return nil }
    return nearest(month: number / 100, day: number % 100, to: date)
  }

  private static func nearest(month: Int, day: Int, to date: BusinessDate) -> BusinessDate? {
    let year = date.calendar.year
    let candidates = (year - 1...year + 1).compactMap {
      BusinessDate(year: $0, month: month, day: day)
    }
    return candidates.min { abs($0.days(to: date)) < abs($1.days(to: date)) }
  }

  /// Its month and day in the year that puts it between two dates; itself if none does.
  static func moved(_ date: BusinessDate, into range: ClosedRange<BusinessDate>) -> BusinessDate {
    if range.contains(date) { return date }
    let (_, month, day) = date.calendar
    for year in [range.lowerBound.calendar.year, range.upperBound.calendar.year] {
      if let other = BusinessDate(year: year, month: month, day: day), range.contains(other) {
        return other
      }
    }
    return date
  }

  /// `YYMMDDHHMM`, with an offset to UTC or without: the content of `:13D:`.
  static func time(_ bytes: ArraySlice<UInt8>) -> StatementTime? {
    guard bytes.count >= 10, let date = date(bytes.prefix(6)),
      let clock = MT940Bytes.number(bytes.dropFirst(6).prefix(4)), clock / 100 < 24,
      clock % 100 < 60
    else { return nil }
    var minute = clock / 100 * 60 + clock % 100
    let offset = bytes.dropFirst(10)
    if offset.count == 5, let sign = offset.first,
      sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      let value = MT940Bytes.number(offset.dropFirst()), value / 100 < 24, value % 100 < 60
    {
      let minutes = value / 100 * 60 + value % 100
      minute += sign == UInt8(ascii: "+") ? -minutes : minutes
    }
    let days = minute < 0 ? -1 : minute / 1440
    return StatementTime(date: date.advanced(by: days), second: (minute - days * 1440) * 60)
  }
}
