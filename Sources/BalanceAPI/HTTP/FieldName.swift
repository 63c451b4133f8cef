import NIOHTTP1

/// The header fields that the server reads or writes.
enum FieldName: String {
  case accept = "Accept"
  case allow = "Allow"
  case authorization = "Authorization"
  case cacheControl = "Cache-Control"
  case connection = "Connection"
  case contentLength = "Content-Length"
  case contentType = "Content-Type"
  case date = "Date"
  case eTag = "ETag"
  case expect = "Expect"
  case host = "Host"
  case ifNoneMatch = "If-None-Match"
  case normalBalanceSigned = "Normal-Balance-Signed"
  case retryAfter = "Retry-After"
  case traceID = "Trace-Id"
  case traceparent = "Traceparent"
  case transferEncoding = "Transfer-Encoding"
  case upgrade = "Upgrade"
  case vary = "Vary"
  case wwwAuthenticate = "WWW-Authenticate"
  /// The deprecated predecessor of `Traceparent`.
  case xTraceID = "X-Trace-Id"
}

extension HTTPHeaders {
  /// A field's value; repeated fields are joined into one list. Source: RFC 9110, section 5.3.
  subscript(name: FieldName) -> String? {
    get {
      guard contains(name: name.rawValue) else { return nil }
      return self[name.rawValue].joined(separator: ", ")
    }
    set {
      remove(name: name.rawValue)
      if let newValue { add(name: name.rawValue, value: newValue) }
    }
  }

  func contains(_ name: FieldName) -> Bool { contains(name: name.rawValue) }
}
