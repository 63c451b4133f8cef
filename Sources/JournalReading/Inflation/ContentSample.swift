import LedgerDomain

/// The first bytes of a content, from which is told whether it is text.
struct ContentSample {
  /// How many bytes are looked at.
  static let bytesMax = 512
  /// A content is no text if more than one byte in so many cannot occur in text.
  private static let bytesPerImpossibleByte = 10

  let bytes: [UInt8]
  /// How many bytes cannot occur in text: control characters other than tab, line feed and carriage
  /// return, and bytes that are no UTF-8. A sequence may be cut off by the end of the sample.
  private let impossibleByteCount: Int

  /// The sample of a content that begins with these bytes; those after `bytesMax` are not looked at.
  init(_ bytes: some Sequence<UInt8>) {
    let sample = Array(bytes.prefix(Self.bytesMax))
    self.bytes = sample
    impossibleByteCount = Self.impossibleByteCount(sample)
  }

  /// Whether the content begins with the byte order mark of UTF-8.
  var hasByteOrderMark: Bool { bytes.starts(with: ByteOrderMark.utf8) }

  /// The format that the content begins like; `nil` if it is none of those that are known.
  var format: ContentFormat? {
    ContentFormat.all.first { bytes.starts(with: $0.magic) }
  }

  /// Whether the sample is text without exception.
  var isCertainlyText: Bool { !bytes.isEmpty && impossibleByteCount == 0 }

  /// Why a part with this content cannot be read; `nil` if it is text in UTF-8.
  ///
  /// A few bytes that cannot occur in text, such as a flipped bit or a single malformed record, do not
  /// make a part unreadable. Its records are judged one by one.
  func fault(of part: String) -> ReadingError? {
    if let format {
      return ReadingError(
        .notText, file: part, byteOffset: 0,
        message: "is \(format.description). Have the exporter write NDJSON, plain or compressed "
          + "once with gzip.")
    }
    if let wideEncoding {
      return ReadingError(
        .unsupportedEncoding, file: part, byteOffset: 0,
        message: "is in \(wideEncoding), not in UTF-8. Have the exporter write UTF-8.")
    }
    guard isBinary else { return nil }
    return ReadingError(
      .notText, file: part, byteOffset: 0,
      message: "is not text: of its first \(bytes.count.counted("byte")), \(impossibleByteCount) "
        + "cannot occur in text. Have the exporter write NDJSON, plain or compressed once with gzip."
    )
  }

  private var isBinary: Bool { impossibleByteCount * Self.bytesPerImpossibleByte > bytes.count }

  /// UTF-16 or UTF-32, if the content begins with its byte order mark, or else has zeros where text of
  /// it has them: JSON begins with two ASCII characters.
  ///
  /// Source: RFC 4627, section 3.
  var wideEncoding: String? {
    if bytes.starts(with: ByteOrderMark.utf32LittleEndian)
      || bytes.starts(with: ByteOrderMark.utf32BigEndian)
    {
      return "UTF-32"
    }
    if bytes.starts(with: ByteOrderMark.utf16LittleEndian)
      || bytes.starts(with: ByteOrderMark.utf16BigEndian)
    {
      return "UTF-16"
    }
    guard bytes.count >= 4, isBinary else { return nil }
    switch bytes.prefix(4).map({ $0 != 0 }) {
    case [true, false, true, false], [false, true, false, true]: return "UTF-16"
    case [true, false, false, false], [false, false, false, true]: return "UTF-32"
    default: return nil
    }
  }

  private static func impossibleByteCount(_ bytes: [UInt8]) -> Int {
    // What may follow a sequence that is cut off: the lowest and the highest continuation bytes.
    let endings: [[UInt8]] = [[0x80, 0x80, 0x80, 0], [0xBF, 0xBF, 0xBF, 0]]
    return endings.map { count(bytes + $0, before: bytes.count) }.min() ?? 0
  }

  /// The impossible bytes before `end`, which at least four bytes follow.
  private static func count(_ padded: [UInt8], before end: Int) -> Int {
    padded.withUnsafeBufferPointer { padded in
      guard let start = padded.baseAddress else { return 0 }
      var (count, index) = (0, 0)
      while index < end {
        let byte = start[index]
        let isControl =
          byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D || byte == 0x7F
        let length = JSONScanner.utf8SequenceLength(start + index)
        if isControl || length == 0 { count += 1 }
        index += max(1, length)
      }
      return count
    }
  }
}

/// The byte order marks of the encodings.
///
/// Source: The Unicode Standard, table 23-6.
enum ByteOrderMark {
  static let utf8: [UInt8] = [0xEF, 0xBB, 0xBF]
  static let utf16LittleEndian: [UInt8] = [0xFF, 0xFE]
  static let utf16BigEndian: [UInt8] = [0xFE, 0xFF]
  static let utf32LittleEndian: [UInt8] = [0xFF, 0xFE, 0x00, 0x00]
  static let utf32BigEndian: [UInt8] = [0x00, 0x00, 0xFE, 0xFF]

  /// Whether the byte order mark of UTF-8 stands there.
  static func isUTF8(_ bytes: UnsafePointer<UInt8>) -> Bool {
    UnsafeBufferPointer(start: bytes, count: utf8.count).elementsEqual(utf8)
  }
}
