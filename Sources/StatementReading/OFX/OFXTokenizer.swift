/// Cuts an OFX document, SGML or XML, into tags and texts.
///
/// It is tolerant of what banks write: fields without end tags, a `<` in a text, white space in tags. It
/// expands nothing and follows nothing; a document type declaration is refused.
struct OFXTokenizer {
  enum Token: Equatable {
    /// A start tag; `nil` if the element is none that is read.
    case start(OFXTag?)
    case end(OFXTag?)
  }

  private static let tagBytesMax = 4096

  let bytes: [UInt8]
  /// Where the token that was read last begins.
  private(set) var tokenStart = 0
  private var position: Int
  /// The end of an element that ended in its start tag: `<MEMO/>`.
  private var pendingEnd: Token?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = 0
  }

  /// The next tag; `nil` at the end of the document.
  mutating func next() throws(StatementFault) -> Token? {
    if let end = pendingEnd {
      pendingEnd = nil
      return end
    }
    while let open = nextTag(from: position) {
      tokenStart = open
      switch bytes[open + 1] {
      case UInt8(ascii: "?"): try skip(past: "?>", from: open, what: "processing instruction")
      case UInt8(ascii: "!"): try skipDeclaration(open)
      default: return tag(open)
      }
    }
    position = bytes.count
    return nil
  }

  /// The text up to the next tag, with CDATA sections as text.
  mutating func text() throws(StatementFault) -> [ArraySlice<UInt8>] {
    guard pendingEnd == nil else { return [] }
    var pieces: [ArraySlice<UInt8>] = []
    while true {
      let end = nextTag(from: position) ?? bytes.count
      if end > position { pieces.append(bytes[position..<end]) }
      position = end
      guard starts(with: "<![CDATA[", at: end) else { return pieces }
      tokenStart = end
      try skip(past: "]]>", from: end, what: "CDATA section")
      pieces.append(bytes[(end + 9)..<(position - 3)])
    }
  }

  /// The line of a position, from 1.
  func line(at offset: Int) -> Int {
    1 + bytes[..<min(offset, bytes.count)].count { $0 == 0x0A }
  }

  /// Where the next tag, declaration or instruction begins; a `<` before anything else is text.
  private func nextTag(from start: Int) -> Int? {
    var index = start
    while index + 1 < bytes.count {
      if bytes[index] == UInt8(ascii: "<") {
        let next = bytes[index + 1]
        if next == UInt8(ascii: "!") || next == UInt8(ascii: "?") { return index }
        let isLetter = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(next & 0xDF)
        if isLetter || next == UInt8(ascii: "/"), closing(of: index) != nil { return index }
      }
      index += 1
    }
    return nil
  }

  /// Where the tag that begins there has its `>`; `nil` if another `<` comes first, so it is no tag.
  private func closing(of open: Int) -> Int? {
    let limit = min(bytes.count, open + Self.tagBytesMax)
    var close = open + 1
    while close < limit {
      if bytes[close] == UInt8(ascii: ">") { return close }
      if bytes[close] == UInt8(ascii: "<") { return nil }
      close += 1
    }
    return nil
  }

  private mutating func tag(_ open: Int) -> Token {
    let close = closing(of: open) ?? bytes.count - 1
    position = close + 1
    let isEnd = bytes[open + 1] == UInt8(ascii: "/")
    let isEmpty = !isEnd && bytes[close - 1] == UInt8(ascii: "/")
    let inside = bytes[(open + (isEnd ? 2 : 1))..<(isEmpty ? close - 1 : close)]
    let tag = OFXTag.named(inside.prefix { $0 > 0x20 })
    if isEnd { return .end(tag) }
    if isEmpty { pendingEnd = .end(tag) }
    return .start(tag)
  }

  private mutating func skipDeclaration(_ open: Int) throws(StatementFault) {
    if starts(with: "<!--", at: open) {
      try skip(past: "-->", from: open + 4, what: "comment")
    } else if starts(with: "<![CDATA[", at: open) {
      try skip(past: "]]>", from: open, what: "CDATA section")
    } else {
      throw fault("has a document type declaration, which no statement needs")
    }
  }

  private mutating func skip(
    past end: StaticString, from start: Int, what: String
  ) throws(StatementFault) {
    let first = end.utf8Start[0]
    var index = start
    while index < bytes.count {
      if bytes[index] == first, starts(with: end, at: index) {
        position = index + end.utf8CodeUnitCount
        return
      }
      index += 1
    }
    throw fault("has a \(what) without its end")
  }

  private func starts(with text: StaticString, at offset: Int) -> Bool {
    guard offset + text.utf8CodeUnitCount <= bytes.count else { return false }
    return (0..<text.utf8CodeUnitCount).allSatisfy {
      bytes[offset + $0] == text.utf8Start[$0]
    }
  }

  private func fault(_ message: String) -> StatementFault {
    StatementFault(
      "\(message). Ask the bank to deliver it again.", line: line(at: tokenStart))
  }
}
