import HTTPTypes
import Hummingbird
import LedgerDomain
import NIOCore
import TokenAccess

/// Answers requests: the way from a request's head to its answer, in the order of the checks.
struct APIResponder: HTTPResponder {
  typealias Context = RequestOrigin

  /// The operations that this listener answers; it does not know the others.
  var operations: Set<Operation>
  var listener: String
  let traces: TraceSource
  let gatekeeper: Gatekeeper
  let limiter: RateLimiter?
  let balance: BalanceController
  let reconciliation: ReconciliationController
  let health: HealthController
  let metrics: RequestMetrics
  let log: ServerLog

  func respond(to request: Request, context: RequestOrigin) async throws -> Response {
    let began = ContinuousClock.now
    let trace = trace(request.headers)
    var note = RequestNote()
    var answer: Answer
    do {
      answer = try await self.answer(request, note: &note)
    } catch let problem {
      answer = Answer(problem, trace: trace)
      note.problem = problem.code
      note.token = problem.token
    }
    answer.add(.traceID, trace.description)
    finish(request, note, answer, trace, since: began)
    var response = Response(
      status: answer.status, headers: answer.fields,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    if answer.status == .notModified { response.headers[.contentLength] = nil }
    return request.method == .head ? response.createHeadResponse() : response
  }

  /// What is noted of a request for log and metrics: nothing that the client wrote.
  private struct RequestNote {
    var operation: Operation?
    var account: AccountCode?
    var tenant: TenantID?
    var problem: Problem.Code?
    var token: TokenRefusal.Code?
  }

  private func answer(
    _ request: Request, note: inout RequestNote
  ) async throws(Problem) -> Answer {
    try RequestLimits.check(request)
    let target = RequestTarget(request.head.path ?? "/")
    guard let (operation, account) = Operation.matching(target.segments),
      operations.contains(operation)
    else { throw Problem(.notFound, "there is no such path.") }
    note.operation = operation
    guard request.method == .get || request.method == .head else {
      var problem = Problem(.methodNotAllowed, "only GET and HEAD are answered here.")
      problem.fields[.allow] = "GET, HEAD"
      throw problem
    }
    try await RequestLimits.passOver(request)
    let type = operation == .metrics ? "text/plain" : "application/json"
    guard AcceptHeader.allows(type, request.headers[.accept]) else {
      throw Problem(.notAcceptable, "the answer is \(type).")
    }
    guard let scope = operation.scope else { return try await open(operation, target) }
    let principal = try await gatekeeper.admit(request.headers, to: scope)
    note.tenant = principal.tenant
    try limiter?.count(principal.tenant, at: .now)
    let ifNoneMatch = request.headers[.ifNoneMatch]
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
  private func open(_ operation: Operation, _ target: RequestTarget) async throws(Problem) -> Answer
  {
    try Parameters(target, known: operation.parameterNames).check()
    if operation == .live { return health.live() }
    if operation == .ready { return try await health.ready() }
    var answer = Answer()
    answer.fields[.contentType] = "text/plain; version=0.0.4; charset=utf-8"
    answer.body = Array(
      MetricsText.page(metrics.current, tokens: gatekeeper.verifier.counts).utf8)
    return answer
  }

  private func trace(_ fields: HTTPFields) -> TraceID {
    fields[.traceparent].flatMap { TraceID(traceparent: $0) } ?? traces.next()
  }

  private func finish(
    _ request: Request, _ note: RequestNote, _ answer: Answer, _ trace: TraceID,
    since began: ContinuousClock.Instant
  ) {
    let duration = ContinuousClock.now - began
    let operation = note.operation?.rawValue ?? "other"
    metrics.answered(operation, status: answer.status.code, in: duration)
    log.add(level: "info", message: "request") { line in
      line.add("listener", listener)
      line.add("method", Self.known(request.method))
      line.add("operation", operation)
      if let account = note.account { line.add("account_code", account.description) }
      line.add("status", answer.status.code)
      if let problem = note.problem { line.add("problem", problem.rawValue) }
      if let token = note.token { line.add("token", token.rawValue) }
      if let tenant = note.tenant { line.add("tenant_id", tenant.description) }
      line.add("duration_us", Int(duration / .microseconds(1)))
      line.add("bytes", answer.body.count)
      line.add("trace_id", trace.description)
    }
  }

  /// The method if it is one of HTTP's own; any other is what a client made up.
  private static func known(_ method: HTTPRequest.Method) -> String {
    switch method {
    case .get, .head, .post, .put, .delete, .connect, .options, .trace, .patch: method.rawValue
    default: "other"
    }
  }
}

/// Where a request comes from.
struct RequestOrigin: InitializableFromSource {
  init() {}
  init(source: ApplicationRequestContextSource) {}
}
