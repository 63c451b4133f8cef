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
  /// Told what ended connections.
  let report: @Sendable (ConnectionEvent) -> Void

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
      // What one reading brings is answered before the next.
      try channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
      let bytes = SocketOptionValue(ConnectionLimits.receiveBufferBytes)
      try channel.syncOptions?.setOption(.socketOption(.so_rcvbuf), value: bytes)
      if let tls {
        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls.context))
      }
      try channel.pipeline.syncOperations.addHandlers(
        Self.handlers(HTTPConnectionHandler(responder: responder, report: report)))
      return Value(channel: channel)
    }
  }

  /// What stands between the bytes and the connection, and it.
  static func handlers(_ connection: HTTPConnectionHandler) -> [any ChannelHandler] {
    let decoder = HTTPRequestDecoder(limitConfiguration: headerLimits)
    return [
      FirstByteHandler(connection),
      ByteToMessageHandler(decoder, maximumBufferSize: ConnectionLimits.undecodedBytesMax),
      connection,
    ]
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
