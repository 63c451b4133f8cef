import LedgerDomain

/// What stands around the digits of an amount: signs, parentheses, DR or CR, a currency.
struct AmountMarks {
  /// The currency signs and codes, as they are written.
  private(set) var currencies: [String] = []
  private var signs: [AmountNotation.Sign] = []
  private var isParenthesized = false
  private var direction: AmountNotation.Sign?
  private var hasTwoDirections = false

  /// The sign that the marks give together.
  enum Outcome {
    case sign(AmountNotation.Sign?)
    /// Two signs, such as `--1`.
    case none
    case contradiction
  }

  var sign: Outcome {
    guard signs.count + (isParenthesized ? 1 : 0) <= 1, !hasTwoDirections, currencies.count <= 2
    else {
      return .none
    }
    let written = isParenthesized ? .minus : signs.first
    if let written, let direction, written != direction { return .contradiction }
    return .sign(written ?? direction)
  }

  /// Takes the marks away.
  ///
  /// - Returns: the digits with their separators; `nil` if anything else stands beside them.
  mutating func strip(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var rest = cell
    while let first = rest.first, !Self.isDigit(first) {
      if Self.isDecimalStart(rest) { break }
      if first == UInt8(ascii: "(") {
        guard !isParenthesized, let close = rest.lastIndex(of: UInt8(ascii: ")")) else {
          return nil
        }
        isParenthesized = true
        rest = rest[..<close] + rest[(close + 1)...]
        rest = rest.dropFirst()
      } else if let (sign, length) = Self.signs.first(where: { rest.starts(with: $0.bytes) }) {
        signs.append(sign)
        rest = rest.dropFirst(length.count)
      } else {
        guard let length = takeWord(Self.leadingWord(rest), isLeading: true) else { return nil }
        rest = rest.dropFirst(length)
      }
      rest = rest.trimmedText
    }
    while let last = rest.last, !Self.isDigit(last) {
      if let (sign, bytes) = Self.signs.first(where: {
        rest.suffix($0.bytes.count).elementsEqual($0.bytes)
      }) {
        signs.append(sign)
        rest = rest.dropLast(bytes.count)
      } else {
        let word = rest.suffix(
          from: rest.lastIndex(where: Self.endsWord).map { $0 + 1 } ?? rest.startIndex)
        guard let length = takeWord(word, isLeading: false) else { return nil }
        rest = rest.dropLast(length)
      }
      rest = rest.trimmedText
    }
    return rest.isEmpty ? nil : rest
  }

  /// Takes a currency or DR or CR; the length of what was taken, `nil` if it is neither.
  private mutating func takeWord(_ bytes: ArraySlice<UInt8>, isLeading: Bool) -> Int? {
    let whole = bytes.trimmedText
    var word = whole
    // A point between a word and digits may belong to either: `Rs.500`, `Rs .50`.
    while !word.isEmpty {
      let text = String(decoding: word, as: UTF8.self)
      if let direction = Self.directions[text.uppercased()], !isLeading || word.count > 1 {
        if self.direction != nil { hasTwoDirections = true }
        self.direction = direction
        return word.count
      }
      if CurrencySymbols.currencies(text) != nil
        || CurrencyCode(text).map({ $0.minorUnitDigits != nil }) == true
      {
        currencies.append(text)
        return word.count
      }
      guard isLeading, word.last == UInt8(ascii: ".") else { return nil }
      word = word.dropLast()
    }
    return nil
  }

  private static let directions: [String: AmountNotation.Sign] = [
    "DR": .minus, "DR.": .minus, "D": .minus, "S": .minus, "DB": .minus, "DEBIT": .minus,
    "CR": .plus, "CR.": .plus, "C": .plus, "H": .plus, "CREDIT": .plus,
  ]

  /// Hyphen-minus, minus sign, en dash, full-width hyphen-minus; plus.
  private static let signs: [(sign: AmountNotation.Sign, bytes: [UInt8])] = [
    (.minus, [0x2D]), (.minus, [0xE2, 0x88, 0x92]), (.minus, [0xE2, 0x80, 0x93]),
    (.minus, [0xEF, 0xBC, 0x8D]), (.plus, [0x2B]),
  ]

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Whether a text begins with decimals without whole units: `.50`.
  private static func isDecimalStart(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.count > 1 && (rest.first == 0x2E || rest.first == 0x2C)
      && isDigit(rest[rest.startIndex + 1])
  }

  private static func leadingWord(_ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let end = rest.indices.first { index in
      endsWord(rest[index]) || signs.contains { rest[index...].starts(with: $0.bytes) }
    }
    return rest[..<(end ?? rest.endIndex)]
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == 0x20 || byte == 0x2D || byte == 0x2B || byte == 0x28 || byte == 0x29
  }
}
