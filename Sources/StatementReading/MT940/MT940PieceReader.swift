/// Splits a file into fields and what stands between them.
///
/// Lines end with LF, CR LF or CR. A line that is neither a tag nor the end of a message goes on with
/// the field before it; before the first field it is a preamble of the bank's, which is skipped.
struct MT940PieceReader {
  private let bytes: [UInt8]
  private var position = 0
  private var lineNumber = 0
  private var next: Line?
  /// The lines after the next one that were read already: those behind the pieces of a line.
  private var following: [Line] = []
  /// Whether the fields stand in a SWIFT message's fourth block.
  private var isInBlock = false

  /// Bytes of a field with its line ends. The longest of the standard has 6 lines of 65 characters.
  private static let fieldBytesMax = 64 << 10
  /// Bytes of a line in which SWIFT's blocks are looked for.
  private static let headerBytesMax = 2048

  private struct Line {
    var content: ArraySlice<UInt8>
    let number: Int
    let isTerminated: Bool
  }

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    next = readLine()
  }

  /// The next piece; `nil` at the end of the file.
  mutating func readPiece() -> MT940Piece? {
    while let line = next {
      advance()
      if let (tag, valueStart) = MT940Tag.beginning(line.content) {
        return .field(field(tag, line, valueStart))
      }
      if let piece = separator(line) { return piece }
    }
    return nil
  }

  private mutating func field(_ tag: MT940Tag, _ line: Line, _ valueStart: Int) -> MT940Field {
    var field = MT940Field(tag: tag, line: line.number, lines: [], isTerminated: true)
    var (last, byteCount) = (line, 0)
    // Of a field that is not known, its tag is kept for the note.
    let start = tag == .other ? line.content.startIndex : valueStart
    add(line.content[start...], line, to: &field, &byteCount)
    while let line = next, continues(line, field) {
      advance()
      last = line
      add(line.content, line, to: &field, &byteCount)
    }
    field.isTerminated = next != nil || last.isTerminated
    return field
  }

  private mutating func add(
    _ content: ArraySlice<UInt8>, _ line: Line, to field: inout MT940Field, _ byteCount: inout Int
  ) {
    let content = withoutBlockEnd(content, line)
    byteCount += content.count + 1
    let isTooLong = byteCount > Self.fieldBytesMax
    if isTooLong { field.isOverlong = true }
    if !isTooLong || field.lines.isEmpty { field.lines.append(content.prefix(Self.fieldBytesMax)) }
  }

  private func continues(_ line: Line, _ field: MT940Field) -> Bool {
    if let (tag, valueStart) = MT940Tag.beginning(line.content) {
      guard field.tag == .details, [.reference, .relatedReference, .account].contains(tag) else {
        return false
      }
      return isTime(line.content[valueStart...], after: field.lines[field.lines.count - 1])
    }
    return !isEnd(line.content) && !isHeader(line.content)
  }

  /// Whether a text was broken in a time of day: `…T16`, `:20:37 …`.
  private func isTime(_ value: ArraySlice<UInt8>, after last: ArraySlice<UInt8>) -> Bool {
    let (start, hours) = (value.prefix(3), last.suffix(2))
    return hours.count == 2 && hours.allSatisfy(MT940Bytes.isDigit) && start.count >= 2
      && start.prefix(2).allSatisfy(MT940Bytes.isDigit) && value[value.startIndex] < 0x36
      && !start.dropFirst(2).contains(where: { MT940Bytes.isDigit($0) })
  }

  // MARK: What stands between messages

  private mutating func separator(_ line: Line) -> MT940Piece? {
    if isEnd(line.content) {
      isInBlock = false
      if let start = MT940Bytes.first("{1:", in: line.content.prefix(Self.headerBytesMax)) {
        push(line.content[start...], line)
      }
      return .end
    }
    guard isHeader(line.content) else { return nil }
    var header = line.content.prefix(Self.headerBytesMax)
    if let start = MT940Bytes.first("{4:", in: header) {
      isInBlock = true
      push(line.content[(start + 3)...], line)
      header = header[..<start]
    }
    return .header(messageType: messageType(header))
  }

  /// The end of a message that stands behind a field's value: `:62F:C260331EUR12,00-}`.
  private mutating func withoutBlockEnd(
    _ content: ArraySlice<UInt8>, _ line: Line
  ) -> ArraySlice<UInt8> {
    guard isInBlock, content.contains(UInt8(ascii: "}")),
      let start = MT940Bytes.first("-}", in: content)
    else { return content }
    push(content[start...], line)
    return content[..<start]
  }

  private func isEnd(_ content: ArraySlice<UInt8>) -> Bool {
    let text = MT940Bytes.trimmed(content)
    guard text.first == UInt8(ascii: "-") else { return false }
    return text.count == 1 || text.starts(with: "-}".utf8) || text.elementsEqual("-XXX".utf8)
  }

  private func isHeader(_ content: ArraySlice<UInt8>) -> Bool {
    let text = MT940Bytes.trimmed(content).drop { $0 == UInt8(ascii: "$") }
    guard text.count >= 3, text.first == UInt8(ascii: "{") else { return false }
    return (0x31...0x35).contains(text[text.startIndex + 1])
      && text[text.startIndex + 2] == UInt8(ascii: ":")
  }

  private func messageType(_ header: ArraySlice<UInt8>) -> Int? {
    guard let start = MT940Bytes.first("{2:", in: header) else { return nil }
    return MT940Bytes.number(header[(start + 3)...].dropFirst().prefix(3))
  }

  // MARK: Lines

  private mutating func push(_ content: ArraySlice<UInt8>, _ line: Line) {
    guard !MT940Bytes.trimmed(content).isEmpty else { return }
    if let next { following.append(next) }
    next = Line(content: content, number: line.number, isTerminated: line.isTerminated)
  }

  private mutating func advance() { next = following.popLast() ?? readLine() }

  private mutating func readLine() -> Line? {
    guard position < bytes.count else { return nil }
    lineNumber += 1
    let number = lineNumber
    var (content, isTerminated) = lineBytes()
    if content.elementsEqual(CollectionOfOne(UInt8(ascii: ":"))), position < bytes.count,
      MT940Bytes.isDigit(bytes[position])
    {
      // A tag that was broken behind its first colon.
      lineNumber += 1
      let rest = lineBytes()
      content = ([UInt8(ascii: ":")] + rest.content)[...]
      isTerminated = rest.isTerminated
    }
    return Line(content: content, number: number, isTerminated: isTerminated)
  }

  /// The bytes up to the end of the line, which is skipped.
  private mutating func lineBytes() -> (content: ArraySlice<UInt8>, isTerminated: Bool) {
    let start = position
    let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
    position = end
    if end < bytes.count {
      position += bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A ? 2 : 1
    }
    return (bytes[start..<end], end < bytes.count)
  }
}
