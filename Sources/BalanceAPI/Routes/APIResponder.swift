import LedgerDomain
import NIOHTTP1
import TokenAccess

/// Answers requests: the way from a request's head to its answer, in the order of the checks.
final class APIResponder: Sendable {
  /// The operations that this listener answers; it does not know the others.
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

  /// The same for a listener, with the operations that it has.
  func answering(_ operations: Set<Operation>, at listener: String) -> APIResponder {
    APIResponder(
      operations: operations, listener: listener, traces: traces, dates: dates,
      authenticator: authenticator, limiter: limiter, balance: balance,
      reconciliation: reconciliation,
      health: health, metrics: metrics, log: log)
  }

  /// Whether a request has content that must have arrived before it is answered. What is refused whatever
  /// its content is need not wait for it.
  func needsContent(_ request: ReceivedRequest) -> Bool {
    let fields = request.head.headers
    guard fields.contains(.contentLength) || fields.contains(.transferEncoding) else {
      return false
    }
    var note = RequestNote()
    return (try? operation(of: request.head, note: &note)) != nil
      && !RequestLimits.isTooLarge(request)
  }

  func respond(to request: ReceivedRequest) async -> Response {
    let began = ContinuousClock.now
    let trace = trace(request.head.headers)
    var note = RequestNote()
    var answer: Response
    do {
      answer = try await self.answer(request, note: &note)
    } catch let problem {
      answer = Response(problem, trace: trace)
      note.problem = problem.code
      note.token = problem.token
    }
    complete(&answer, trace)
    finish(request.head, note, answer, trace, since: began)
    return answer
  }

  /// The answer to what is no request, which ends the connection.
  func refusal(_ problem: Problem) -> (Response, TraceID) {
    let trace = traces.next()
    var answer = Response(problem, trace: trace)
    answer.add(.connection, "close")
    complete(&answer, trace)
    return (answer, trace)
  }

  /// Adds the fields that every answer has.
  private func complete(_ answer: inout Response, _ trace: TraceID) {
    answer.add(.traceID, trace.description)
    answer.add(.date, dates.text)
    if answer.status != .notModified { answer.add(.contentLength, String(answer.body.count)) }
  }

  /// What is noted of a request for log and metrics: nothing that the client wrote.
  private struct RequestNote {
    var operation: Operation?
    var account: AccountCode?
    var tenant: TenantID?
    var problem: Problem.Code?
    var token: TokenError.Code?
  }

  /// What is asked for, as far as the head's first line tells.
  private func operation(
    of head: HTTPRequestHead, note: inout RequestNote
  ) throws(Problem) -> (Operation, account: String, RequestTarget) {
    try RequestLimits.check(head)
    let target = RequestTarget(head.uri)
    guard let (operation, account) = Operation.matching(target.segments),
      operations.contains(operation)
    else { throw Problem(.notFound, "there is no such path.") }
    note.operation = operation
    guard head.method == .GET || head.method == .HEAD else {
      var problem = Problem(.methodNotAllowed, "only GET and HEAD are answered here.")
      problem.fields[.allow] = "GET, HEAD"
      throw problem
    }
    return (operation, account, target)
  }

  private func answer(
    _ request: ReceivedRequest, note: inout RequestNote
  ) async throws(Problem) -> Response {
    let (operation, account, target) = try operation(of: request.head, note: &note)
    try RequestLimits.checkContent(of: request)
    let fields = request.head.headers
    let type = operation == .metrics ? "text/plain" : "application/json"
    guard AcceptHeader.allows(type, fields[.accept]) else {
      throw Problem(.notAcceptable, "the answer is \(type).")
    }
    guard let scope = operation.scope else { return try await open(operation, target) }
    let principal = try await authenticator.admit(fields, to: scope)
    note.tenant = principal.tenant
    try limiter?.count(principal.tenant, at: .now)
    let ifNoneMatch = fields[.ifNoneMatch]
    if operation == .reconciliationStatus {
      return try await reconciliation.answer(
        date: try ReconciliationController.date(target), tenant: principal.tenant,
        ifNoneMatch: ifNoneMatch)
    }
    let question = try BalanceController.Question(account: account, target)
    note.account = question.key.account
    return try await balance.answer(question, tenant: principal.tenant, ifNoneMatch: ifNoneMatch)
  }

  /// What is answered without a token.
  private func open(_ operation: Operation, _ target: RequestTarget) async throws(Problem)
    -> Response
  {
    try Parameters(target, known: operation.parameterNames).check()
    if operation == .live { return health.live() }
    if operation == .ready { return try await health.ready() }
    var answer = Response()
    answer.fields[.contentType] = "text/plain; version=0.0.4; charset=utf-8"
    answer.body = Array(
      MetricsPage.text(metrics.current, tokens: authenticator.verifier.counts).utf8)
    return answer
  }

  private func trace(_ fields: HTTPHeaders) -> TraceID {
    fields[.traceparent].flatMap { TraceID(traceparent: $0) } ?? traces.next()
  }

  private func finish(
    _ head: HTTPRequestHead, _ note: RequestNote, _ answer: Response, _ trace: TraceID,
    since began: ContinuousClock.Instant
  ) {
    let duration = ContinuousClock.now - began
    let operation = note.operation?.rawValue ?? "other"
    metrics.answered(note.operation, status: Int(answer.status.code), in: duration)
    log.add(level: "info", message: "request") { line in
      line.add("listener", listener)
      line.add("method", Self.known(head.method))
      line.add("operation", operation)
      if let account = note.account { line.add("account_code", account.description) }
      line.add("status", Int(answer.status.code))
      if let problem = note.problem { line.add("problem", problem.rawValue) }
      if let token = note.token { line.add("token", token.rawValue) }
      if let tenant = note.tenant { line.add("tenant_id", tenant.description) }
      line.add("duration_us", Int(duration / .microseconds(1)))
      line.add("bytes", answer.body.count)
      line.add("trace_id", trace.description)
    }
  }

  /// The method if it is one of HTTP's own; any other is what a client made up.
  private static func known(_ method: HTTPMethod) -> String {
    switch method {
    case .GET, .HEAD, .POST, .PUT, .DELETE, .CONNECT, .OPTIONS, .TRACE, .PATCH: method.rawValue
    default: "other"
    }
  }
}
