import NIOCore

/// Stands before the decoder: tells the connection of bytes as they arrive, and drops them once it is closing.
final class FirstByteHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let connection: HTTPConnectionHandler

  init(_ connection: HTTPConnectionHandler) { self.connection = connection }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !connection.isClosing else { return }
    connection.bytesArrived()
    context.fireChannelRead(data)
  }
}

@available(*, unavailable)
extension FirstByteHandler: Sendable {}
