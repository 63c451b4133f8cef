import HTTPTypes
import Hummingbird

/// How large a request may be.
enum RequestLimits {
  static let headerBytesMax = 16_384
  static let contentBytesMax = 65_536

  /// - Throws: `uri_too_long` or `request_header_fields_too_large`.
  static func check(_ request: Request) throws(Problem) {
    guard (request.head.path ?? "").utf8.count <= RequestTarget.bytesMax else {
      throw Problem(
        .targetTooLong, "a target may have \(RequestTarget.bytesMax) bytes.")
    }
    let bytes = request.headers.reduce(0) { $0 + $1.name.rawName.utf8.count + $1.value.utf8.count }
    guard bytes <= headerBytesMax else {
      throw Problem(.headersTooLarge, "the header fields may have \(headerBytesMax) bytes.")
    }
  }

  /// Passes over a request's content, which has no meaning here.
  ///
  /// - Throws: `content_too_large` if there is much of it. The connection is closed then.
  static func passOver(_ request: Request) async throws(Problem) {
    guard request.headers.contains(.contentLength) || request.headers.contains(.transferEncoding)
    else { return }
    var tooLarge = Problem(
      .contentTooLarge, "a request's content may have \(contentBytesMax) bytes; none is needed.")
    tooLarge.fields[.connection] = "close"
    guard (request.headers[.contentLength].flatMap { Int($0) } ?? 0) <= contentBytesMax else {
      throw tooLarge
    }
    var bytes = 0
    do {
      for try await part in request.body {
        bytes += part.readableBytes
        if bytes > contentBytesMax { break }
      }
    } catch {
      throw Problem(.badRequest, "the request's content did not arrive.")
    }
    if bytes > contentBytesMax { throw tooLarge }
  }
}
