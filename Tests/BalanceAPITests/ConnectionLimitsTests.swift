import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import BalanceAPI

@Suite("Connection limits")
struct ConnectionLimitsTests {
  private func connection() async throws -> EmbeddedConnection {
    EmbeddedConnection(responder: try await InProcessServer().responder)
  }

  @Test("an idle connection is closed after a minute")
  func idleConnectionIsClosed() async throws {
    let connection = try await connection()
    connection.pass(seconds: 59)
    #expect(connection.channel.isActive)
    connection.pass(seconds: 1)
    #expect(!connection.channel.isActive)
    #expect(try connection.statuses().isEmpty)
  }

  @Test(
    "a request that takes longer than 15 seconds is refused, whenever it begins",
    arguments: [0, 1, 14, 15, 50])
  func slowRequestIsRefused(idleSeconds: Int64) async throws {
    let connection = try await connection()
    connection.pass(seconds: idleSeconds)
    try connection.receive("GET /v1/health/live HTTP/1.1\r\nHost: a\r\nContent-Length: 60\r\n\r\n")
    for _ in 0..<14 {
      connection.pass(seconds: 1)
      try connection.receive("x")
    }
    #expect(connection.channel.isActive)
    connection.pass(seconds: 1)
    #expect(try connection.statuses() == [408])
    connection.pass(seconds: 1)
    #expect(!connection.channel.isActive)
  }

  @Test("a head that takes longer than 15 seconds is refused", arguments: [0, 14, 50])
  func slowHeadIsRefused(idleSeconds: Int64) async throws {
    let connection = try await connection()
    connection.pass(seconds: idleSeconds)
    for letter in "GET /v1/health/" {
      try connection.receive(String(letter))
      connection.pass(seconds: 1)
    }
    #expect(try connection.statuses() == [408])
  }

  @Test("a connection with regular requests is kept alive")
  func regularRequestsKeepTheConnectionAlive() async throws {
    let connection = try await connection()
    for _ in 0..<10 {
      connection.pass(seconds: 40)
      try connection.receive("GET /v1/health/live HTTP/1.1\r\nHost: a\r\n")
      connection.pass(seconds: 10)
      try connection.receive("\r\n")
    }
    #expect(connection.channel.isActive)
    #expect(try connection.statuses() == Array(repeating: 200, count: 10))
  }

  @Test("input after the last response is dropped")
  func inputAfterTheLastResponseIsDropped() async throws {
    let connection = try await connection()
    try connection.receive(
      "GET /v1/health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /v1/health/live HTTP/1.1\r\n"
    )
    try connection.receive("nonsense")
    connection.pass(seconds: 1)
    #expect(!connection.channel.isActive)
    #expect(try connection.statuses() == [200])
  }

  @Test(
    "input that is not HTTP/1.1 is refused once",
    arguments: [
      ("nonsense\r\n\r\n", 400), ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
      ("GET / HTTP/1.1\r\nX: " + String(repeating: "y", count: 70_000), 431),
    ])
  func malformedInputIsRefused(text: String, status: Int) async throws {
    let connection = try await connection()
    try connection.receive(text)
    try connection.receive("more of it")
    #expect(try connection.statuses() == [status])
    connection.pass(seconds: 1)
    #expect(!connection.channel.isActive)
  }

  @Test("endless content of a refused request does not keep the connection")
  func endlessContentOfARefusedRequest() async throws {
    let connection = try await connection()
    try connection.receive(
      "POST /v1/health/live HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\n")
    for _ in 0..<59 {
      connection.pass(seconds: 1)
      try connection.receive("x")
    }
    #expect(connection.channel.isActive)
    connection.pass(seconds: 1)
    #expect(!connection.channel.isActive)
    #expect(try connection.statuses() == [405])
  }

  @Test(
    "malformed content of an answered request gets no second response")
  func malformedContentAfterTheResponse() async throws {
    let connection = try await connection()
    try connection.receive(
      "POST /v1/health/live HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n")
    #expect(try connection.statuses() == [405])
    connection.pass(seconds: 1)
    #expect(!connection.channel.isActive)
  }

  @Test("the refusal of a slow HEAD request has no body")
  func refusalOfHEADHasNoBody() async throws {
    let connection = try await connection()
    try connection.receive("HEAD /v1/health/live HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n")
    connection.pass(seconds: 15)
    let response = try #require(try connection.responses().first)
    #expect(response.hasPrefix("HTTP/1.1 408 ") && response.hasSuffix("\r\n\r\n"))
  }

  @Test("more than eight pipelined requests take several turns of the loop")
  func pipelinedRequestsTakeTurns() async throws {
    let connection = try await connection()
    let request = "GET /v1/health/live HTTP/1.1\r\nHost: a\r\n\r\n"
    try connection.receive(String(repeating: request, count: 20))
    #expect(try connection.statuses().count == 8)
    connection.channel.embeddedEventLoop.run()
    #expect(try connection.statuses().count == 12)
  }
}

/// A connection without a network, with a manual clock.
private struct EmbeddedConnection {
  let channel: EmbeddedChannel

  init(responder: APIResponder) {
    channel = EmbeddedChannel(
      handlers: ListenerChannel.handlers(HTTPConnectionHandler(responder: responder) { _ in }))
    if let address = try? SocketAddress(ipAddress: "127.0.0.1", port: 1) {
      channel.connect(to: address, promise: nil)
    }
  }

  func pass(seconds: Int64) { channel.embeddedEventLoop.advanceTime(by: .seconds(seconds)) }

  func receive(_ text: String) throws { try channel.writeInbound(ByteBuffer(string: text)) }

  func responses() throws -> [String] {
    var responses: [String] = []
    while let response = try channel.readOutbound(as: ByteBuffer.self) {
      if response.readableBytes > 0 { responses.append(String(buffer: response)) }
    }
    return responses
  }

  func statuses() throws -> [Int] {
    try responses().map { try #require(Int($0.dropFirst("HTTP/1.1 ".count).prefix(3))) }
  }
}
