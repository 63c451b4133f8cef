/// Reads the part of XML that a bank's statement may use, element by element, in one pass.
///
/// There are elements with namespaces, attributes, text, CDATA sections, comments, and references to
/// characters and to the five predefined entities. A document type declaration and a processing
/// instruction are refused: a statement needs neither, and they can name other files.
///
///     var xml = XMLReader(source, limits: limits)
///     while try xml.next() != .finished { … }
///
/// Source: W3C, Extensible Markup Language (XML) 1.0, fifth edition; Namespaces in XML 1.0.
struct XMLReader {
  enum Event {
    /// An element begins: `name` and `namespace` are its own.
    case start
    /// An element ends: `text` is what stands before its end since the tag before.
    case end
    /// The document is over, and well-formed.
    case finished
  }

  /// The local name of the element that began.
  private(set) var name = XMLName("")
  /// Its namespace; its number is 0 if it has none.
  private(set) var namespace = 0
  /// The text since the last tag.
  private(set) var text: [UInt8] = []
  /// The attributes of the element that began.
  private(set) var attributes: [XMLAttribute] = []
  /// The document's namespaces by number.
  var namespaceNames: [String] { namespaces.names }
  /// How many elements are open.
  var depth: Int { openStarts.count }
  /// Why reading from the source failed.
  var sourceError: StatementError? { buffer.sourceError }

  private let limits: StatementLimits
  private var buffer: XMLBuffer
  private var namespaces = XMLNamespaces()
  /// The names of the open elements, one after the other, and where each begins.
  private var openNames: [UInt8] = []
  private var openStarts: [Int] = []
  private var hasBegun = false
  private var isRootClosed = false
  private var isEmptyElement = false

  init(_ source: any ByteSource, limits: StatementLimits) {
    self.limits = limits
    buffer = XMLBuffer(source, bytesMax: limits.documentBytesMax)
  }

  /// The next element that begins or ends.
  ///
  /// - Throws: `StatementFault` with line and column if the document is not well-formed or passes a
  ///   limit; after that, or after `finished`, there is nothing more to read.
  mutating func next() throws(StatementFault) -> Event {
    if !hasBegun {
      hasBegun = true
      try XMLProlog.skip(&buffer, limits: limits)
    }
    text.removeAll(keepingCapacity: true)
    if isEmptyElement {
      isEmptyElement = false
      return close()
    }
    while try readText() {
      if let event = try readMarkup() { return event }
    }
    guard isRootClosed else { throw buffer.truncated() }
    return .finished
  }

  /// The value of the element's attribute; `nil` if it has none of that name.
  func attribute(_ name: StaticString) -> [UInt8]? {
    guard !attributes.isEmpty else { return nil }
    return attributes.first { attribute in
      name.withUTF8Buffer { attribute.name.elementsEqual($0) }
    }?.value
  }

  /// The line where reading has arrived, from 1.
  mutating func line() -> Int { buffer.line() }

  /// A fault with the line and column where reading has arrived.
  mutating func fault(_ message: String) -> StatementFault { buffer.fault(message) }
}

extension XMLReader {
  /// Collects text up to the next markup; `false` if the document ends before.
  private mutating func readText() throws(StatementFault) -> Bool {
    while true {
      let start = buffer.position
      let end = buffer.bytes.withUnsafeBufferPointer { bytes in
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "<"), bytes[end] != UInt8(ascii: "&") {
          end += 1
        }
        return end
      }
      try append(start..<end)
      buffer.position = end
      if end == buffer.bytes.count {
        guard try buffer.refill() else { return false }
      } else if buffer.bytes[end] == UInt8(ascii: "<") {
        return true
      } else {
        try readReference()
      }
    }
  }

  private mutating func append(_ range: Range<Int>) throws(StatementFault) {
    guard !range.isEmpty else { return }
    guard depth > 0 else {
      if buffer.bytes[range].allSatisfy(XMLCharacters.isSpace) { return }
      throw buffer.malformed("it has text outside its first element")
    }
    guard text.count + range.count <= limits.textBytesMax else { throw buffer.tooLong(limits) }
    text += buffer.bytes[range]
  }

  private mutating func readReference() throws(StatementFault) {
    _ = try buffer.has(XMLReference.bytesMax)
    guard depth > 0, let found = XMLReference.decode(buffer.bytes[buffer.position...]) else {
      throw buffer.malformed("an '&' begins no character or predefined entity")
    }
    guard text.count + 4 <= limits.textBytesMax else { throw buffer.tooLong(limits) }
    text.append(contentsOf: found.utf8)
    buffer.position += found.count
  }

  /// Reads what begins with `<`; `nil` if it was a comment or more text.
  private mutating func readMarkup() throws(StatementFault) -> Event? {
    guard try buffer.has(2) else { throw buffer.truncated() }
    switch buffer.bytes[buffer.position + 1] {
    case UInt8(ascii: "/"): return try readEndTag()
    case UInt8(ascii: "!"):
      try readDeclaration()
      return nil
    case UInt8(ascii: "?"):
      throw buffer.fault(
        "has a processing instruction, which a statement must not have. "
          + "Find out who wrote this file.")
    default: return try readStartTag()
    }
  }

  private mutating func readDeclaration() throws(StatementFault) {
    if try buffer.begins(with: "<!--") {
      buffer.position += 4
      try skip(through: "-->", keepingText: false)
    } else if depth > 0, try buffer.begins(with: "<![CDATA[") {
      buffer.position += 9
      try skip(through: "]]>", keepingText: true)
    } else if try buffer.has(9) {
      throw buffer.malformed("it has a declaration after its first element began")
    } else {
      throw buffer.truncated()
    }
  }

  /// Passes the next occurrence of a closing mark of three characters.
  private mutating func skip(
    through mark: StaticString, keepingText: Bool
  ) throws(StatementFault) {
    while true {
      let start = buffer.position
      let found = buffer.bytes.withUnsafeBufferPointer { bytes in
        mark.withUTF8Buffer { mark in
          (start..<max(start, bytes.count - 2)).first { index in
            bytes[index + 2] == mark[2] && bytes[index + 1] == mark[1] && bytes[index] == mark[0]
          }
        }
      }
      let end = found ?? max(start, buffer.bytes.count - 2)
      if keepingText { try append(start..<end) }
      buffer.position = end
      if found != nil {
        buffer.position += 3
        return
      }
      guard try buffer.refill() else { throw buffer.truncated() }
    }
  }
}

extension XMLReader {
  private mutating func readStartTag() throws(StatementFault) -> Event {
    let end = try buffer.tagEnd(limits)
    guard !isRootClosed else { throw buffer.malformed("it has more than one outermost element") }
    guard depth < limits.depthMax else {
      throw buffer.fault(
        "nests elements more than \(limits.depthMax) deep. Find out who wrote this file.")
    }
    isEmptyElement =
      end > buffer.position + 1 && buffer.bytes[end - 1] == UInt8(ascii: "/")
    let tag = buffer.bytes[(buffer.position + 1)..<(isEmptyElement ? end - 1 : end)]
    attributes.removeAll(keepingCapacity: true)
    let nameEnd = tag.firstIndex(where: XMLCharacters.isSpace) ?? tag.endIndex
    guard XMLAttribute.isName(tag[..<nameEnd]) else { throw buffer.malformed("a tag has no name") }
    openStarts.append(openNames.count)
    openNames += tag[..<nameEnd]
    if nameEnd < tag.endIndex {
      guard XMLAttribute.read(tag[nameEnd...], into: &attributes) else {
        throw buffer.malformed("the attributes of a tag are not")
      }
      try declareNamespaces()
    }
    let colon = tag[..<nameEnd].firstIndex(of: UInt8(ascii: ":"))
    name = XMLName(tag[(colon.map { $0 + 1 } ?? tag.startIndex)..<nameEnd])
    namespace = namespaces.number(of: tag[..<(colon ?? tag.startIndex)])
    buffer.position = end + 1
    return .start
  }

  private mutating func declareNamespaces() throws(StatementFault) {
    for attribute in attributes where attribute.name.starts(with: "xmlns".utf8) {
      let rest = attribute.name.dropFirst(5)
      guard rest.isEmpty || rest.first == UInt8(ascii: ":") else { continue }
      try namespaces.declare(
        rest.dropFirst(), String(decoding: attribute.value, as: UTF8.self), depth: depth)
    }
  }

  private mutating func readEndTag() throws(StatementFault) -> Event {
    let end = try buffer.tagEnd(limits)
    var nameEnd = end
    while XMLCharacters.isSpace(buffer.bytes[nameEnd - 1]) { nameEnd -= 1 }
    let name = buffer.bytes[(buffer.position + 2)..<nameEnd]
    guard let start = openStarts.last, openNames[start...].elementsEqual(name)
    else { throw buffer.malformed("an end tag is not that of the open element") }
    buffer.position = end + 1
    return close()
  }

  private mutating func close() -> Event {
    namespaces.leave(depth: depth)
    if let start = openStarts.popLast() { openNames.removeSubrange(start...) }
    isRootClosed = openStarts.isEmpty
    return .end
  }
}
