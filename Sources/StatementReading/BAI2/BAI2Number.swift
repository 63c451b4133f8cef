import LedgerDomain

/// Numbers of BAI2: digits with an optional sign before them; the decimals are implied.
///
/// An amount has the decimals of its currency, so its digits are minor units.
enum BAI2Number {
  /// The number; `nil` if it is malformed or has more than 30 digits.
  static func value(_ field: ArraySlice<UInt8>) -> Int128? {
    var digits = field
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
    guard (1...30).contains(digits.count) else { return nil }
    var short: Int64 = 0
    if digits.count <= 18 {
      for byte in digits {
        guard (0x30...0x39).contains(byte) else { return nil }
        short = short * 10 + Int64(byte - 0x30)
      }
      return Int128(isNegative ? -short : short)
    }
    var long: Int128 = 0
    for byte in digits {
      guard (0x30...0x39).contains(byte) else { return nil }
      long = long * 10 + Int128(byte - 0x30)
    }
    return isNegative ? -long : long
  }

  /// The amount in minor units; `nil` if it is malformed or exceeds 2^63 − 1.
  static func amount(_ field: ArraySlice<UInt8>) -> AmountMinor? {
    guard let value = value(field), value.magnitude <= UInt128(AmountMinor.max) else { return nil }
    return AmountMinor(value)
  }

  /// The date written YYMMDD or YYYYMMDD; `nil` if there is none. Years from 80 on are of the 1900s.
  static func date(_ field: ArraySlice<UInt8>) -> BusinessDate? {
    guard field.count == 6 || field.count == 8, let value = value(field),
      field.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    let number = Int(value)
    var year = number / 10_000
    if field.count == 6 { year += year >= 80 ? 1900 : 2000 }
    return BusinessDate(year: year, month: number / 100 % 100, day: number % 100)
  }

  /// Seconds since midnight of a time written HHMM; 2400 and 9999 are the end of the day.
  static func second(_ field: ArraySlice<UInt8>) -> Int? {
    guard field.count == 4, let value = value(field), value >= 0,
      field.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    let number = Int(value)
    if number == 2400 || number == 9999 { return 86_399 }
    let (hour, minute) = (number / 100, number % 100)
    return hour < 24 && minute < 60 ? (hour * 60 + minute) * 60 : nil
  }
}
