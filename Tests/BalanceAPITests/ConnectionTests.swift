import Foundation
import NIOCore
import TestSupport
import Testing

@testable import BalanceAPI

@Suite("HTTP connections over a socket")
struct ConnectionTests {
  private static let head = " HTTP/1.1\r\nHost: a\r\n"
  private static let live = "GET /v1/health/live" + head + "\r\n"
  private static let last = "GET /v1/health/live" + head + "Connection: close\r\n\r\n"

  /// The statuses of responses, each of which must have exactly the announced content.
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

  @Test("responses keep the order of pipelined requests, one of which waits for a commit")
  func pipelinedResponsesKeepOrder() async throws {
    let listener = try await Listener()
    listener.server.books.lock(lookups: 40)
    let token = listener.server.forge.good(tenant: InProcessServer.tenant)
    let count = 4_000
    let requests = (1...count).map { number in
      let digits = String(number, radix: 16)
      let trace = String(repeating: "0", count: 32 - digits.count) + digits
      let head =
        Self.head + "Traceparent: 00-\(trace)-00f067aa0ba902b7-01\r\n"
        + (number == count ? "Connection: close\r\n" : "")
      // The first waits; requests read meanwhile are answered after it, without recursion.
      return number == 1
        ? "GET /v1/accounts/2000/balance?currency=USD" + head
          + "Authorization: Bearer \(token)\r\n\r\n"
        : "GET /v1/health/live" + head + "\r\n"
    }.joined()
    let (sent, text) = await listener.client { $0.exchangeAtOnce(requests) }
    #expect(sent == requests.utf8.count)
    let traces = text.matches(of: /Trace-Id: ([0-9a-f]{32})/).map { Int($0.1, radix: 16) }
    let isInOrder = traces == Array(1...count)
    #expect(isInOrder, "\(traces.count) answers")
    #expect(try statuses(text).allSatisfy { $0 == 200 })
    #expect(listener.server.metrics.current.waits == 1)
  }

  @Test("a client that reads no responses is not read from without limit")
  func clientThatDoesNotReadIsNotReadFrom() async throws {
    let listener = try await Listener()
    let many = String(repeating: Self.live, count: 20_000)
    let sent = await listener.client { connection in
      connection.wait(seconds: 1)
      var sent = 0
      for _ in 0..<64 {
        let count = connection.send(many)
        sent += count
        if count < many.utf8.count { break }
      }
      return sent
    }
    // No more than the two kernels buffer.
    #expect(sent < 16 << 20)
  }

  @Test("a half-closed connection gets its responses and closes")
  func halfClosedConnectionIsAnswered() async throws {
    let listener = try await Listener()
    listener.server.books.lock(lookups: 10)
    let token = listener.server.forge.good(tenant: InProcessServer.tenant)
    let requests =
      "GET /v1/accounts/2000/balance?currency=USD" + Self.head
      + "Authorization: Bearer \(token)\r\n\r\n" + Self.live + Self.live
    let (_, text) = await listener.client { $0.exchangeAtOnce(requests, endsSending: true) }
    #expect(try statuses(text) == Array(repeating: 200, count: 3))
  }

  @Test("a half-closed connection that is read late gets every response complete")
  func lateReaderGetsEveryResponse() async throws {
    let listener = try await Listener()
    let count = 6_000
    let requests = String(repeating: Self.live, count: count)
    let (sent, text) = await listener.client {
      $0.exchangeAtOnce(requests, endsSending: true, readingAfterMilliseconds: 300)
    }
    #expect(sent == requests.utf8.count)
    #expect(try statuses(text).count == count, "\(text.suffix(200))")
  }

  @Test(
    "requests before malformed input are answered, and nothing after it",
    arguments: [
      ("", "nonsense\r\n\r\n" + live, [200, 400]),
      ("Connection: close\r\n", "nonsense\r\n\r\n" + live, [200]),
    ])
  func malformedInputEndsTheConnection(fields: String, rest: String, expected: [Int]) async throws {
    let listener = try await Listener()
    listener.server.books.lock(lookups: 20)
    let token = listener.server.forge.good(tenant: InProcessServer.tenant)
    let text = await listener.exchange(
      "GET /v1/accounts/2000/balance?currency=USD" + Self.head + fields
        + "Authorization: Bearer \(token)\r\n\r\n" + rest)
    #expect(try statuses(text) == expected)
  }

  @Test("a client that expects 100 Continue gets it")
  func expectContinue() async throws {
    let listener = try await Listener()
    let interim = "HTTP/1.1 100 Continue\r\n\r\n"
    let (first, rest) = await listener.client { connection in
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
    "HTTP/1.0, Connection: close and Upgrade end the connection",
    arguments: [
      "GET /v1/health/live HTTP/1.0\r\n\r\n",
      "GET /v1/health/live HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", last,
      "GET /v1/health/live" + head + "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
    ])
  func connectionIsNotKeptAlive(request: String) async throws {
    let listener = try await Listener()
    let text = await listener.exchange(request + Self.live)
    #expect(try statuses(text) == [200])
    #expect(text.contains("\r\nConnection: close\r\n"))
    #expect(text.contains("\r\nDate: Tue, 14 Nov 2023 22:13:20 GMT\r\n"))
  }

  @Test(
    "a request without exactly one Host field is refused, and the connection kept alive",
    arguments: ["", "Host: a\r\nHost: a\r\n"])
  func exactlyOneHostField(fields: String) async throws {
    let listener = try await Listener()
    let text = await listener.exchange("GET /v1/health/live HTTP/1.1\r\n\(fields)\r\n" + Self.last)
    #expect(try statuses(text) == [400, 200])
  }

  @Test("the connection is kept alive across content and across HEAD")
  func contentKeepsTheConnectionAlive() async throws {
    let listener = try await Listener()
    let long = String(repeating: "x", count: 1 << 20)
    let text = await listener.exchange(
      "HEAD /v1/health/live" + Self.head + "\r\n"
        + "POST /v1/health/live" + Self.head + "Content-Length: \(long.utf8.count)\r\n\r\n" + long
        + "GET /v1/health/live" + Self.head + "Content-Length: 3\r\n\r\nabc"
        + "GET /v1/health/live" + Self.head
        + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
        + Self.last)
    #expect(try statuses(text, withoutContent: [0]) == [200, 405, 200, 200, 200])
  }

  @Test("endless content ends the connection")
  func endlessContentEndsTheConnection() async throws {
    let listener = try await Listener()
    let chunk = "4000\r\n" + String(repeating: "x", count: 0x4000) + "\r\n"
    let text = await listener.exchange(
      "GET /v1/health/live" + Self.head + "Transfer-Encoding: chunked\r\n\r\n"
        + String(repeating: chunk, count: 8))
    #expect(try statuses(text) == [413])
    #expect(text.contains("\r\nConnection: close\r\n"))
  }

  @Test("a shutdown closes idle connections at once, others after their response")
  func shutdownClosesConnections() async throws {
    let listener = try await Listener()
    let (books, connections) = (listener.server.books, listener.connections)
    books.lock(lookups: .max)
    let token = listener.server.forge.good(tenant: InProcessServer.tenant)
    let request =
      "GET /v1/accounts/2000/balance?currency=USD" + Self.head
      + "Authorization: Bearer \(token)\r\n\r\n" + Self.live
    let port = listener.port
    let (ofIdle, answered) = await listener.client { asking in
      let idle = RawConnection(port: port)
      asking.send(request)
      while connections.all.count < 2 || books.lockedLookups > .max - 2 { usleep(1_000) }
      for channel in connections.all {
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
      }
      // Each loop has taken the event before a lookup can succeed.
      for channel in connections.all { try? channel.eventLoop.submit {}.wait() }
      // It has no request, so it closes while the other waits.
      let ofIdle = idle.receiveAll()
      books.lock(lookups: 0)
      return (ofIdle, asking.receiveAll())
    }
    #expect(ofIdle.isEmpty)
    #expect(try statuses(answered) == [200])
    #expect(answered.contains("\r\nConnection: close\r\n"))
  }
}
