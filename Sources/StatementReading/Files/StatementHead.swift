/// The beginning of a file, from which is told what the file is.
enum StatementHead {
  static let utf8Mark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let utf16Marks: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF]]
  private static let sampleBytes = 4096
  /// A content is no text if more than one byte in so many cannot occur in text of any encoding.
  private static let bytesPerControl = 50

  /// What is behind the byte order mark of UTF-8 and white space.
  static func text(_ head: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let unmarked = head.starts(with: utf8Mark) ? head.dropFirst(utf8Mark.count) : head
    return unmarked.drop { [0x20, 0x09, 0x0A, 0x0D, 0x0C].contains($0) }
  }

  /// Whether it is UTF-16: by its byte order mark, or as every other one of its bytes is zero.
  static func isUTF16(_ head: ArraySlice<UInt8>) -> Bool {
    if utf16Marks.contains(where: { head.starts(with: $0) }) { return true }
    let sample = Array(head.prefix(64))
    guard sample.count >= 4 else { return false }
    func isZero(_ parity: Int) -> Bool {
      sample.indices.allSatisfy { ($0 % 2 == parity) == (sample[$0] == 0) }
    }
    return isZero(0) || isZero(1)
  }

  /// UTF-16, with a byte order mark or without, as UTF-8 without one.
  static func utf8(ofUTF16 bytes: ArraySlice<UInt8>) -> [UInt8] {
    let isBigEndian = bytes.starts(with: [0xFE, 0xFF]) || bytes.first == 0
    let hasMark = utf16Marks.contains { bytes.starts(with: $0) }
    let content = hasMark ? bytes.dropFirst(2) : bytes
    var units: [UInt16] = []
    units.reserveCapacity(content.count / 2)
    var index = content.startIndex
    while index + 1 < content.endIndex {
      let (first, second) = (UInt16(content[index]), UInt16(content[index + 1]))
      units.append(isBigEndian ? first << 8 | second : second << 8 | first)
      index += 2
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// Whether it is neither text of an encoding that banks use, nor UTF-16.
  ///
  /// SWIFT messages have a few control characters between their blocks.
  static func isBinary(_ head: ArraySlice<UInt8>) -> Bool {
    if isUTF16(head) { return false }
    let sample = head.prefix(sampleBytes)
    if sample.contains(0) { return true }
    let controls = sample.count { byte in
      byte < 0x20 && ![0x01, 0x03, 0x09, 0x0A, 0x0C, 0x0D, 0x1A, 0x1B].contains(byte)
        || byte == 0x7F
    }
    return controls * bytesPerControl > sample.count
  }
}
