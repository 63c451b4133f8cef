import LedgerDomain

/// How the dates of a table are written: `DD.MM.YYYY`, `M/D/YY`, `YYYYMMDD`, `DD-Mon-YYYY`.
///
///     let pattern = DatePattern("DD-Mon-YY")
///     pattern?.date("31-Mar-26")  // 2026-03-31
///
/// A pattern has a year (`YYYY`, or `YY` for 1970 to 2069), a month (`MM`, `M` with or without a
/// leading zero, or `Mon` for its English name) and a day (`DD` or `D`), with any other characters
/// between them. A time after the date is passed over.
public struct DatePattern: Hashable, Sendable, CustomStringConvertible {
  /// What stands at a place of a date.
  enum Part: Hashable, Sendable {
    case year4
    case year2
    case month2
    case month
    case monthName
    case day2
    case day
    case literal(UInt8)

    /// What a reader of the date learns from it: 0 for the year, 1 for the month, 2 for the day.
    fileprivate var unit: Int? {
      switch self {
      case .year4, .year2: 0
      case .month2, .month, .monthName: 1
      case .day2, .day: 2
      case .literal: nil
      }
    }
  }

  /// The parts in order.
  let parts: [Part]
  /// The pattern as it is written.
  public let description: String

  /// `YYYY-MM-DD`.
  ///
  /// Source: ISO 8601-1:2019, calendar date in extended format.
  public static let yearMonthDay = DatePattern(
    parts: [
      .year4, .literal(UInt8(ascii: "-")), .month2, .literal(UInt8(ascii: "-")), .day2,
    ], description: "YYYY-MM-DD")

  private init(parts: [Part], description: String) {
    self.parts = parts
    self.description = description
  }

  /// The pattern of a text; `nil` if it has not exactly one year, month and day, has other letters
  /// between them, or cannot tell where a number ends.
  public init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    var parts: [Part] = []
    while parts.count(where: { $0.unit != nil }) < 3 {
      guard let (part, length) = Self.part(rest) else { return nil }
      if let unit = part.unit, parts.contains(where: { $0.unit == unit }) { return nil }
      if part.unit != nil, let last = parts.last, last == .month || last == .day { return nil }
      parts.append(part)
      rest = rest.dropFirst(length)
    }
    // What follows the date is a time, which is passed over, after ` `, `,` or `T`.
    while let byte = rest.first, !Self.isAlphanumeric(byte), byte != 0x20, byte != 0x2C {
      parts.append(.literal(byte))
      rest.removeFirst()
    }
    guard rest.first.map({ !Self.isAlphanumeric($0) || $0 == 0x54 }) ?? true else { return nil }
    self.init(parts: parts, description: text)
  }

  private static let words: [(word: String, part: Part)] = [
    ("yyyy", .year4), ("yy", .year2), ("mon", .monthName), ("mm", .month2), ("m", .month),
    ("dd", .day2), ("d", .day),
  ]

  private static func part(_ rest: ArraySlice<UInt8>) -> (Part, length: Int)? {
    guard let first = rest.first else { return nil }
    guard isLetter(first) else {
      return (0x30...0x39).contains(first) ? nil : (.literal(first), 1)
    }
    for (word, part) in words
    where rest.count >= word.utf8.count
      && zip(rest, word.utf8).allSatisfy({ $0 | 0x20 == $1 })
    {
      let next = rest.dropFirst(word.utf8.count).first
      if let next, next | 0x20 == first | 0x20 { return nil }
      return (part, word.utf8.count)
    }
    return nil
  }

  static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLetter(byte) || (0x30...0x39).contains(byte)
  }
}
