import NIOHTTP1

/// The limits on a request's size.
enum RequestLimits {
  static let headerBytesMax = 16_384
  static let contentBytesMax = 65_536

  // Beyond the following, the parser ends the connection.

  /// The bytes of a head, from the first line to the empty one.
  static let headDecodedBytesMax = 65_536
  static let fieldsMax = 200
  /// The bytes of a chunk's line, and of all chunk extensions of a request.
  static let chunkLineBytesMax = 4_096
  static let trailerBytesMax = 8_192
  /// The bytes of content that are discarded for the sake of the connection's next request.
  static let discardedBytesMax = 16 << 20

  /// Checks a request's head.
  ///
  /// - Throws: `uri_too_long`, `request_header_fields_too_large`, or `bad_request` if there is not exactly one
  ///   valid `Host` field; HTTP/1.0 needs none. Source: RFC 9112, section 3.2.
  static func check(_ head: HTTPRequestHead) throws(Problem) {
    guard head.uri.utf8.count <= RequestTarget.bytesMax else {
      throw Problem(
        .targetTooLong, "The request target must not exceed \(RequestTarget.bytesMax) bytes.")
    }
    let bytes = head.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
    guard bytes <= headerBytesMax else {
      throw Problem(.headersTooLarge, "The header fields must not exceed \(headerBytesMax) bytes.")
    }
    let hosts = head.headers[FieldName.host.rawValue]
    guard hosts.count == 1 || hosts.isEmpty && head.version == .http1_0 else {
      throw Problem(.badRequest, "A request must have exactly one Host field.")
    }
    guard hosts.allSatisfy({ Authority.isValid($0.utf8) }) else {
      throw Problem(
        .badRequest, "The Host field must be a host name or address, perhaps with a port.")
    }
  }

  /// Checks the size of a request's content, received or announced.
  ///
  /// - Throws: `content_too_large`, which closes the connection.
  static func checkContent(of request: ReceivedRequest) throws(Problem) {
    guard isTooLarge(request) else { return }
    var tooLarge = Problem(
      .contentTooLarge,
      "A request's content must not exceed \(contentBytesMax) bytes. Send the request without content."
    )
    tooLarge.fields[.connection] = "close"
    throw tooLarge
  }

  /// Whether a request's content, received or announced, exceeds the limit.
  static func isTooLarge(_ request: ReceivedRequest) -> Bool {
    let announced = request.head.headers[.contentLength].flatMap { Int($0) } ?? 0
    return max(announced, request.contentBytes) > contentBytesMax
  }
}
