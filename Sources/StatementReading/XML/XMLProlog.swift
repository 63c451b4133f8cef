/// The prolog before a document's first element, which names the encoding and may declare entities.
///
/// ISO 20022 prescribes UTF-8, but some banks declare ISO 8859-1 or Windows-1252, which are read too.
///
/// Source: W3C, Extensible Markup Language (XML) 1.0, section 2.8; ISO 20022-4.
enum XMLProlog {
  private enum Verdict {
    /// The first element begins, and nothing before it is refused. A byte order mark and the XML
    /// declaration, if there are any, end at that byte.
    case fine(declarationEnd: Int)
    /// More bytes are needed.
    case unfinished
    /// The document must not be read.
    case refused(StatementFault)
  }

  private static let utf16Starts: [[UInt8]] = [
    [0xFE, 0xFF], [0xFF, 0xFE], [0x00, 0x3C], [0x3C, 0x00], [0x00, 0x00],
  ]

  /// Passes a byte order mark and the XML declaration, after checking all that comes before the first
  /// element.
  static func skip(_ buffer: inout XMLBuffer, limits: StatementLimits) throws(StatementFault) {
    while true {
      let isWhole: Bool
      do throws(StatementFault) {
        isWhole = try !buffer.refill()
      } catch {
        // What the prolog says of the encoding explains bytes that are not UTF-8.
        if case .refused(let fault) = examine(buffer.bytes, isWhole: false) { throw fault }
        guard buffer.isNotUTF8, isWindows1252(buffer.bytes) else { throw error }
        isWhole = false
        buffer.position = 0
      }
      let isTooLong = buffer.bytes.count >= limits.prologBytesMax
      let head = buffer.bytes.prefix(limits.prologBytesMax)
      switch examine(Array(head), isWhole: isWhole) {
      case .fine(let declarationEnd):
        if isWindows1252(buffer.bytes) { try buffer.decodeAsWindows1252() }
        buffer.position = declarationEnd
        return
      case .refused(let fault): throw fault
      case .unfinished where isTooLong:
        throw StatementFault(
          "has no element in its first \(head.count) bytes. Check that it is a camt document.")
      case .unfinished: break
      }
    }
  }

  /// Examines a document's first bytes.
  ///
  /// - Parameter isWhole: whether there are no more.
  private static func examine(_ bytes: [UInt8], isWhole: Bool) -> Verdict {
    if bytes.count < 4 && !isWhole { return .unfinished }
    if utf16Starts.contains(where: bytes.starts) {
      return .refused(
        StatementFault(
          "is UTF-16 or UTF-32, but ISO 20022 requires UTF-8. Ask the bank for UTF-8, or "
            + "convert it and its XML declaration."))
    }
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var position = start
    var declarationEnd = start
    var isFirst = true
    while true {
      while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
        position += 1
      }
      switch next(bytes[position...]) {
      case .skipped(let count, let fault):
        if let fault { return .refused(fault.at(position, in: bytes)) }
        // White space before the declaration is not allowed, but harmless.
        if isFirst && isDeclaration(bytes[position...]) {
          declarationEnd = position + count
        }
        isFirst = false
        position += count
      case .element: return .fine(declarationEnd: declarationEnd)
      case .more where !isWhole: return .unfinished
      case .more:
        return .refused(
          StatementFault("ends before its first element. Ask the bank to deliver it again.")
            .at(bytes.count, in: bytes))
      case .other(let fault): return .refused(fault.at(position, in: bytes))
      }
    }
  }

  private enum Piece {
    case skipped(Int, StatementFault?)
    case element
    case more
    case other(StatementFault)
  }

  private static func next(_ rest: ArraySlice<UInt8>) -> Piece {
    func begins(_ text: StaticString) -> Bool {
      text.withUTF8Buffer { rest.starts(with: $0) }
    }
    func skipped(to end: [UInt8], from offset: Int) -> Piece {
      guard let count = length(of: rest, through: end, from: offset) else { return .more }
      return .skipped(count, begins("<?xml") ? encodingFault(rest.prefix(count)) : nil)
    }
    if rest.isEmpty { return .more }
    if begins("<!--") { return skipped(to: Array("-->".utf8), from: 4) }
    if begins("<?") { return skipped(to: Array("?>".utf8), from: 2) }
    if rest.count < 4 && Array("<!--".utf8).starts(with: rest) { return .more }
    if begins("<!") {
      return .other(
        StatementFault(
          "has a document type declaration, which could declare entities. A statement must not "
            + "have one. Find out who wrote this file."))
    }
    if begins("<") { return .element }
    return .other(
      StatementFault("is not XML. Check that it is a camt document, not compressed or signed."))
  }

  /// Whether an XML declaration begins.
  private static func isDeclaration(_ rest: ArraySlice<UInt8>) -> Bool {
    let name = Array("<?xml".utf8)
    return rest.starts(with: name)
      && rest.dropFirst(name.count).first.map { [0x20, 0x09, 0x0A, 0x0D].contains($0) } == true
  }

  private static func length(
    of bytes: ArraySlice<UInt8>, through end: [UInt8], from offset: Int
  ) -> Int? {
    var position = bytes.startIndex + offset
    while position + end.count <= bytes.endIndex {
      if bytes[position..<(position + end.count)].elementsEqual(end) {
        return position + end.count - bytes.startIndex
      }
      position += 1
    }
    return nil
  }

  private static func encodingFault(_ declaration: ArraySlice<UInt8>) -> StatementFault? {
    guard let encoding = encoding(of: declaration),
      !["UTF-8", "UTF8", "US-ASCII", "ASCII"].contains(encoding),
      !windows1252Names.contains(encoding)
    else { return nil }
    return StatementFault(
      "declares the encoding \(encoding.prefix(40)), but ISO 20022 requires UTF-8. Ask the bank "
        + "for UTF-8, or convert it and its XML declaration.")
  }

  private static let windows1252Names = [
    "ISO-8859-1", "ISO8859-1", "ISO_8859-1", "LATIN1", "LATIN-1", "WINDOWS-1252", "CP1252",
  ]

  /// Whether the document declares Windows-1252 or ISO 8859-1. A byte order mark of UTF-8 says more.
  private static func isWindows1252(_ bytes: [UInt8]) -> Bool {
    let text = bytes.drop(while: XMLCharacters.isSpace)
    guard isDeclaration(text), let count = length(of: text, through: Array("?>".utf8), from: 2)
    else { return false }
    return encoding(of: text.prefix(count)).map(windows1252Names.contains) == true
  }

  /// The encoding that an XML declaration names, in capital letters.
  private static func encoding(of declaration: ArraySlice<UInt8>) -> String? {
    let words = String(decoding: declaration, as: UTF8.self)
      .split { $0.isWhitespace || "=\"'?".contains($0) }
    guard let position = words.firstIndex(of: "encoding"), position + 1 < words.count else {
      return nil
    }
    return words[position + 1].uppercased()
  }
}

extension StatementFault {
  /// The fault with the line and column of a byte position.
  func at(_ position: Int, in bytes: [UInt8]) -> StatementFault {
    let before = bytes.prefix(position)
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return StatementFault(
      message, line: before.count { $0 == 0x0A } + 1, column: position - lineStart + 1)
  }
}
