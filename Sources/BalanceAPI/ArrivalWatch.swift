import NIOCore

/// Stands before the decoder: tells the connection of bytes as they arrive, and drops them once it is closing.
final class ArrivalWatch: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let connection: ClientConnection

  init(_ connection: ClientConnection) { self.connection = connection }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !connection.isClosing else { return }
    connection.bytesArrived()
    context.fireChannelRead(data)
  }
}

@available(*, unavailable)
extension ArrivalWatch: Sendable {}
