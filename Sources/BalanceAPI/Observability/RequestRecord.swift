import LedgerDomain
import NIOHTTP1
import TokenAccess

/// What the log says about a request. Apart from the trace's name, it holds nothing that the client wrote: there
/// may be a token in it.
struct RequestRecord {
  let listener: String
  /// `nil` if no complete head arrived.
  var method: HTTPMethod?
  var operation: Operation?
  var account: AccountCode?
  var tenant: TenantID?
  var problem: Problem.Code?
  var token: TokenError.Code?
  var bodyBytes = 0

  init(listener: String) { self.listener = listener }

  /// Writes the members of the request's log line.
  ///
  /// - Parameter duration: `nil` if no complete request arrived.
  func write(
    to line: inout JSONObjectWriter, status: HTTPResponseStatus, trace: TraceID, duration: Duration?
  ) {
    line.add("listener", listener)
    if let method {
      line.add("method", Self.known(method))
      line.add("operation", operation?.rawValue ?? "other")
    }
    if let account { line.add("account_code", account.description) }
    line.add("status", Int(status.code))
    if let problem { line.add("problem", problem.rawValue) }
    if let token { line.add("token", token.rawValue) }
    if let tenant { line.add("tenant_id", tenant.description) }
    if let duration {
      line.add("duration_us", Int(duration / .microseconds(1)))
      line.add("bytes", bodyBytes)
    }
    line.add("trace_id", trace.description)
  }

  /// The method if HTTP defines it; any other is the client's own text.
  private static func known(_ method: HTTPMethod) -> String {
    switch method {
    case .GET, .HEAD, .POST, .PUT, .DELETE, .CONNECT, .OPTIONS, .TRACE, .PATCH: method.rawValue
    default: "other"
    }
  }
}
