import NIOHTTP1

/// How large a request may be.
enum RequestLimits {
  static let headerBytesMax = 16_384
  static let contentBytesMax = 65_536

  /// - Throws: `uri_too_long`, `request_header_fields_too_large`, or `bad_request` if it is not told or told
  ///   twice whom the request is for. Source of that: RFC 9112, section 3.2.
  static func check(_ head: HTTPRequestHead) throws(Problem) {
    guard head.uri.utf8.count <= RequestTarget.bytesMax else {
      throw Problem(
        .targetTooLong, "a target may have \(RequestTarget.bytesMax) bytes.")
    }
    let bytes = head.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
    guard bytes <= headerBytesMax else {
      throw Problem(.headersTooLarge, "the header fields may have \(headerBytesMax) bytes.")
    }
    guard head.version == .http1_0 || head.headers[FieldName.host.rawValue].count == 1 else {
      throw Problem(.badRequest, "a request must have one Host field.")
    }
  }

  /// - Throws: `content_too_large` if there is or will be more of it. The connection is closed then.
  static func checkContent(of request: ReceivedRequest) throws(Problem) {
    guard isTooLarge(request) else { return }
    var tooLarge = Problem(
      .contentTooLarge, "a request's content may have \(contentBytesMax) bytes; none is needed.")
    tooLarge.fields[.connection] = "close"
    throw tooLarge
  }

  /// Whether a request has, or says that it will have, more content than it may.
  static func isTooLarge(_ request: ReceivedRequest) -> Bool {
    let announced = request.head.headers[.contentLength].flatMap { Int($0) } ?? 0
    return max(announced, request.contentBytes) > contentBytesMax
  }
}
