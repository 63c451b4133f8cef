import LedgerDomain
import NIOHTTP1
import TokenAccess

/// Answers requests: checks a request's head step by step, and passes it to its controller.
final class APIResponder: Sendable {
  /// The operations that this listener serves; any other is 404.
  private let operations: Set<Operation>
  private let listener: String
  private let traces: TraceSource
  private let dates: DateHeader
  private let authenticator: Authenticator
  private let limiter: RateLimiter?
  private let balance: BalanceController
  private let reconciliation: ReconciliationController
  private let health: HealthController
  private let metrics: RequestMetrics
  private let log: ServerLog

  init(
    operations: Set<Operation> = [], listener: String = "", traces: TraceSource, dates: DateHeader,
    authenticator: Authenticator, limiter: RateLimiter?, balance: BalanceController,
    reconciliation: ReconciliationController, health: HealthController, metrics: RequestMetrics,
    log: ServerLog
  ) {
    (self.operations, self.listener) = (operations, listener)
    (self.traces, self.dates, self.metrics, self.log) = (traces, dates, metrics, log)
    (self.authenticator, self.limiter) = (authenticator, limiter)
    (self.balance, self.reconciliation, self.health) = (balance, reconciliation, health)
  }

  /// The responder of one listener, with the operations that it serves.
  func serving(_ operations: Set<Operation>, on listener: String) -> APIResponder {
    APIResponder(
      operations: operations, listener: listener, traces: traces, dates: dates,
      authenticator: authenticator, limiter: limiter, balance: balance,
      reconciliation: reconciliation,
      health: health, metrics: metrics, log: log)
  }

  /// Whether a request has content that must arrive before the response. A request that is refused whatever its
  /// content need not wait for it.
  func needsContent(_ request: ReceivedRequest) -> Bool {
    let fields = request.head.headers
    guard fields.contains(.contentLength) || fields.contains(.transferEncoding) else {
      return false
    }
    var record = RequestRecord(listener: listener)
    return (try? route(request.head, record: &record)) != nil && !RequestLimits.isTooLarge(request)
  }

  /// Answers a request, counts it and logs it.
  func respond(to request: ReceivedRequest) async -> Response {
    let start = ContinuousClock.now
    let trace = trace(request.head.headers)
    var record = RequestRecord(listener: listener)
    record.method = request.head.method
    var response: Response
    do {
      response = try await self.response(to: request, record: &record)
    } catch let problem {
      response = Response(problem, trace: trace)
      record.problem = problem.code
      record.token = problem.token
    }
    addCommonFields(to: &response, trace)
    record.bodyBytes = response.body.count
    finish(record, status: response.status, trace, duration: .now - start)
    return response
  }

  /// The response to something that is not a complete request, which ends the connection; counted and logged.
  func refusal(_ problem: Problem) -> Response {
    let trace = traces.next()
    var response = Response(problem, trace: trace)
    response.add(.connection, "close")
    addCommonFields(to: &response, trace)
    var record = RequestRecord(listener: listener)
    record.problem = problem.code
    finish(record, status: response.status, trace, duration: nil)
    return response
  }

  private func addCommonFields(to response: inout Response, _ trace: TraceID) {
    response.add(.traceID, trace.description)
    response.add(.date, dates.text)
    if response.status != .notModified {
      response.add(.contentLength, String(response.body.count))
    }
  }

  /// Finds the operation, which the head alone determines.
  private func route(
    _ head: HTTPRequestHead, record: inout RequestRecord
  ) throws(Problem) -> (Operation, account: String, RequestTarget) {
    try RequestLimits.check(head)
    let target = RequestTarget(head.uri)
    try Self.check(target, head.method)
    guard let (operation, account) = Operation.matching(target.segments),
      operations.contains(operation)
    else { throw Problem(.notFound, "This path does not exist.") }
    record.operation = operation
    guard head.method == .GET || head.method == .HEAD else { throw Self.methodNotAllowed }
    return (operation, account, target)
  }

  /// - Throws: `bad_request` unless the target is a path or the method's own form.
  private static func check(_ target: RequestTarget, _ method: HTTPMethod) throws(Problem) {
    switch target.form {
    case .path where method != .CONNECT: return
    case .asterisk where method == .OPTIONS: throw methodNotAllowed
    default: break
    }
    // A tunnel's target is a host and a port.
    if method == .CONNECT { throw methodNotAllowed }
    throw Problem(
      .badRequest,
      "The request target must be a path, or an http URL with one; other characters must be percent-encoded."
    )
  }

  private static var methodNotAllowed: Problem {
    var problem = Problem(.methodNotAllowed, "This path supports only GET and HEAD.")
    problem.fields[.allow] = "GET, HEAD"
    return problem
  }

  private func response(
    to request: ReceivedRequest, record: inout RequestRecord
  ) async throws(Problem) -> Response {
    let (operation, account, target) = try route(request.head, record: &record)
    try RequestLimits.checkContent(of: request)
    let fields = request.head.headers
    let type = operation == .metrics ? "text/plain" : "application/json"
    guard AcceptHeader.allows(type, fields[.accept]) else {
      throw Problem(.notAcceptable, "The response is \(type), which the Accept field excludes.")
    }
    guard let scope = operation.scope else {
      return try await publicResponse(to: operation, target)
    }
    let principal = try await authenticator.authorize(
      fields, certificate: request.certificate, for: scope)
    record.tenant = principal.tenant
    try limiter?.count(principal.tenant, at: .now)
    let ifNoneMatch = fields[.ifNoneMatch]
    if operation == .reconciliationStatus {
      return try await reconciliation.response(
        date: try ReconciliationController.date(target), tenant: principal.tenant,
        ifNoneMatch: ifNoneMatch)
    }
    let query = try BalanceController.Query(account: account, target)
    record.account = query.key.account
    return try await balance.response(to: query, tenant: principal.tenant, ifNoneMatch: ifNoneMatch)
  }

  /// The response to an operation that needs no token.
  private func publicResponse(
    to operation: Operation, _ target: RequestTarget
  ) async throws(Problem) -> Response {
    try Parameters(target, known: operation.parameterNames).check()
    if operation == .live { return health.live() }
    if operation == .ready { return try await health.ready() }
    var response = Response()
    response.fields[.contentType] = "text/plain; version=0.0.4; charset=utf-8"
    response.body = Array(
      MetricsPage.text(metrics.current, tokens: authenticator.verifier.counts).utf8)
    return response
  }

  private func trace(_ fields: HTTPHeaders) -> TraceID {
    if let trace = fields[.traceparent].flatMap({ TraceID(traceparent: $0) }) { return trace }
    let trace = traces.next()
    return fields[.xTraceID].flatMap { trace.named($0) } ?? trace
  }

  private func finish(
    _ record: RequestRecord, status: HTTPResponseStatus, _ trace: TraceID, duration: Duration?
  ) {
    metrics.answered(record.operation, status: Int(status.code), in: duration ?? .zero)
    log.add(level: "info", message: "request") { line in
      record.write(to: &line, status: status, trace: trace, duration: duration)
    }
  }
}
