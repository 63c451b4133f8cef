import NIOCore
import NIOHTTP1
import NIOSSL

/// Connects a channel to its `HTTPConnectionState`: passes events on and performs the actions.
///
/// Requests are answered on the connection's event loop, nearly all of them before the next one is processed.
/// Handing each part of a request to a task through a stream, as Hummingbird's own connections do, costs more
/// than answering it. A request that must wait, for a commit or for the issuer's keys, suspends and lets the
/// loop serve other connections.
final class HTTPConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = RequestParser.Part
  typealias OutboundIn = Never
  typealias OutboundOut = ByteBuffer

  private let responder: APIResponder
  private let isTLS: Bool
  private let reportHandshakeFailure: @Sendable (String) -> Void

  private var state = HTTPConnectionState()
  private var context: ChannelHandlerContext?
  private var executor: EventLoopExecutor?
  private var timer: Scheduled<Void>?
  private var hasReceivedBytes = false
  /// The client's certificate, read once the first request has arrived.
  private var certificate: ClientCertificate?
  /// Whether an action is being performed. Events that it causes, such as a change of writability, are handled
  /// after it.
  private var isPerforming = false

  /// Whether arriving bytes are dropped.
  var isClosing: Bool { state.isClosing }

  /// - Parameters:
  ///   - isTLS: whether the connection's pipeline begins with TLS.
  ///   - reportHandshakeFailure: called with the reason when a TLS handshake fails.
  init(
    responder: APIResponder, isTLS: Bool = false,
    reportHandshakeFailure: @escaping @Sendable (String) -> Void
  ) {
    (self.responder, self.isTLS) = (responder, isTLS)
    self.reportHandshakeFailure = reportHandshakeFailure
  }

  // MARK: Events

  /// Called with each arrival of bytes, before they are decoded.
  func bytesReceived() {
    hasReceivedBytes = true
    guard state.awaitsFirstByte, let context else { return }
    state.firstByteReceived(at: context.eventLoop.uptime)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      var request = ReceivedRequest(head: head)
      request.certificate = clientCertificate(context)
      receive(.head(request, needsContent: responder.needsContent(request)))
    case .content(let byteCount): receive(.content(byteCount: byteCount))
    case .end: receive(.end)
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    state.readCompleted()
    context.flush()
    context.fireChannelReadComplete()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // If the client has gone in the middle of a request, nobody reads a response.
    guard context.channel.isActive else { return }
    switch error {
    case let problem as Problem: receive(.malformed(problem))
    case let error as NIOSSLError:
      if !hasReceivedBytes { reportHandshakeFailure("\(error)") }
      hasReceivedBytes = true
      context.close(promise: nil)
    default: context.close(promise: nil)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case ChannelEvent.inputClosed: receive(.closed)
    case is ChannelShouldQuiesceEvent: perform(state.stop())
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func read(context: ChannelHandlerContext) {
    if state.readsNow() { context.read() }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    let isWritable = context.channel.isWritable
    state.writabilityChanged(isWritable)
    if isWritable { performQueued() }
    context.fireChannelWritabilityChanged()
  }

  private func clientCertificate(_ context: ChannelHandlerContext) -> ClientCertificate? {
    guard isTLS else { return nil }
    if certificate == nil { certificate = ClientCertificate(context.pipeline) }
    return certificate
  }

  // MARK: Actions

  private func receive(_ input: HTTPConnectionState.Input) {
    let wasPerforming = isPerforming
    let action = state.receive(input, isPerforming: wasPerforming)
    if case .queued = action { return scheduleTurn() }
    isPerforming = true
    perform(action)
    isPerforming = wasPerforming
    if state.hasQueuedInput { performQueued() }
  }

  private func perform(_ action: HTTPConnectionState.Action) {
    switch action {
    case .none, .queued: break
    case .respond(let request): respond(to: request)
    case .sendContinue: write(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n"))
    case .refuse(let problem, let isHead):
      guard let context else { return }
      write(responder.refusal(problem).bytes(toHead: isHead, context.channel.allocator))
      close()
    case .close: close()
    case .abort: context?.close(promise: nil)
    }
  }

  /// Performs the actions of queued input, as many as this turn allows, and reads on if nothing is left.
  private func performQueued() {
    guard !isPerforming else { return }
    isPerforming = true
    repeat {
      while let action = state.next() { perform(action) }
      context?.flush()
    } while state.canContinue
    isPerforming = false
    scheduleTurn()
    if state.resumesReading() { context?.read() }
  }

  /// Lets the loop serve other connections before the rest of the queue.
  private func scheduleTurn() {
    guard let loop = context?.eventLoop, state.schedulesTurn() else { return }
    loop.assumeIsolatedUnsafeUnchecked().execute {
      self.state.turnBegan()
      self.performQueued()
    }
  }

  private func respond(to request: ReceivedRequest) {
    guard let loop = context?.eventLoop, let executor else { return }
    let this = NIOLoopBound(self, eventLoop: loop)
    executor.start { [responder] in
      let response = await responder.respond(to: request)
      this.value.send(response, to: request)
    }
    if state.isResponding { state.responsePending(at: loop.uptime) }
  }

  private func send(_ response: Response, to request: ReceivedRequest) {
    let wasPerforming = isPerforming
    isPerforming = true
    defer {
      isPerforming = wasPerforming
      performQueued()
    }
    guard let context else { return }
    let closes = request.endsConnection || response.fields[.connection] == "close"
    switch state.responseReady(closes: closes, at: context.eventLoop.uptime) {
    case .send: write(response.bytes(toHead: request.isHead, context.channel.allocator))
    case .sendAndClose:
      var response = response
      response.fields[.connection] = "close"
      write(response.bytes(toHead: request.isHead, context.channel.allocator))
      close()
    case .discard: break
    }
  }

  private func write(_ bytes: ByteBuffer) { context?.write(wrapOutboundOut(bytes), promise: nil) }

  // MARK: The connection's beginning and end

  func handlerAdded(context: ChannelHandlerContext) {
    (self.context, executor) = (context, EventLoopExecutor(context.eventLoop))
    state.opened(at: context.eventLoop.uptime)
    startTimer()
  }

  func handlerRemoved(context: ChannelHandlerContext) { release() }

  func channelInactive(context: ChannelHandlerContext) {
    release()
    context.fireChannelInactive()
  }

  private func release() {
    timer?.cancel()
    (timer, context) = (nil, nil)
    state.closed()
  }

  /// Starts the connection's one timer, which is moved only when it fires.
  private func startTimer() {
    guard let loop = context?.eventLoop else { return }
    let moment = NIODeadline(uptime: state.timerDeadline(at: loop.uptime))
    timer = loop.assumeIsolatedUnsafeUnchecked().scheduleTask(deadline: moment) {
      self.timer = nil
      let action = self.state.timerFired(at: loop.uptime)
      self.perform(action)
      if case .abort = action { return }
      self.startTimer()
    }
  }

  private func close() {
    guard let context else { return }
    state.closingBegan(at: context.eventLoop.uptime)
    // Written after everything else, so that it is sent when everything is.
    let sent = context.eventLoop.makePromise(of: Void.self)
    let this = NIOLoopBound(self, eventLoop: context.eventLoop)
    sent.futureResult.whenComplete { _ in this.value.closeOutput() }
    context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: sent)
    if state.resumesReading() { self.context?.read() }
  }

  private func closeOutput() {
    guard let context else { return }
    state.outputSent(at: context.eventLoop.uptime)
    timer?.cancel()
    startTimer()
    context.close(mode: .output, promise: nil)
  }
}

@available(*, unavailable)
extension HTTPConnectionHandler: Sendable {}

extension EventLoop {
  /// The loop's time, as `HTTPConnectionState` takes it.
  fileprivate var uptime: Duration { .nanoseconds(Int64(clamping: now.uptimeNanoseconds)) }
}

extension NIODeadline {
  fileprivate init(uptime: Duration) {
    let (seconds, attoseconds) = uptime.components
    self = .uptimeNanoseconds(UInt64(seconds * 1_000_000_000 + attoseconds / 1_000_000_000))
  }
}
