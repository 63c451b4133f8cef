/// The numbered subfields of `:86:`: `166?00CREDIT TRANSFER?20INVOICE 4711?32JANE DOE`.
///
/// Three digits of a business transaction code come first (some banks leave them out), then subfields
/// of a separator, two digits and text: 00 the booking text, 20 to 29 and 60 to 65 the purpose, 30 to 38
/// the other party. Banks choose the separator.
///
/// Source: Deutsche Kreditwirtschaft, DFÜ agreement, annex 3, chapter 8 (MT 940).
struct MT940Subfields {
  /// Subfield 00.
  private(set) var bookingText: ArraySlice<UInt8> = []
  /// The subfields of the purpose, joined.
  private(set) var purpose: [UInt8] = []

  /// The character that separates the subfields of a field; `nil` if it has none.
  static func separator(of lines: [ArraySlice<UInt8>]) -> UInt8? {
    guard let line = lines.first(where: { !MT940Bytes.trimmed($0).isEmpty }) else { return nil }
    let text = MT940Bytes.trimmed(line)
    let digits = text.prefix { MT940Bytes.isDigit($0) }
    guard digits.isEmpty || digits.count == 3 else { return nil }
    let rest = text.dropFirst(digits.count).prefix(3)
    guard rest.count == 3, let separator = rest.first, isSeparator(separator),
      isCode(rest.dropFirst())
    else { return nil }
    return separator
  }

  /// Divides the joined lines.
  init(_ bytes: ArraySlice<UInt8>, separator: UInt8) {
    var starts: [Int] = []
    var index = bytes.startIndex
    while index + 2 < bytes.endIndex {
      if bytes[index] == separator, Self.isCode(bytes[(index + 1)...].prefix(2)) {
        starts.append(index)
        index += 2
      }
      index += 1
    }
    var lastCount = 0
    for (position, start) in starts.enumerated() {
      let end = position + 1 < starts.count ? starts[position + 1] : bytes.endIndex
      let code = Int(bytes[start + 1] - 0x30) * 10 + Int(bytes[start + 2] - 0x30)
      let value = bytes[(start + 3)..<end]
      if code == 0 { bookingText = value }
      guard (20...29).contains(code) || (60...65).contains(code) else { continue }
      // A subfield of 27 characters is full: what follows it may be the rest of a word.
      if !purpose.isEmpty, lastCount != 27 { purpose.append(0x20) }
      purpose.append(contentsOf: value)
      lastCount = value.count
    }
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    "?>~^<@!#$%&*;=_|{}\\`\"".utf8.contains(byte)
  }

  /// Whether two digits number a subfield.
  private static func isCode(_ digits: ArraySlice<UInt8>) -> Bool {
    guard digits.count == 2, let tens = digits.first, let ones = digits.last,
      MT940Bytes.isDigit(ones)
    else { return false }
    switch tens {
    case 0x30, 0x31: return ones == 0x30
    case 0x32: return true
    case 0x33: return ones <= 0x38
    case 0x36: return ones <= 0x35
    default: return false
    }
  }
}
