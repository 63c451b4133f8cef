/// Formats instants as RFC 3339 date-times in UTC, with integer arithmetic only.
///
///     RFC3339.string(second: 1_767_787_200)  // "2026-01-07T12:00:00Z"
///
/// Source: RFC 3339, section 5.6.
public enum RFC3339 {
  /// The date-time as text.
  ///
  /// - Parameters:
  ///   - second: seconds since 1970-01-01 UTC; may be negative.
  ///   - nanosecond: nanoseconds after that second, below 10^9.
  ///   - fractionDigits: decimals to write, 0 to 9; further digits are cut off.
  public static func string(
    second: Int64, nanosecond: UInt32 = 0, fractionDigits: Int = 0
  ) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    append(second: second, nanosecond: nanosecond, fractionDigits: fractionDigits, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the same text as UTF-8.
  public static func append(
    second: Int64, nanosecond: UInt32 = 0, fractionDigits: Int = 0, to bytes: inout [UInt8]
  ) {
    let days = (second - (second < 0 ? secondsPerDay - 1 : 0)) / secondsPerDay
    let time = Int(second - days * secondsPerDay)
    bytes.append(contentsOf: BusinessDate(dayNumber: Int32(clamping: days)).description.utf8)
    bytes.append(UInt8(ascii: "T"))
    appendDigits(time / 3600, count: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    appendDigits(time / 60 % 60, count: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    appendDigits(time % 60, count: 2, to: &bytes)
    if fractionDigits > 0 {
      bytes.append(UInt8(ascii: "."))
      var fraction = Int(nanosecond)
      for _ in fractionDigits..<9 { fraction /= 10 }
      appendDigits(fraction, count: fractionDigits, to: &bytes)
    }
    bytes.append(UInt8(ascii: "Z"))
  }

  private static let secondsPerDay: Int64 = 86_400

  private static func appendDigits(_ number: Int, count: Int, to bytes: inout [UInt8]) {
    var power = 1
    for _ in 1..<count { power *= 10 }
    while power > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(number / power % 10))
      power /= 10
    }
  }
}
