/// A calendar date of the proleptic Gregorian calendar, without a time zone.
///
/// It is the date a close is for, and the date an entry counts from. Years run from 0001 to 9999.
///
///     let date = BusinessDate(year: 2026, month: 2, day: 28)!
///     date.advanced(by: 1).description  // "2026-03-01"
public struct BusinessDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  public let dayNumber: Int32

  /// The date this many days after 1970-01-01 (before it, if negative).
  public init(dayNumber: Int32) {
    self.dayNumber = dayNumber
  }

  /// The date of a year, month and day, or `nil` if there is no such date.
  ///
  /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.daysInMonth(year: year, month: month)
    else { return nil }
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.dayNumber = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// The date written as `YYYY-MM-DD`, or `nil` if the text is not exactly that.
  @inlinable
  public init?(_ text: some StringProtocol) {
    var parts = (year: 0, month: 0, day: 0)
    var index = 0
    for byte in text.utf8 {
      switch index {
      case 4, 7: guard byte == 0x2D else { return nil }
      case ..<10:
        guard (0x30...0x39).contains(byte) else { return nil }
        let digit = Int(byte - 0x30)
        if index < 4 {
          parts.year = parts.year * 10 + digit
        } else if index < 7 {
          parts.month = parts.month * 10 + digit
        } else {
          parts.day = parts.day * 10 + digit
        }
      default: return nil
      }
      index += 1
    }
    guard index == 10 else { return nil }
    self.init(year: parts.year, month: parts.month, day: parts.day)
  }

  /// How many days the month of that year has.
  public static func daysInMonth(year: Int, month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The date this many days later (earlier, if negative).
  public func advanced(by days: Int) -> BusinessDate {
    BusinessDate(dayNumber: dayNumber + Int32(days))
  }

  /// How many days from this date to the other; negative if the other is earlier.
  public func days(to other: BusinessDate) -> Int {
    Int(other.dayNumber) - Int(dayNumber)
  }

  /// The year, month and day.
  ///
  /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
  public var calendar: (year: Int, month: Int, day: Int) {
    let shifted = Int(dayNumber) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// Orders values as the store sorts rows.
  public static func < (left: BusinessDate, right: BusinessDate) -> Bool {
    left.dayNumber < right.dayNumber
  }
}

extension BusinessDate: CustomStringConvertible {
  /// The date as `YYYY-MM-DD`.
  public var description: String {
    let (year, month, day) = calendar
    return String(unsafeUninitializedCapacity: 10) { bytes in
      for (offset, value, width) in [(0, year, 4), (5, month, 2), (8, day, 2)] {
        var rest = value
        for position in (0..<width).reversed() {
          bytes[offset + position] = UInt8(0x30 + rest % 10)
          rest /= 10
        }
      }
      bytes[4] = 0x2D
      bytes[7] = 0x2D
      return 10
    }
  }
}
