import NIOCore
import NIOHTTP1

/// Parses the bytes of a connection into requests, strictly as RFC 9112 defines them.
///
/// Whatever else arrives is refused and ends the connection: if a request can be read in two ways, a proxy in
/// front of the server may read it in the other. Content, chunk extensions and trailers are bounded and discarded.
struct RequestParser {
  /// A part of a request.
  enum Part {
    case head(HTTPRequestHead)
    /// Bytes of content, which are discarded.
    case content(byteCount: Int)
    case end
  }

  private enum Phase {
    case requestLine
    case fields
    /// Content of a known length, of which so many bytes are missing.
    case content(Int)
    case chunkSize
    case chunk(Int)
    case chunkEnd
    case trailers
    case end
  }

  private var phase = Phase.requestLine
  /// How many of the unread bytes are known to have no line feed.
  private var searchedBytes = 0
  /// Bytes of the current request's section: its head, or its trailers.
  private var sectionBytes = 0
  private var extensionBytes = 0
  private var contentBytes = 0
  private var skippedEmptyLine = false
  private var requestLine: RequestLine?
  private var fields: [(String, String)] = []

  /// Whether a request has begun but not ended.
  var isInRequest: Bool {
    if case .requestLine = phase { false } else { true }
  }

  /// The next part; `nil` if it has not arrived completely.
  ///
  /// - Throws: the problem that ends the connection.
  mutating func next(_ bytes: inout ByteBuffer) throws(Problem) -> Part? {
    while true {
      switch phase {
      case .requestLine:
        guard let line = try line(&bytes, max: RequestLimits.headDecodedBytesMax) else {
          return nil
        }
        try begin(line)
      case .fields:
        guard let line = try line(&bytes, max: RequestLimits.headDecodedBytesMax) else {
          return nil
        }
        if !line.isEmpty {
          fields.append(try FieldLine.parse(line))
          guard fields.count <= RequestLimits.fieldsMax else { throw Self.fieldsTooLarge }
        } else if let head = try finishHead() {
          return .head(head)
        }
      case .content(let missing):
        guard let count = try discard(missing, &bytes) else { return nil }
        phase = count == missing ? .end : .content(missing - count)
        return .content(byteCount: count)
      case .chunkSize:
        guard let line = try line(&bytes, max: RequestLimits.chunkLineBytesMax) else { return nil }
        try beginChunk(line)
      case .chunk(let missing):
        guard let count = try discard(missing, &bytes) else { return nil }
        phase = count == missing ? .chunkEnd : .chunk(missing - count)
        return .content(byteCount: count)
      case .chunkEnd:
        guard let end = bytes.readBytes(length: 2) else { return nil }
        guard end == [0x0D, 0x0A] else { throw Self.malformed("A chunk is longer than it says") }
        phase = .chunkSize
      case .trailers:
        guard let line = try line(&bytes, max: RequestLimits.trailerBytesMax) else { return nil }
        if line.isEmpty { phase = .end } else { _ = try FieldLine.parse(line) }
      case .end:
        self = RequestParser()
        return .end
      }
    }
  }

  // MARK: Head

  private mutating func begin(_ line: [UInt8]) throws(Problem) {
    // Source: RFC 9112, section 2.2: an empty line before a request is ignored.
    if line.isEmpty && !skippedEmptyLine {
      skippedEmptyLine = true
      return
    }
    requestLine = try RequestLine(line)
    fields.reserveCapacity(8)
    phase = .fields
  }

  private mutating func finishHead() throws(Problem) -> HTTPRequestHead? {
    guard let line = requestLine else { return nil }
    let head = HTTPRequestHead(
      version: line.version, method: line.method, uri: line.target, headers: HTTPHeaders(fields))
    switch try ContentFraming(head) {
    case .none: phase = .end
    case .length(let count): phase = .content(count)
    case .chunked: phase = .chunkSize
    }
    (sectionBytes, fields) = (0, [])
    return head
  }

  // MARK: Content

  /// Discards arrived content; `nil` if none has arrived.
  private mutating func discard(
    _ missing: Int, _ bytes: inout ByteBuffer
  ) throws(Problem) -> Int? {
    let count = min(missing, bytes.readableBytes)
    guard count > 0 else { return nil }
    bytes.moveReaderIndex(forwardBy: count)
    contentBytes += count
    guard contentBytes <= RequestLimits.discardedBytesMax else {
      throw Problem(.contentTooLarge, "The request's content does not end.")
    }
    return count
  }

  private mutating func beginChunk(_ line: [UInt8]) throws(Problem) {
    let digits = line.prefix(while: Self.isHexadecimalDigit)
    guard (1...16).contains(digits.count),
      let size = Int(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw Self.malformed("A chunk's size is not a hexadecimal number") }
    let rest = line.dropFirst(digits.count)
    if !rest.isEmpty {
      guard rest.first(where: { $0 != 0x20 && $0 != 0x09 }) == UInt8(ascii: ";"),
        rest.allSatisfy(FieldLine.isAllowedInValue)
      else {
        throw Self.malformed("A chunk's size is followed by something else than an extension")
      }
      extensionBytes += rest.count
      guard extensionBytes <= RequestLimits.chunkLineBytesMax else {
        throw Problem(.contentTooLarge, "The chunk extensions are too long.")
      }
    }
    // The lines of chunks are bounded by their content.
    sectionBytes = 0
    phase = size == 0 ? .trailers : .chunk(size)
  }

  private static func isHexadecimalDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
    default: false
    }
  }

  // MARK: Lines

  /// The next line without its line ending; `nil` if it has not arrived completely.
  ///
  /// - Parameter max: the most bytes that the lines of a section may have together.
  private mutating func line(_ bytes: inout ByteBuffer, max: Int) throws(Problem) -> [UInt8]? {
    let view = bytes.readableBytesView
    let unsearched = view.dropFirst(searchedBytes)
    guard let end = unsearched.firstIndex(of: 0x0A) else {
      try checkIncomplete(unsearched, byteCount: view.count, max: max)
      searchedBytes = view.count
      return nil
    }
    let count = end - view.startIndex + 1
    sectionBytes += count
    searchedBytes = 0
    guard sectionBytes <= max else { throw tooLarge }
    guard var line = bytes.readBytes(length: count), line.count >= 2,
      line[line.count - 2] == 0x0D
    else { throw Self.malformed("A line does not end in CR LF") }
    line.removeLast(2)
    return line
  }

  /// Refuses what no line can begin with, without waiting for the line's end.
  private func checkIncomplete(
    _ bytes: ByteBufferView, byteCount: Int, max: Int
  ) throws(Problem) {
    guard sectionBytes + byteCount <= max else { throw tooLarge }
    // A carriage return may be the line's last byte but one.
    let isMalformed = bytes.contains {
      $0 < 0x20 && $0 != 0x09 && $0 != 0x0D || $0 == 0x7F
    }
    guard !isMalformed else { throw Self.malformed("The request has control characters") }
  }

  private var tooLarge: Problem {
    switch phase {
    case .requestLine: Problem(.targetTooLong, "The request line is too long.")
    case .chunkSize, .trailers:
      Problem(.contentTooLarge, "A chunk's line or the trailers are too long.")
    default: Self.fieldsTooLarge
    }
  }

  private static var fieldsTooLarge: Problem {
    Problem(.headersTooLarge, "The header fields are too large.")
  }

  static func malformed(_ what: String) -> Problem {
    Problem(.badRequest, "The request is not valid HTTP/1.1. \(what).")
  }
}

/// Decodes requests in a channel's pipeline.
struct RequestDecoder: ByteToMessageDecoder {
  typealias InboundOut = RequestParser.Part

  private var parser = RequestParser()

  mutating func decode(
    context: ChannelHandlerContext, buffer: inout ByteBuffer
  ) throws -> DecodingState {
    guard let part = try parser.next(&buffer) else { return .needMoreData }
    context.fireChannelRead(wrapInboundOut(part))
    return .continue
  }

  mutating func decodeLast(
    context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool
  ) throws -> DecodingState {
    while try decode(context: context, buffer: &buffer) == .continue {}
    if seenEOF && (parser.isInRequest || buffer.readableBytes > 0) {
      throw RequestParser.malformed("It ends early")
    }
    return .needMoreData
  }
}
