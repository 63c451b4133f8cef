import NIOHTTP1

/// A request, and how much content came with it.
struct ReceivedRequest {
  let head: HTTPRequestHead
  /// What has arrived so far; nothing is made of it.
  var contentBytes = 0

  /// Whether nothing can follow it: the client wants that, or it speaks HTTP/1.0, or what would follow is not
  /// HTTP/1.1, for which it is then free to begin another connection.
  var endsConnection: Bool {
    !head.isKeepAlive || head.version != .http1_1 || head.method == .CONNECT
      || head.headers.contains(.upgrade)
  }

  /// Whether the client sends its content only when it is told that it may. Source: RFC 9110, section 10.1.1.
  var awaitsContinue: Bool {
    head.version == .http1_1 && head.headers[.expect]?.lowercased() == "100-continue"
  }
}

/// How much of a request has arrived.
enum RequestArrival {
  case nothing
  case someBytes
  /// The head; the content is passed over until its end.
  case head(ReceivedRequest)
  /// It is answered, or being answered; what may follow of it is passed over.
  case enough

  /// Whether more of it is needed.
  var isUnderWay: Bool {
    switch self {
    case .someBytes, .head: true
    case .nothing, .enough: false
    }
  }
}
