public import LedgerDomain

/// A UUID in its text form, 32 digits at a time.
enum UUIDText {
  typealias Bytes = JSONScanner.Bytes
  private typealias Words = SIMD4<UInt64>

  /// The UUID whose 36 bytes begin at `bytes`, in either case; `nil` if they are not one.
  ///
  /// The digits are gathered into four words of eight and checked and converted side by side.
  @inline(__always)
  static func parse(_ bytes: Bytes) -> LedgerUUID? {
    let hyphens =
      (UInt32(bytes[8]) ^ 0x2D) | (UInt32(bytes[13]) ^ 0x2D) | (UInt32(bytes[18]) ^ 0x2D)
      | (UInt32(bytes[23]) ^ 0x2D)
    let digits = Words(
      JSONScanner.word(bytes),
      UInt64(JSONScanner.halfWord(bytes + 9)) | UInt64(JSONScanner.halfWord(bytes + 14)) << 32,
      UInt64(JSONScanner.halfWord(bytes + 19)) | UInt64(JSONScanner.halfWord(bytes + 24)) << 32,
      JSONScanner.word(bytes + 28))
    let highs = Words(repeating: 0x8080_8080_8080_8080)
    let letters = digits | Words(repeating: 0x2020_2020_2020_2020)
    // With every byte below 0x80, adding sets the high bit of the bytes past a bound, no other.
    let isDecimal =
      (digits &+ Words(repeating: 0x5050_5050_5050_5050))
      & ~(digits &+ Words(repeating: 0x4646_4646_4646_4646))
    let isLetter =
      (letters &+ Words(repeating: 0x1F1F_1F1F_1F1F_1F1F))
      & ~(letters &+ Words(repeating: 0x1919_1919_1919_1919)) & highs
    let wrong = (digits | ~(isDecimal | isLetter)) & highs
    guard wrong[0] | wrong[1] | wrong[2] | wrong[3] == 0, hyphens == 0 else { return nil }
    var nibbles = digits & Words(repeating: 0x0F0F_0F0F_0F0F_0F0F)
    // A letter's value is its low four bits plus nine.
    let letterBits = isLetter &>> Words(repeating: 7)
    nibbles = nibbles &+ (letterBits &<< Words(repeating: 3)) &+ letterBits
    nibbles =
      (nibbles &<< Words(repeating: 4) | nibbles &>> Words(repeating: 8))
      & Words(repeating: 0x00FF_00FF_00FF_00FF)
    nibbles =
      (nibbles | nibbles &>> Words(repeating: 8)) & Words(repeating: 0x0000_FFFF_0000_FFFF)
    nibbles = nibbles | nibbles &>> Words(repeating: 16)
    return LedgerUUID(
      high: (nibbles[0] & 0xFFFF_FFFF | nibbles[1] << 32).byteSwapped,
      low: (nibbles[2] & 0xFFFF_FFFF | nibbles[3] << 32).byteSwapped)
  }
}

/// Dates and instants in their text form.
enum DateText {
  typealias Bytes = JSONScanner.Bytes

  @inline(__always)
  private static func twoDigits(_ bytes: Bytes) -> Int? {
    let (tens, units) = (bytes[0] &- 0x30, bytes[1] &- 0x30)
    return tens <= 9 && units <= 9 ? Int(tens) * 10 + Int(units) : nil
  }

  /// The calendar date whose ten bytes `YYYY-MM-DD` begin at `bytes`.
  static func date(_ bytes: Bytes) -> BusinessDate? {
    guard let century = twoDigits(bytes), let year = twoDigits(bytes + 2), bytes[4] == 0x2D,
      let month = twoDigits(bytes + 5), bytes[7] == 0x2D, let day = twoDigits(bytes + 8)
    else { return nil }
    return BusinessDate(year: century * 100 + year, month: month, day: day)
  }

  /// The instant of the time that follows a date: `T12:34:56.789+02:00`.
  ///
  /// A leap second is accepted only at 23:59:60 UTC and counts as the last second of its day.
  /// - Parameters:
  ///   - bytes: the `T`; the byte at `end` must be neither a digit nor part of a time.
  ///   - date: the date before it.
  ///
  /// Source: RFC 3339, section 5.6.
  static func instant(_ bytes: Bytes, end: Bytes, on date: BusinessDate) -> PostedInstant? {
    guard end - bytes >= 10, bytes[0] | 0x20 == UInt8(ascii: "t"),
      let hour = twoDigits(bytes + 1), hour < 24, bytes[3] == JSONScanner.colon,
      let minute = twoDigits(bytes + 4), minute < 60, bytes[6] == JSONScanner.colon,
      let second = twoDigits(bytes + 7), second <= 60
    else { return nil }
    var position = bytes + 9
    guard let nanosecond = fraction(&position, end: end),
      let offset = offsetSeconds(position, end: end)
    else { return nil }
    let isLeap = second == 60
    let local = (hour * 60 + minute) * 60 + (isLeap ? 59 : second)
    let instant = Int64(date.dayNumber) * 86_400 + Int64(local - offset)
    if isLeap && (instant + 1) % 86_400 != 0 { return nil }
    return PostedInstant(second: instant, nanosecond: isLeap ? 999_999_999 : nanosecond)
  }

  @inline(__always)
  private static func fraction(_ position: inout Bytes, end: Bytes) -> UInt32? {
    guard position.pointee == UInt8(ascii: ".") else { return 0 }
    position += 1
    var nanosecond: UInt32 = 0
    var digits = 0
    while position < end, position.pointee &- 0x30 <= 9 {
      if digits < 9 { nanosecond = nanosecond * 10 + UInt32(position.pointee - 0x30) }
      digits += 1
      position += 1
    }
    if digits == 0 { return nil }
    while digits < 9 {
      nanosecond *= 10
      digits += 1
    }
    return nanosecond
  }

  @inline(__always)
  private static func offsetSeconds(_ position: Bytes, end: Bytes) -> Int? {
    if end - position == 1 { return position.pointee | 0x20 == UInt8(ascii: "z") ? 0 : nil }
    guard end - position == 6, position[3] == JSONScanner.colon,
      let hours = twoDigits(position + 1), hours < 24,
      let minutes = twoDigits(position + 4), minutes < 60
    else { return nil }
    switch position.pointee {
    case UInt8(ascii: "+"): return (hours * 60 + minutes) * 60
    case UInt8(ascii: "-"): return -(hours * 60 + minutes) * 60
    default: return nil
    }
  }
}

/// The times of day that exporters write most, with the quote behind them.
enum ClockText {
  /// `T12:34:56`, perhaps with up to seven decimals, then `Z` or `+00:00` and a quote.
  ///
  /// - Returns: the second of the day, and the position after the quote; `nil` for any other text, which
  ///   may be an instant all the same.
  @inline(__always)
  static func time(
    _ bytes: JSONScanner.Bytes
  ) -> (second: UInt32, nanosecond: UInt32, end: JSONScanner.Bytes)? {
    // Digits become their values, and colons 0.
    let values = JSONScanner.word(bytes + 1) ^ 0x3030_3A30_303A_3030
    let wrong = ((values &+ 0x7676_7F76_767F_7676) | values) & 0x8080_8080_8080_8080
    guard bytes[0] == UInt8(ascii: "T"), wrong == 0 else { return nil }
    let pairs = (values &* 0xA01) >> 8
    let hour = UInt32(truncatingIfNeeded: pairs & 0xFF)
    let minute = UInt32(truncatingIfNeeded: (pairs >> 24) & 0xFF)
    let second = UInt32(truncatingIfNeeded: (pairs >> 48) & 0xFF)
    guard hour < 24, minute < 60, second < 60 else { return nil }
    var position = bytes + 9
    var nanosecond: UInt32 = 0
    if position.pointee == UInt8(ascii: ".") {
      let decimals = DigitRun(position + 1)
      guard decimals.count > 0, decimals.count < 8 else { return nil }
      nanosecond = decimals.nanoseconds
      position += 1 + decimals.count
    }
    guard let end = utcEnd(position) else { return nil }
    return ((hour &* 60 &+ minute) &* 60 &+ second, nanosecond, end)
  }

  /// The position after `Z"` or `+00:00"`.
  @inline(__always)
  private static func utcEnd(_ bytes: JSONScanner.Bytes) -> JSONScanner.Bytes? {
    if bytes[0] == UInt8(ascii: "Z"), bytes[1] == JSONScanner.quote { return bytes + 2 }
    return JSONScanner.word(bytes) & 0x00FF_FFFF_FFFF_FFFF == 0x0022_3030_3A30_302B
      ? bytes + 7 : nil
  }
}

extension LedgerUUID {
  /// The UUID whose text is the 36 bytes at `text`, in either case; `nil` if they are not one.
  public init?(text: UnsafePointer<UInt8>) {
    guard let uuid = UUIDText.parse(text) else { return nil }
    self = uuid
  }
}
