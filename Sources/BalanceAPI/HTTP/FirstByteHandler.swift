import NIOCore

/// Precedes the decoder: reports arriving bytes to the connection, and drops them once it is closing.
final class FirstByteHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let connection: HTTPConnectionHandler

  init(_ connection: HTTPConnectionHandler) { self.connection = connection }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !connection.isClosing else { return }
    connection.bytesReceived()
    context.fireChannelRead(data)
  }
}

@available(*, unavailable)
extension FirstByteHandler: Sendable {}
