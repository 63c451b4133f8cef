import NIOHTTP1

/// A request's head, and how much content has arrived with it.
struct ReceivedRequest {
  let head: HTTPRequestHead
  /// The bytes of content received so far; the content itself is discarded.
  var contentBytes = 0
  /// The certificate that the client proved to have; `nil` without mutual TLS.
  var certificate: ClientCertificate?

  var isHead: Bool { head.method == .HEAD }

  /// Whether the connection ends with this request: the client asks for that, speaks HTTP/1.0, or wants another
  /// protocol, for which it can open another connection.
  var endsConnection: Bool {
    !head.isKeepAlive || head.version != .http1_1 || head.method == .CONNECT
      || head.headers.contains(.upgrade)
  }

  /// Whether the client sends its content only after `100 Continue`. Source: RFC 9110, section 10.1.1.
  var awaitsContinue: Bool {
    head.version == .http1_1 && head.headers[.expect]?.lowercased() == "100-continue"
  }
}
