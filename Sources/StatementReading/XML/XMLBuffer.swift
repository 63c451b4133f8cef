/// The bytes of a document, of which only those that are still to be read are in memory.
struct XMLBuffer {
  /// What is in memory. All of it is UTF-8, but for a character cut at its end.
  private(set) var bytes: [UInt8] = []
  /// The next byte to be read.
  var position = 0
  /// Whether no bytes follow those in memory.
  private(set) var isAtEnd = false
  /// Why reading from the source failed.
  private(set) var sourceError: StatementError?

  /// Whether adding bytes failed because they are not UTF-8.
  private(set) var isNotUTF8 = false
  /// Whether the source is Windows-1252, which contains ISO 8859-1.
  private var isWindows1252 = false
  private let source: any ByteSource
  private let bytesMax: Int
  private var bytesRead = 0
  private var characters = XMLCharacters()
  /// The line and column of the byte at `counted`.
  private var place = (line: 1, column: 1)
  private var counted = 0

  private static let chunkBytes = 256 << 10

  init(_ source: any ByteSource, bytesMax: Int) {
    self.source = source
    self.bytesMax = bytesMax
  }

  /// How many bytes are in memory from `position` on.
  var available: Int { bytes.count - position }

  /// Adds bytes from the source; `false` if there are no more.
  mutating func refill() throws(StatementFault) -> Bool {
    guard !isAtEnd else { return false }
    isNotUTF8 = false
    count(to: position)
    bytes.removeSubrange(..<position)
    counted = 0
    position = 0
    let chunk = try next()
    guard !chunk.isEmpty else {
      isAtEnd = true
      return false
    }
    try append(isWindows1252 ? Self.utf8(ofWindows1252: chunk) : chunk)
    return true
  }

  private mutating func append(_ chunk: [UInt8]) throws(StatementFault) {
    let flaw = chunk.withUnsafeBytes { characters.examine($0) }
    bytes += chunk
    if let flaw {
      position = bytes.count - chunk.count + flaw.offset
      isNotUTF8 = flaw.flaw == .notUTF8
      throw fault(
        isNotUTF8
          ? "contains bytes that are not UTF-8. Ask the bank for UTF-8."
          : "contains a character that XML does not allow. Ask the bank to deliver it again.")
    }
  }

  /// Takes what is in memory, from the start of the document, and what follows for Windows-1252.
  mutating func decodeAsWindows1252() throws(StatementFault) {
    let start = bytes
    isWindows1252 = true
    bytes = []
    position = 0
    counted = 0
    place = (1, 1)
    characters = XMLCharacters()
    try append(Self.utf8(ofWindows1252: start))
  }

  private static func utf8(ofWindows1252 bytes: [UInt8]) -> [UInt8] {
    var utf8: [UInt8] = []
    utf8.reserveCapacity(bytes.count)
    for byte in bytes {
      if byte < 0x80 {
        utf8.append(byte)
      } else {
        utf8 += UTF8.encode(SingleLineText.windows1252(byte)) ?? UTF8.encodedReplacementCharacter
      }
    }
    return utf8
  }

  private mutating func next() throws(StatementFault) -> [UInt8] {
    let chunk: [UInt8]
    do throws(StatementError) {
      chunk = try source.read(bytesMax: Self.chunkBytes)
    } catch {
      sourceError = error
      throw StatementFault(error.message)
    }
    bytesRead += chunk.count
    guard bytesRead <= bytesMax else { throw .tooLarge(bytesMax) }
    return chunk
  }

  /// Whether that many bytes are in memory from `position` on, if need be after adding some.
  mutating func has(_ count: Int) throws(StatementFault) -> Bool {
    while available < count {
      guard try refill() else { return false }
    }
    return true
  }

  /// Whether the bytes from `position` on begin like that.
  mutating func begins(with text: StaticString) throws(StatementFault) -> Bool {
    guard try has(text.utf8CodeUnitCount) else { return false }
    return text.withUTF8Buffer { bytes[position...].starts(with: $0) }
  }

  /// A fault with the line and column of `position`.
  mutating func fault(_ message: String) -> StatementFault {
    count(to: position)
    return StatementFault(message, line: place.line, column: place.column)
  }

  /// The line of `position`, from 1.
  mutating func line() -> Int {
    count(to: position)
    return place.line
  }

  /// Each byte is counted once.
  private mutating func count(to position: Int) {
    guard counted < position else { return }
    bytes.withUnsafeBufferPointer { bytes in
      var lines = 0
      for index in counted..<position where bytes[index] == 0x0A { lines += 1 }
      if lines > 0 {
        var start = position
        while bytes[start - 1] != 0x0A { start -= 1 }
        place = (place.line + lines, position - start + 1)
      } else {
        place.column += position - counted
      }
    }
    counted = position
  }
}
