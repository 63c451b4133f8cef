import Foundation
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import TestSupport
import Testing

@testable import BalanceAPI

@Suite("A connection")
struct ConnectionTests {
  private static let head = " HTTP/1.1\r\nHost: a\r\n"
  private static let live = "GET /v1/health/live" + head + "\r\n"
  private static let last = "GET /v1/health/live" + head + "Connection: close\r\n\r\n"

  /// The statuses of answers, and whether what follows each is its content to the byte.
  private func statuses(_ text: String, withoutContent: Set<Int> = []) throws -> [Int] {
    var (rest, statuses) = (text[...], [Int]())
    while !rest.isEmpty {
      let end = try #require(rest.firstRange(of: "\r\n\r\n"))
      let head = rest[..<end.lowerBound]
      let match = head.firstMatch(
        of: /^HTTP\/1.1 ([0-9]{3}) .*\r\nContent-Length: ([0-9]+)/.dotMatchesNewlines())
      let (_, status, length) = try #require(match).output
      rest = rest[end.upperBound...]
      if !withoutContent.contains(statuses.count) { rest = rest.dropFirst(Int(length) ?? 0) }
      statuses.append(Int(status) ?? 0)
    }
    return statuses
  }

  @Test("answers in the order of the requests, one of which waits for a commit")
  func pipelined() async throws {
    let server = try await Listener()
    server.twin.books.lock(looks: 40)
    let token = server.twin.forge.good(tenant: InProcessServer.tenant)
    let count = 4_000
    let requests = (1...count).map { number in
      let digits = String(number, radix: 16)
      let trace = String(repeating: "0", count: 32 - digits.count) + digits
      let head =
        Self.head + "Traceparent: 00-\(trace)-00f067aa0ba902b7-01\r\n"
        + (number == count ? "Connection: close\r\n" : "")
      // The first waits; what was read meanwhile is answered after it, without ever nesting.
      return number == 1
        ? "GET /v1/accounts/2000/balance?currency=USD" + head
          + "Authorization: Bearer \(token)\r\n\r\n"
        : "GET /v1/health/live" + head + "\r\n"
    }.joined()
    let (sent, text) = await server.client { $0.exchangeAtOnce(requests) }
    #expect(sent == requests.utf8.count)
    let traces = text.matches(of: /Trace-Id: ([0-9a-f]{32})/).map { Int($0.1, radix: 16) }
    let isInOrder = traces == Array(1...count)
    #expect(isInOrder, "\(traces.count) answers")
    #expect(try statuses(text).allSatisfy { $0 == 200 })
    #expect(server.twin.metrics.current.waits == 1)
  }

  @Test("of a client that takes no answers is not read without end")
  func deafClient() async throws {
    let server = try await Listener()
    let many = String(repeating: Self.live, count: 20_000)
    let sent = await server.client { connection in
      connection.wait(seconds: 1)
      var sent = 0
      for _ in 0..<64 {
        let count = connection.send(many)
        sent += count
        if count < many.utf8.count { break }
      }
      return sent
    }
    // What the two kernels hold, and no more.
    #expect(sent < 16 << 20)
  }

  @Test("of a client that has sent all gets its answer and ends")
  func halfClosed() async throws {
    let server = try await Listener()
    server.twin.books.lock(looks: 10)
    let token = server.twin.forge.good(tenant: InProcessServer.tenant)
    let requests =
      "GET /v1/accounts/2000/balance?currency=USD" + Self.head
      + "Authorization: Bearer \(token)\r\n\r\n" + Self.live + Self.live
    let (_, text) = await server.client { $0.exchangeAtOnce(requests, endsSending: true) }
    #expect(try statuses(text) == Array(repeating: 200, count: 3))
  }

  @Test("of a client that has sent all and reads late gets every answer whole")
  func lateReader() async throws {
    let server = try await Listener()
    let count = 6_000
    let requests = String(repeating: Self.live, count: count)
    let (sent, text) = await server.client {
      $0.exchangeAtOnce(requests, endsSending: true, readingAfterMilliseconds: 300)
    }
    #expect(sent == requests.utf8.count)
    #expect(try statuses(text).count == count, "\(text.suffix(200))")
  }

  @Test(
    "answers what was asked before what is no request, and nothing after it",
    arguments: [
      ("", "nonsense\r\n\r\n" + live, [200, 400]),
      ("Connection: close\r\n", "nonsense\r\n\r\n" + live, [200]),
    ])
  func order(fields: String, rest: String, expected: [Int]) async throws {
    let server = try await Listener()
    server.twin.books.lock(looks: 20)
    let token = server.twin.forge.good(tenant: InProcessServer.tenant)
    let text = await server.exchange(
      "GET /v1/accounts/2000/balance?currency=USD" + Self.head + fields
        + "Authorization: Bearer \(token)\r\n\r\n" + rest)
    #expect(try statuses(text) == expected)
  }

  @Test("tells a client that asks that it may send its content")
  func continues() async throws {
    let server = try await Listener()
    let interim = "HTTP/1.1 100 Continue\r\n\r\n"
    let (first, rest) = await server.client { connection in
      connection.send(
        "GET /v1/health/live" + Self.head + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n")
      return (
        connection.receive(count: interim.utf8.count), connection.exchange("abc" + Self.last)
      )
    }
    #expect(first == interim)
    #expect(try statuses(rest) == [200, 200])
  }

  @Test(
    "ends when HTTP/1.0 or the client wants it, or wants another protocol, and says so",
    arguments: [
      "GET /v1/health/live HTTP/1.0\r\n\r\n",
      "GET /v1/health/live HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", last,
      "GET /v1/health/live" + head + "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
    ])
  func notKept(request: String) async throws {
    let server = try await Listener()
    let text = await server.exchange(request + Self.live)
    #expect(try statuses(text) == [200])
    #expect(text.contains("\r\nConnection: close\r\n"))
    #expect(text.contains("\r\nDate: Tue, 14 Nov 2023 22:13:20 GMT\r\n"))
  }

  @Test(
    "with a request that does not say, or says twice, whom it is for is told so, and kept",
    arguments: ["", "Host: a\r\nHost: a\r\n"])
  func host(fields: String) async throws {
    let server = try await Listener()
    let text = await server.exchange("GET /v1/health/live HTTP/1.1\r\n\(fields)\r\n" + Self.last)
    #expect(try statuses(text) == [400, 200])
  }

  @Test("is kept over content, and over an answer to HEAD, which has none")
  func content() async throws {
    let server = try await Listener()
    let long = String(repeating: "x", count: 1 << 20)
    let text = await server.exchange(
      "HEAD /v1/health/live" + Self.head + "\r\n"
        + "POST /v1/health/live" + Self.head + "Content-Length: \(long.utf8.count)\r\n\r\n" + long
        + "GET /v1/health/live" + Self.head + "Content-Length: 3\r\n\r\nabc"
        + "GET /v1/health/live" + Self.head
        + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
        + Self.last)
    #expect(try statuses(text, withoutContent: [0]) == [200, 405, 200, 200, 200])
  }

  @Test("ends with content that goes on and on")
  func endlessContent() async throws {
    let server = try await Listener()
    let chunk = "4000\r\n" + String(repeating: "x", count: 0x4000) + "\r\n"
    let text = await server.exchange(
      "GET /v1/health/live" + Self.head + "Transfer-Encoding: chunked\r\n\r\n"
        + String(repeating: chunk, count: 8))
    #expect(try statuses(text) == [413])
    #expect(text.contains("\r\nConnection: close\r\n"))
  }

  @Test("is ended by a server that stops: at once if nothing is asked, else after the answer")
  func stopping() async throws {
    let server = try await Listener()
    let (books, connections) = (server.twin.books, server.connections)
    books.lock(looks: .max)
    let token = server.twin.forge.good(tenant: InProcessServer.tenant)
    let request =
      "GET /v1/accounts/2000/balance?currency=USD" + Self.head
      + "Authorization: Bearer \(token)\r\n\r\n" + Self.live
    let port = server.port
    let (ofIdle, answered) = await server.client { asking in
      let idle = RawConnection(port: port)
      asking.send(request)
      while connections.all.count < 2 || books.lockedLooks > .max - 2 { usleep(1_000) }
      for channel in connections.all {
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
      }
      // Nothing is asked on it, so it ends while the other waits.
      let ofIdle = idle.receiveAll()
      books.lock(looks: 0)
      return (ofIdle, asking.receiveAll())
    }
    #expect(ofIdle.isEmpty)
    #expect(try statuses(answered) == [200])
    #expect(answered.contains("\r\nConnection: close\r\n"))
  }
}

/// A twin that listens.
private final class Listener: Sendable {
  let twin: InProcessServer
  let port: Int
  let connections = Accepted()
  private let channel: any Channel

  /// The connections that were accepted.
  final class Accepted: Sendable {
    private let channels = Mutex<[any Channel]>([])

    var all: [any Channel] { channels.withLock { $0 } }

    func add(_ channel: any Channel) { channels.withLock { $0.append(channel) } }
  }

  init() async throws {
    let twin = try await InProcessServer()
    let connections = connections
    let setup = ListenerChannel(responder: twin.responder, tls: nil) { _ in }
    self.twin = twin
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        connections.add(channel)
        return setup.setup(channel: channel, logger: Logger(label: "test")).map { _ in }
      }.bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
  }

  deinit { channel.close(promise: nil) }

  /// Sends a text on a connection of its own, and reads until the server ends it.
  func exchange(_ text: String) async -> String { await client { $0.exchange(text) } }

  /// A client with a connection and a thread of its own, so that it waits for nothing but the server.
  func client<Outcome: Sendable>(
    _ body: @escaping @Sendable (RawConnection) -> Outcome
  ) async -> Outcome {
    await withCheckedContinuation { [port] continuation in
      Thread.detachNewThread { continuation.resume(returning: body(RawConnection(port: port))) }
    }
  }
}
