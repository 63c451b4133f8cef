import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL

/// The connections of one listener: TLS if it has it, HTTP, and a request at a time.
struct ListenerChannel: ServerChildChannel {
  /// A connection, which sees to itself.
  struct Value: ServerChildChannelValue {
    let channel: any Channel
  }

  let responder: APIResponder
  /// Gives the context for a connection that begins; `nil` for one in clear.
  let tls: PartnerTLS?
  let guarding: @Sendable () -> ConnectionGuard

  /// The most that a header's fields may have before the connection is given up. Below it they are
  /// counted again, and refused with an answer.
  private static var headerLimits: NIOHTTPDecoderLimitConfiguration {
    var limits = NIOHTTPDecoderLimitConfiguration()
    (limits.maxHeaderFieldSize, limits.maxHeaderListSize) = (65_536, 65_536)
    limits.maxHeaderFieldCount = 200
    return limits
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls.context)) }
      let decoder = HTTPRequestDecoder(limitConfiguration: Self.headerLimits)
      try pipeline.addHandler(ByteToMessageHandler(decoder))
      try pipeline.addHandler(guarding())
      try pipeline.addHandler(RequestHandler(responder: responder))
      return Value(channel: channel)
    }
  }

  /// Waits until the connection has ended.
  func handle(value: Value, logger: Logger) async {
    await withTaskCancellationHandler {
      try? await value.channel.closeFuture.get()
    } onCancel: {
      value.channel.close(promise: nil)
    }
  }
}
