import Foundation
import Logging
import NIOCore
import NIOPosix
import Synchronization
import TestSupport

@testable import BalanceAPI

/// An in-process server that listens on a socket.
final class Listener: Sendable {
  let server: InProcessServer
  let port: Int
  let connections = Accepted()
  private let channel: any Channel

  /// The accepted connections.
  final class Accepted: Sendable {
    private let channels = Mutex<[any Channel]>([])

    var all: [any Channel] { channels.withLock { $0 } }

    func add(_ channel: any Channel) { channels.withLock { $0.append(channel) } }
  }

  init() async throws {
    let server = try await InProcessServer()
    let connections = connections
    let setup = ListenerChannel(responder: server.responder, tls: nil) { _ in }
    self.server = server
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        connections.add(channel)
        return setup.setup(channel: channel, logger: Logger(label: "test")).map { _ in }
      }.bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
  }

  deinit { channel.close(promise: nil) }

  /// Sends a text on a new connection, and reads until the server closes it.
  func exchange(_ text: String) async -> String { await client { $0.exchange(text) } }

  /// Sends bytes on a new connection, and reads until the server closes it.
  func exchange(_ bytes: [UInt8]) async -> String {
    await client {
      $0.send(bytes)
      return $0.receiveAll()
    }
  }

  /// Runs a client with its own connection and thread, so that it waits for nothing but the server.
  func client<Outcome: Sendable>(
    _ body: @escaping @Sendable (RawConnection) -> Outcome
  ) async -> Outcome {
    await withCheckedContinuation { [port] continuation in
      Thread.detachNewThread { continuation.resume(returning: body(RawConnection(port: port))) }
    }
  }
}
