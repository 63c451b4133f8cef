/// Cuts a text into records, and copies their cells.
struct DelimitedTextParser {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D

  private var cells: DelimitedCells
  /// The line that the record begins on.
  private var line = 1

  init(delimiter: UInt8) {
    cells = DelimitedCells(delimiter: delimiter)
  }

  mutating func records(_ text: Bytes) throws(DelimitedTextFault) -> [DelimitedRecord] {
    var records: [DelimitedRecord] = []
    var rest = text
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = Bytes(rebasing: rest.dropFirst(3)) }
    while !rest.isEmpty {
      let end = Self.recordEnd(rest)
      if let record = try record(Self.withoutCarriageReturn(rest[..<end])) {
        records.append(record)
      }
      line += rest[..<end].count { $0 == Self.lineFeed } + 1
      rest = Bytes(rebasing: rest.dropFirst(end + 1))
    }
    return records
  }

  /// The first line feed outside quotes, or the end of the text.
  ///
  /// A quote where none may be can mislead it to a later line feed. `DelimitedCells` refuses such a
  /// record at that quote, whatever follows.
  private static func recordEnd(_ bytes: Bytes) -> Int {
    var isQuoted = false
    for (position, byte) in bytes.enumerated() {
      if byte == quote { isQuoted.toggle() }
      if byte == lineFeed && !isQuoted { return position }
    }
    return bytes.count
  }

  private static func withoutCarriageReturn(_ record: Slice<Bytes>) -> Bytes {
    Bytes(rebasing: record.last == carriageReturn ? record.dropLast() : record)
  }

  /// The record of these bytes; `nil` for a blank line.
  private mutating func record(_ bytes: Bytes) throws(DelimitedTextFault) -> DelimitedRecord? {
    if bytes.isEmpty { return nil }
    do throws(DelimitedCells.Fault) {
      try cells.cut(bytes)
    } catch {
      throw fault(error.message, bytes, at: error.offset)
    }
    var texts: [String] = []
    for range in cells.ranges { texts.append(try cell(bytes, range)) }
    return texts == [""] ? nil : DelimitedRecord(line: line, cells: texts)
  }

  private func cell(
    _ bytes: Bytes, _ range: Range<Int>
  ) throws(DelimitedTextFault) -> String {
    var content = Array(bytes[range])
    let isQuoted = range.lowerBound > 0 && bytes[range.lowerBound - 1] == Self.quote
    if isQuoted {
      content = Self.withSingleQuotes(content)
    } else if let offset = bytes[range].firstIndex(of: Self.carriageReturn) {
      throw fault("has a carriage return inside a cell", bytes, at: offset)
    }
    guard let text = String(validating: content, as: UTF8.self) else {
      throw fault("is not UTF-8", bytes, at: range.upperBound)
    }
    // SQLite's text functions stop at a NUL, so the stored text would not match its digest.
    guard !content.contains(0) else {
      throw fault("has a NUL character", bytes, at: range.upperBound)
    }
    return text
  }

  /// Replaces each doubled quote with one.
  private static func withSingleQuotes(_ content: [UInt8]) -> [UInt8] {
    guard content.contains(quote) else { return content }
    var result: [UInt8] = []
    var isFirstOfPair = false
    for byte in content {
      isFirstOfPair = byte == quote && !isFirstOfPair
      if !isFirstOfPair { result.append(byte) }
    }
    return result
  }

  private func fault(_ message: String, _ bytes: Bytes, at offset: Int) -> DelimitedTextFault {
    DelimitedTextFault(
      line: line + bytes[..<offset].count { $0 == Self.lineFeed }, message: message)
  }
}
