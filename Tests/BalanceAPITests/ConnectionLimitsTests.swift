import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import BalanceAPI

@Suite("A connection is not held")
struct ConnectionLimitsTests {
  private func connection() async throws -> EmbeddedConnection {
    EmbeddedConnection(responder: try await InProcessServer().responder)
  }

  @Test("by one who sends nothing for a minute")
  func idle() async throws {
    let connection = try await connection()
    connection.pass(seconds: 59)
    #expect(connection.channel.isActive)
    connection.pass(seconds: 1)
    #expect(!connection.channel.isActive)
    #expect(try connection.statuses().isEmpty)
  }

  @Test(
    "by one whose request never ends, whenever it begins: it is told so",
    arguments: [0, 1, 14, 15, 50])
  func slow(idleSeconds: Int64) async throws {
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

  @Test("by one whose head never ends", arguments: [0, 14, 50])
  func slowHead(idleSeconds: Int64) async throws {
    let connection = try await connection()
    connection.pass(seconds: idleSeconds)
    for letter in "GET /v1/health/" {
      try connection.receive(String(letter))
      connection.pass(seconds: 1)
    }
    #expect(try connection.statuses() == [408])
  }

  @Test("but kept for one who goes on asking")
  func asking() async throws {
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

  @Test("after an answer that ends it; what follows is not read")
  func closing() async throws {
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
    "by one who does not speak HTTP",
    arguments: [
      ("nonsense\r\n\r\n", 400), ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nX: " + String(repeating: "y", count: 70_000), 431),
    ])
  func noHTTP(text: String, status: Int) async throws {
    let connection = try await connection()
    try connection.receive(text)
    try connection.receive("more of it")
    #expect(try connection.statuses() == [status])
    connection.pass(seconds: 1)
    #expect(!connection.channel.isActive)
  }

  @Test("by the content of a request that was refused, though it comes and comes")
  func endlessContent() async throws {
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
    "nor is a request that was answered already answered again, if what follows of it is no HTTP")
  func brokenContent() async throws {
    let connection = try await connection()
    try connection.receive(
      "POST /v1/health/live HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n")
    #expect(try connection.statuses() == [405])
    connection.pass(seconds: 1)
    #expect(!connection.channel.isActive)
  }

  @Test("with HEAD, whose refusal has no content either")
  func slowHEAD() async throws {
    let connection = try await connection()
    try connection.receive("HEAD /v1/health/live HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n")
    connection.pass(seconds: 15)
    let answer = try #require(try connection.answers().first)
    #expect(answer.hasPrefix("HTTP/1.1 408 ") && answer.hasSuffix("\r\n\r\n"))
  }

  @Test("more than are answered in a turn leave the loop to others in between")
  func turns() async throws {
    let connection = try await connection()
    let request = "GET /v1/health/live HTTP/1.1\r\nHost: a\r\n\r\n"
    try connection.receive(String(repeating: request, count: 20))
    #expect(try connection.statuses().count == 8)
    connection.channel.embeddedEventLoop.run()
    #expect(try connection.statuses().count == 12)
  }
}

/// A connection without a network, whose clock is moved by hand.
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

  func answers() throws -> [String] {
    var answers: [String] = []
    while let answer = try channel.readOutbound(as: ByteBuffer.self) {
      if answer.readableBytes > 0 { answers.append(String(buffer: answer)) }
    }
    return answers
  }

  func statuses() throws -> [Int] {
    try answers().map { try #require(Int($0.dropFirst("HTTP/1.1 ".count).prefix(3))) }
  }
}
