import NIOCore
import NIOHTTP1

/// Answers the requests of a connection one after the other, on its event loop: nearly every one before the
/// next is read.
///
/// Handing each part of a request to a task through a stream, as Hummingbird's own connections do, costs more
/// than answering it. A request that has to wait, for a commit to end or for the issuer's keys, lets the
/// loop go on; what its connection sends meanwhile is not read.
final class RequestHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = Never
  typealias OutboundOut = SerialisedAnswer

  private let responder: APIResponder
  private var context: ChannelHandlerContext?
  /// The request whose content is passed over until its end.
  private var arriving: ReceivedRequest?
  /// What a request waits in; `nil` if none does.
  private var answering: Task<Void, Never>?
  private var isAnswering = false
  /// What arrived while a request was being answered.
  private var waiting = CircularBuffer<HTTPServerRequestPart>(initialCapacity: 0)
  private var isReadPending = false
  /// Whether the connection ends with the answer that is due, since the client or the server wants it.
  private var isEnding = false

  init(responder: APIResponder) { self.responder = responder }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { forget() }

  func channelInactive(context: ChannelHandlerContext) {
    forget()
    context.fireChannelInactive()
  }

  private func forget() {
    answering?.cancel()
    (answering, context) = (nil, nil)
    waiting.removeAll()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = unwrapInboundIn(data)
    if isAnswering { waiting.append(part) } else { take(part) }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    context.flush()
    context.fireChannelReadComplete()
  }

  /// Reads on, unless a request is being answered or the client does not take its answers.
  func read(context: ChannelHandlerContext) {
    isReadPending = isAnswering || !context.channel.isWritable
    if !isReadPending { context.read() }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if isReadPending { read(context: context) }
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case is ChannelShouldQuiesceEvent, ChannelEvent.inputClosed:
      isEnding = true
      if !isAnswering, arriving == nil { context.close(promise: nil) }
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  private func take(_ part: HTTPServerRequestPart) {
    switch part {
    case .head(let head):
      let request = ReceivedRequest(head: head)
      if responder.needsContent(request) { arriving = request } else { answer(request) }
    case .body(let bytes):
      guard var request = arriving else { return }
      request.contentBytes += bytes.readableBytes
      arriving = request
      if RequestLimits.isTooLarge(request) { answer(request) }
    case .end:
      if let request = arriving { answer(request) }
    }
  }

  private func answer(_ request: ReceivedRequest) {
    guard let loop = context?.eventLoop else { return }
    (arriving, isAnswering) = (nil, true)
    let this = NIOLoopBound(self, eventLoop: loop)
    let task = Task.immediate { [responder] in
      let answer = await responder.respond(to: request)
      guard !loop.inEventLoop else { return this.value.write(answer, of: request) }
      loop.execute {
        this.value.write(answer, of: request)
        this.value.goOn()
      }
    }
    // Only what waits is there to be cancelled.
    answering = isAnswering ? task : nil
  }

  private func write(_ answer: Answer, of request: ReceivedRequest) {
    (isAnswering, answering) = (false, nil)
    guard let context else { return }
    var answer = answer
    if isEnding || request.endsConnection { answer.fields[.connection] = "close" }
    context.write(
      wrapOutboundOut(
        SerialisedAnswer(
          answer, sendsBody: request.head.method != .HEAD, allocator: context.channel.allocator)),
      promise: nil)
  }

  /// Takes what arrived while a request was being answered, and reads on.
  private func goOn() {
    while !isAnswering, let part = waiting.popFirst() { take(part) }
    guard !isAnswering, let context else { return }
    context.flush()
    if isReadPending { read(context: context) }
  }
}

@available(*, unavailable)
extension RequestHandler: Sendable {}

/// A request, and how much content came with it.
struct ReceivedRequest {
  let head: HTTPRequestHead
  /// What has arrived so far; nothing is made of it.
  var contentBytes = 0

  /// Whether nothing can follow it: the client wants that, or what would follow is not HTTP/1.1, for which it
  /// is then free to begin another connection.
  var endsConnection: Bool {
    !head.isKeepAlive || head.method == .CONNECT || head.headers.contains(.upgrade)
  }
}
