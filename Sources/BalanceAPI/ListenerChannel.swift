import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes
import NIOSSL

/// The connections of one listener: TLS if it has it, HTTP, and a request at a time.
struct ListenerChannel: ServerChildChannel {
  typealias Value = HTTP1Channel.Value

  private let http: HTTP1Channel
  /// Gives the context for a connection that begins; `nil` for one in clear.
  private let tls: PartnerTLS?

  /// The most that a header's fields may have before the connection is given up. Below it they are
  /// counted again, and refused with an answer.
  private static let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
    maxHeaderFieldSize: 65_536, maxHeaderListSize: 65_536, maxHeaderFieldCount: 200)

  init(
    responder: @escaping HTTPChannelHandler.Responder, tls: PartnerTLS?,
    guarding: @escaping @Sendable () -> ConnectionGuard
  ) {
    self.tls = tls
    http = HTTP1Channel(
      responder: responder,
      configuration: .init(
        additionalChannelHandlers: [guarding()], httpDecoderConfiguration: Self.decoder))
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    guard let tls else { return http.setup(channel: channel, logger: logger) }
    return channel.eventLoop.makeCompletedFuture {
      try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls.context))
    }.flatMap { http.setup(channel: channel, logger: logger) }
  }

  func handle(value: Value, logger: Logger) async {
    let executor = LoopExecutor(value.channel.eventLoop)
    await withTaskExecutorPreference(executor) {
      await http.handle(value: value, logger: logger)
    }
  }
}
