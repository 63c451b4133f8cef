import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// Sets up the connections of one listener: TLS if configured, HTTP, and one request at a time.
struct ListenerChannel: ServerChildChannel {
  /// A connection, which its channel handlers serve.
  struct Value: ServerChildChannelValue {
    let channel: any Channel
  }

  let responder: APIResponder
  /// Provides each connection's TLS context; `nil` for plain HTTP.
  let tls: PartnerTLS?
  /// Called with the reason when a TLS handshake fails.
  let reportHandshakeFailure: @Sendable (String) -> Void

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      // Answer everything from one read before the next.
      try channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
      let bytes = SocketOptionValue(ConnectionLimits.receiveBufferBytes)
      try channel.syncOptions?.setOption(.socketOption(.so_rcvbuf), value: bytes)
      if let tls {
        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls.context))
      }
      try channel.pipeline.syncOperations.addHandlers(
        Self.handlers(
          HTTPConnectionHandler(
            responder: responder, isTLS: tls != nil,
            reportHandshakeFailure: reportHandshakeFailure)))
      return Value(channel: channel)
    }
  }

  /// The handlers of a connection, in pipeline order.
  static func handlers(_ connection: HTTPConnectionHandler) -> [any ChannelHandler] {
    [
      FirstByteHandler(connection),
      ByteToMessageHandler(
        RequestDecoder(), maximumBufferSize: ConnectionLimits.undecodedBytesMax),
      connection,
    ]
  }

  /// Waits until the connection has closed.
  func handle(value: Value, logger: Logger) async {
    await withTaskCancellationHandler {
      try? await value.channel.closeFuture.get()
    } onCancel: {
      value.channel.close(promise: nil)
    }
  }
}
