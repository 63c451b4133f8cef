import NIOCore
import NIOHTTP1
import NIOSSL

/// Keeps a connection from being held: a request has so long to arrive, a connection may be idle for
/// so long, and what is not HTTP is refused with an answer.
///
/// The time is counted from the last whole request, not from the last byte: who sends a byte now and
/// then gains nothing.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = SerialisedAnswer
  typealias OutboundOut = ByteBuffer

  /// How long things may take.
  struct Limits: Sendable {
    /// From the head of a request to the end of its answer.
    var request = TimeAmount.seconds(15)
    /// From the end of an answer to the next request's head.
    var idle = TimeAmount.seconds(60)
    /// From refusing a request to the end of the connection, in which the client reads why.
    var linger = TimeAmount.seconds(1)
  }

  /// What the guard ended, for log and metrics.
  enum Event {
    case refused(Problem.Code, TraceID)
    case handshakeFailed(String)
  }

  private let limits: Limits
  private let traces: TraceSource
  private let dates: DateField
  private let report: @Sendable (Event) -> Void
  private var deadline = NIODeadline.distantFuture
  private var timer: Scheduled<Void>?
  private var requestsOpen = 0
  private var closing = false

  init(
    limits: Limits = Limits(), traces: TraceSource, dates: DateField,
    report: @escaping @Sendable (Event) -> Void
  ) {
    self.limits = limits
    self.traces = traces
    self.dates = dates
    self.report = report
  }

  func handlerAdded(context: ChannelHandlerContext) {
    deadline = context.eventLoop.now + limits.idle
    watch(context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    timer = nil
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    timer?.cancel()
    timer = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .head = unwrapInboundIn(data) {
      // What follows a refusal on the same connection is not read.
      guard !closing else { return }
      requestsOpen += 1
      if requestsOpen == 1 { deadline = context.eventLoop.now + limits.request }
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let answer = unwrapOutboundIn(data)
    // The connection was given up meanwhile, and the client told so.
    guard !closing else { return promise?.fail(ChannelError.outputClosed) ?? () }
    requestsOpen -= 1
    closing = answer.endsConnection
    let more = closing ? limits.linger : requestsOpen > 0 ? limits.request : limits.idle
    deadline = context.eventLoop.now + more
    context.write(wrapOutboundOut(answer.bytes), promise: promise)
    if closing { finish(context) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch error {
    case let error as HTTPParserError:
      let isTooLarge = error == .headerOverflow
      refuse(
        context,
        isTooLarge
          ? Problem(.headersTooLarge, "the header fields are too large.")
          : Problem(.badRequest, "the request is not one of HTTP/1.1."))
    case let error as NIOSSLError:
      report(.handshakeFailed("\(error)"))
      context.close(promise: nil)
    default: context.close(promise: nil)
    }
  }

  /// One timer a connection, moved only when it goes off: at the latest when a request that begins now must have
  /// arrived.
  private func watch(_ context: ChannelHandlerContext) {
    let moment = min(deadline, context.eventLoop.now + limits.request)
    timer = context.eventLoop.assumeIsolatedUnsafeUnchecked().scheduleTask(deadline: moment) {
      self.timer = nil
      if context.eventLoop.now < self.deadline { return self.watch(context) }
      if self.closing || self.requestsOpen == 0 {
        context.close(promise: nil)
      } else {
        self.refuse(context, Problem(.requestTimeout, "the request did not arrive in time."))
        self.watch(context)
      }
    }
  }

  /// Answers that a request is refused, and ends the connection.
  private func refuse(_ context: ChannelHandlerContext, _ problem: Problem) {
    guard !closing, context.channel.isActive else {
      return context.close(promise: nil)
    }
    let trace = traces.next()
    var answer = Answer(problem, trace: trace)
    answer.add(.traceID, trace.description)
    answer.add(.date, dates.text)
    answer.add(.connection, "close")
    answer.add(.contentLength, String(answer.body.count))
    report(.refused(problem.code, trace))
    closing = true
    let bytes = SerialisedAnswer(
      answer, sendsBody: true, allocator: context.channel.allocator
    ).bytes
    context.write(wrapOutboundOut(bytes), promise: nil)
    deadline = context.eventLoop.now + limits.linger
    finish(context)
  }

  /// Sends what was written and no more; the client has a moment to read it before all ends.
  private func finish(_ context: ChannelHandlerContext) {
    context.flush()
    timer?.cancel()
    timer = context.eventLoop.assumeIsolatedUnsafeUnchecked().scheduleTask(deadline: deadline) {
      self.timer = nil
      context.close(promise: nil)
    }
    context.close(mode: .output, promise: nil)
  }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}
