import LedgerDomain

/// Writes HTML as bytes, so that large tables need no string per cell.
///
/// Markup comes only from templates. Every value goes through one of these functions, which escape
/// it.
struct HTMLWriter {
  /// The bytes written since the last flush.
  private(set) var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(64 * 1024) }

  /// Fills a template.
  mutating func fill<Field>(
    _ template: RowTemplate<Field>, _ value: (Field, inout HTMLWriter) -> Void
  ) {
    for piece in template.pieces {
      bytes.append(contentsOf: piece.markup)
      if let field = piece.field { value(field, &self) }
    }
  }

  /// Adds a template without placeholders.
  mutating func block(_ block: TemplateBlock) { bytes.append(contentsOf: block.markup) }

  /// Adds untrusted text.
  mutating func text(_ value: String?) {
    guard var value else { return }
    value.withUTF8 { text in
      for byte in text { appendEscaped(byte) }
    }
  }

  /// Adds an integer for programs: `12345`.
  mutating func number(_ value: (some FixedWidthInteger)?) {
    guard let value else { return }
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    appendDigits(value.magnitude, point: 0, isGrouped: false)
  }

  /// Adds an integer for people: `12,345`.
  mutating func count(_ value: some FixedWidthInteger) { amount(value, digits: 0) }

  /// Adds an amount for people, in the decimals of its currency: `−1,234.50`.
  mutating func amount(_ amountMinor: (some FixedWidthInteger)?, digits: Int?) {
    guard let amountMinor else { return }
    if amountMinor < 0 { bytes.append(contentsOf: "−".utf8) }
    appendDigits(amountMinor.magnitude, point: digits ?? 0, isGrouped: true)
  }

  /// Adds a difference: an amount with its sign, also if positive.
  mutating func signed(_ amountMinor: (some FixedWidthInteger)?, digits: Int?) {
    if let amountMinor, amountMinor > 0 { bytes.append(UInt8(ascii: "+")) }
    amount(amountMinor, digits: digits)
  }

  /// Passes the bytes on to the output once there are enough of them.
  mutating func flush(to output: inout ReportOutput, atEnd: Bool = false) throws(ReportError) {
    guard atEnd || bytes.count > 32 * 1024 else { return }
    try output.write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  private mutating func appendEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
    case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
    case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
    case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
    case UInt8(ascii: "'"): bytes.append(contentsOf: "&#39;".utf8)
    case UInt8(ascii: "\r"): bytes.append(contentsOf: "&#13;".utf8)
    case UInt8(ascii: "\t"), UInt8(ascii: "\n"): bytes.append(byte)
    case 0..<0x20, 0x7F: bytes.append(contentsOf: "\u{FFFD}".utf8)
    default: bytes.append(byte)
    }
  }

  private mutating func appendDigits(
    _ magnitude: some FixedWidthInteger & UnsignedInteger, point: Int, isGrouped: Bool
  ) {
    let start = bytes.count
    var rest = magnitude
    var written = 0
    repeat {
      let whole = written - point
      if whole == 0 && point > 0 { bytes.append(UInt8(ascii: ".")) }
      if isGrouped && whole > 0 && whole % 3 == 0 { bytes.append(UInt8(ascii: ",")) }
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      bytes.append(0x30 + UInt8(truncatingIfNeeded: digit))
      rest = quotient
      written += 1
    } while rest > 0 || written <= point
    bytes[start...].reverse()
  }
}

extension HTMLWriter {
  /// The text that a closure writes.
  static func string(_ fill: (inout HTMLWriter) -> Void) -> String {
    var text = HTMLWriter()
    fill(&text)
    return String(decoding: text.bytes, as: UTF8.self)
  }
}
