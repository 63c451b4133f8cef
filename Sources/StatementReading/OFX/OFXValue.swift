import LedgerDomain

/// Dates and amounts of OFX.
enum OFXValue {
  /// The calendar date as it is written, of `20260331`, `20260331120000.000[-5:EST]` and the like; `nil`
  /// if it is none. A time zone does not shift it.
  ///
  /// Source: Open Financial Exchange 1.6, section 3.2.8.2.
  static func date(_ text: String) -> BusinessDate? {
    let bytes = Array(text.utf8)
    // Some banks write the date as ISO 8601 does.
    if bytes.count >= 10, bytes[4] == UInt8(ascii: "-") {
      return isTime(bytes[10...]) ? BusinessDate(text.prefix(10)) : nil
    }
    guard bytes.count >= 8, let year = number(bytes[0..<4]), let month = number(bytes[4..<6]),
      let day = number(bytes[6..<8]), isTime(bytes[8...])
    else { return nil }
    return BusinessDate(year: year, month: month, day: day)
  }

  /// Whether it may stand behind a date: digits and punctuation, then a zone in brackets.
  private static func isTime(_ rest: ArraySlice<UInt8>) -> Bool {
    let time = rest.prefix { $0 != UInt8(ascii: "[") }
    return time.allSatisfy {
      (0x30...0x39).contains($0) || [0x20, 0x2B, 0x2D, 0x2E, 0x3A, 0x54, 0x5A].contains($0)
    }
  }

  /// The instant, in UTC if it has a zone.
  static func time(_ text: String) -> StatementTime? {
    let bytes = Array(text.utf8)
    guard let date = date(text) else { return nil }
    guard bytes.count >= 12, let hour = number(bytes[8..<10]), let minute = number(bytes[10..<12]),
      hour < 24, minute < 60
    else { return StatementTime(date: date, second: 0) }
    let second = bytes.count >= 14 ? number(bytes[12..<14]) ?? 0 : 0
    let local = (hour * 60 + minute) * 60 + min(second, 59)
    let utc = local - (zoneSeconds(bytes) ?? 0)
    let days = utc >= 0 ? utc / 86_400 : (utc - 86_399) / 86_400
    return StatementTime(date: date.advanced(by: days), second: utc - days * 86_400)
  }

  /// The offset of `[-5:EST]` or `[+5.5:IST]` in seconds; `nil` if there is none.
  private static func zoneSeconds(_ bytes: [UInt8]) -> Int? {
    guard let open = bytes.firstIndex(of: UInt8(ascii: "[")) else { return nil }
    let zone = bytes[(open + 1)...].prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "]") }
    let isWest = zone.first == UInt8(ascii: "-")
    let digits = isWest || zone.first == UInt8(ascii: "+") ? zone.dropFirst() : zone
    // Hours with up to two decimals, read as hundredths: 36 seconds each.
    let hundredths = DecimalNotation.xml.magnitude(
      String(decoding: digits, as: UTF8.self)[...], minorDigits: 2)
    guard let hundredths, hundredths <= 2400 else { return nil }
    return Int(isWest ? -hundredths : hundredths) * 36
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var number = 0
    for byte in digits {
      guard (0x30...0x39).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    return number
  }

  /// The signed amount in minor units; `nil` if it is malformed, has more decimals than the currency, or
  /// may mean two amounts.
  ///
  /// The decimal separator is a point or a comma. Some banks group digits, against the specification, so
  /// `1,234` may be one thousand, and is refused; `1,234.50` and `1234.500` are not.
  ///
  /// Source: Open Financial Exchange 1.6, sections 3.2.9.1 and 3.2.9.2.
  static func amount(_ text: String, minorDigits: Int) -> AmountMinor? {
    // A combining character would join a separator, which counts as a byte, into another character.
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    let isNegative = text.hasPrefix("-")
    let digits = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard let notation = notation(digits, minorDigits: minorDigits) else { return nil }
    let magnitude = notation.magnitude(digits, minorDigits: minorDigits)
    return magnitude.map { isNegative ? -$0 : $0 }
  }

  private static func notation(_ digits: Substring, minorDigits: Int) -> DecimalNotation? {
    let points = digits.utf8.count { $0 == UInt8(ascii: ".") }
    let commas = digits.utf8.count { $0 == UInt8(ascii: ",") }
    let separator: Character = points > 0 ? "." : ","
    switch (points, commas) {
    case (0, 0): return DecimalNotation(decimalSeparator: ".")
    case (1, 0), (0, 1):
      let parts = digits.split(separator: separator, omittingEmptySubsequences: false)
      let whole = parts[0]
      let mayBeGroup =
        parts[1].utf8.count == 3 && (1...3).contains(whole.utf8.count) && !whole.hasPrefix("0")
      guard !mayBeGroup || minorDigits == 3 else { return nil }
      return DecimalNotation(decimalSeparator: separator)
    case (0, _), (_, 0):
      return DecimalNotation(
        decimalSeparator: separator == "." ? "," : ".", groupingSeparator: separator)
    default:
      let last = digits.last { $0 == "." || $0 == "," } ?? "."
      guard (last == "." ? points : commas) == 1 else { return nil }
      return DecimalNotation(decimalSeparator: last, groupingSeparator: last == "." ? "," : ".")
    }
  }
}
