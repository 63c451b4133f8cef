import NIOCore
import NIOHTTP1
import NIOSSL

/// Answers the requests of a connection one after the other on its event loop, nearly every one before the next
/// is taken, and keeps the connection from being held.
///
/// Handing each part of a request to a task through a stream, as Hummingbird's own connections do, costs more
/// than answering it. A request that has to wait, for a commit to end or for the issuer's keys, lets the
/// loop go on. What its connection sends meanwhile, or sends without taking the answers, is not read.
final class HTTPConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = Never
  typealias OutboundOut = ByteBuffer

  /// What is taken one after the other.
  private enum Input {
    case part(HTTPServerRequestPart)
    /// What arrived is not HTTP.
    case refusal(Problem)
    /// The client has sent all that it wants to send.
    case end
  }

  private let responder: APIResponder
  private let report: @Sendable (ConnectionEvent) -> Void

  private var context: ChannelHandlerContext?
  private var executor: EventLoopExecutor?
  private var arrival = RequestArrival.nothing
  /// What arrived and could not be taken yet.
  private var waiting = CircularBuffer<Input>(initialCapacity: 0)
  private var (isAnswering, isReadPending, hasReceived) = (false, false, false)
  /// Whether input is being taken or an answer sent. What that sets off, such as the client being ready for more,
  /// is seen to afterwards.
  private var isWorking = false
  private var (answersInTurn, isTurnDue) = (0, false)
  private var deadline = NIODeadline.distantFuture
  private var timer: Scheduled<Void>?
  /// Whether the server wants to end the connection with the next answer.
  private var isStopping = false
  /// Whether the last answer was given: what arrives from now on is dropped.
  private(set) var isClosing = false

  init(
    responder: APIResponder, report: @escaping @Sendable (ConnectionEvent) -> Void
  ) {
    (self.responder, self.report) = (responder, report)
  }

  // MARK: What arrives

  /// Told of bytes before it is known what they are: from the first of a request its time is counted.
  func bytesArrived() {
    hasReceived = true
    guard let context, case .nothing = arrival, !isAnswering, waiting.isEmpty else { return }
    arrival = .someBytes
    deadline = context.eventLoop.now + ConnectionLimits.request
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    accept(.part(unwrapInboundIn(data)))
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    answersInTurn = 0
    context.flush()
    context.fireChannelReadComplete()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A connection that broke off within a request is nobody's to answer.
    guard context.channel.isActive else { return }
    switch error {
    case HTTPParserError.headerOverflow:
      accept(.refusal(Problem(.headersTooLarge, "the header fields are too large.")))
    case is HTTPParserError:
      accept(.refusal(Problem(.badRequest, "the request is not one of HTTP/1.1.")))
    case let error as NIOSSLError:
      if !hasReceived { report(.handshakeFailed("\(error)")) }
      hasReceived = true
      context.close(promise: nil)
    default: context.close(promise: nil)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case ChannelEvent.inputClosed: accept(.end)
    case is ChannelShouldQuiesceEvent:
      isStopping = true
      if !arrival.isUnderWay, !isAnswering, waiting.isEmpty { finish() }
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  /// Whether the next input can be taken now.
  private var isReady: Bool {
    !isAnswering && answersInTurn < ConnectionLimits.answersInTurn
      && context?.channel.isWritable == true
  }

  private func accept(_ input: Input) {
    guard !isClosing else { return }
    if waiting.isEmpty, isReady, !isWorking {
      isWorking = true
      take(input)
      isWorking = false
      return waiting.isEmpty ? () : goOn()
    }
    waiting.append(input)
    // Nothing is read while something waits; what comes all the same was in the system's buffer.
    if waiting.count > ConnectionLimits.waitingMax { return abandon() }
    beginTurnIfDue()
  }

  private func take(_ input: Input) {
    switch input {
    case .part(.head(let head)):
      let request = ReceivedRequest(head: head)
      guard responder.needsContent(request) else { return answer(request) }
      arrival = .head(request)
      if request.awaitsContinue { write(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")) }
    case .part(.body(let bytes)):
      guard case .head(var request) = arrival else { return }
      request.contentBytes += bytes.readableBytes
      arrival = .head(request)
      if RequestLimits.isTooLarge(request) { answer(request) }
    case .part(.end):
      if case .head(let request) = arrival { answer(request) }
      arrival = .nothing
    case .refusal(let problem): refuse(problem)
    case .end: finish()
    }
  }

  // MARK: Answers

  private func answer(_ request: ReceivedRequest) {
    guard let loop = context?.eventLoop, let executor else { return }
    (arrival, isAnswering) = (.enough, true)
    let this = NIOLoopBound(self, eventLoop: loop)
    executor.begin { [responder] in
      let answer = await responder.respond(to: request)
      this.value.send(answer, to: request)
    }
    if isAnswering { deadline = loop.now + ConnectionLimits.answer }
  }

  private func send(_ answer: Response, to request: ReceivedRequest) {
    let wasWorking = isWorking
    (isAnswering, isWorking) = (false, true)
    defer {
      isWorking = wasWorking
      goOn()
    }
    guard let context, !isClosing else { return }
    answersInTurn += 1
    deadline = context.eventLoop.now + ConnectionLimits.idle
    var answer = answer
    if isStopping || request.endsConnection { answer.fields[.connection] = "close" }
    write(answer.bytes(toHead: request.head.method == .HEAD, context.channel.allocator))
    if answer.fields[.connection] == "close" { finish() }
  }

  /// Says why there is no other answer, and ends the connection.
  private func refuse(_ problem: Problem) {
    guard let context else { return }
    var isHead = false
    switch arrival {
    case .head(let request): isHead = request.head.method == .HEAD
    // Its answer was given: another would be taken for the next one's.
    case .enough: return finish()
    case .nothing, .someBytes: break
    }
    let (answer, trace) = responder.refusal(problem)
    report(.refused(problem.code, trace))
    write(answer.bytes(toHead: isHead, context.channel.allocator))
    finish()
  }

  private func write(_ bytes: ByteBuffer) { context?.write(wrapOutboundOut(bytes), promise: nil) }

  // MARK: Turns

  /// Reads on, unless something waits or the client does not take its answers.
  func read(context: ChannelHandlerContext) {
    isReadPending = !isClosing && (isAnswering || !waiting.isEmpty || !context.channel.isWritable)
    if !isReadPending { context.read() }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { goOn() }
    context.fireChannelWritabilityChanged()
  }

  /// Takes what waits, as much as there is time for, and reads on if nothing does.
  private func goOn() {
    guard !isWorking else { return }
    isWorking = true
    repeat {
      while isReady, let input = waiting.popFirst() { take(input) }
      context?.flush()
    } while isReady && !waiting.isEmpty
    isWorking = false
    beginTurnIfDue()
    if isReadPending, let context { read(context: context) }
  }

  /// Lets the loop see to other connections before the rest is taken.
  private func beginTurnIfDue() {
    guard let loop = context?.eventLoop, !waiting.isEmpty, !isAnswering, !isTurnDue,
      answersInTurn >= ConnectionLimits.answersInTurn
    else { return }
    isTurnDue = true
    loop.assumeIsolatedUnsafeUnchecked().execute {
      (self.isTurnDue, self.answersInTurn) = (false, 0)
      self.goOn()
    }
  }

  // MARK: The end

  func handlerAdded(context: ChannelHandlerContext) {
    (self.context, executor) = (context, EventLoopExecutor(context.eventLoop))
    deadline = context.eventLoop.now + ConnectionLimits.idle
    watch()
  }

  func handlerRemoved(context: ChannelHandlerContext) { forget() }

  func channelInactive(context: ChannelHandlerContext) {
    forget()
    context.fireChannelInactive()
  }

  private func abandon() { context?.close(promise: nil) }

  private func forget() {
    timer?.cancel()
    (timer, context) = (nil, nil)
    waiting.removeAll()
  }

  /// One timer a connection, moved only when it goes off: at the latest when a request that begins now must have
  /// arrived.
  private func watch() {
    guard let loop = context?.eventLoop else { return }
    let moment = min(deadline, loop.now + ConnectionLimits.request)
    timer = loop.assumeIsolatedUnsafeUnchecked().scheduleTask(deadline: moment) {
      self.timer = nil
      guard loop.now >= self.deadline else { return self.watch() }
      guard self.arrival.isUnderWay else { return self.abandon() }
      self.refuse(Problem(.requestTimeout, "the request did not arrive in time."))
      self.watch()
    }
  }

  /// Ends the connection when all that was written is sent; the client then has a moment to read it.
  private func finish() {
    guard let context, !isClosing else { return }
    isClosing = true
    arrival = .nothing
    waiting.removeAll()
    deadline = context.eventLoop.now + ConnectionLimits.idle
    // Written after everything else, so that it is sent when everything is.
    let sent = context.eventLoop.makePromise(of: Void.self)
    let this = NIOLoopBound(self, eventLoop: context.eventLoop)
    sent.futureResult.whenComplete { _ in this.value.linger() }
    context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: sent)
    if isReadPending { read(context: context) }
  }

  private func linger() {
    guard let context else { return }
    deadline = context.eventLoop.now + ConnectionLimits.linger
    timer?.cancel()
    watch()
    context.close(mode: .output, promise: nil)
  }
}

@available(*, unavailable)
extension HTTPConnectionHandler: Sendable {}
