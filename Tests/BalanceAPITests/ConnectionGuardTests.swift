import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import TestSupport
import Testing

@testable import BalanceAPI

@Suite("A connection is not held")
struct ConnectionGuardTests {
  private let head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/v1/health/live")

  private func channel() throws -> EmbeddedChannel {
    var generator = SeededNumbers(seed: 1)
    let handler = ConnectionGuard(traces: TraceSource(using: &generator)) { _ in }
    let channel = EmbeddedChannel(handler: handler)
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    return channel
  }

  /// The statuses that were answered.
  private func statuses(_ channel: EmbeddedChannel) throws -> [Int] {
    var statuses: [Int] = []
    while let part = try channel.readOutbound(as: HTTPResponsePart.self) {
      if case .head(let head) = part { statuses.append(head.status.code) }
    }
    return statuses
  }

  private func answer(_ channel: EmbeddedChannel, _ fields: HTTPFields = [:]) throws {
    try channel.writeOutbound(
      HTTPResponsePart.head(HTTPResponse(status: .ok, headerFields: fields)))
    try channel.writeOutbound(HTTPResponsePart.end(nil))
  }

  @Test("by one who sends nothing for a minute")
  func idle() throws {
    let channel = try channel()
    channel.embeddedEventLoop.advanceTime(by: .seconds(59))
    #expect(channel.isActive)
    channel.embeddedEventLoop.advanceTime(by: .seconds(1))
    #expect(!channel.isActive)
    #expect(try statuses(channel).isEmpty)
  }

  @Test("by one whose request never ends: it is told so")
  func slow() throws {
    let channel = try channel()
    channel.embeddedEventLoop.advanceTime(by: .seconds(50))
    try channel.writeInbound(HTTPRequestPart.head(head))
    for _ in 0..<14 {
      channel.embeddedEventLoop.advanceTime(by: .seconds(1))
      try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(bytes: [1])))
    }
    #expect(channel.isActive)
    channel.embeddedEventLoop.advanceTime(by: .seconds(1))
    #expect(try statuses(channel) == [408])
    channel.embeddedEventLoop.advanceTime(by: .seconds(1))
    #expect(!channel.isActive)
  }

  @Test("but kept for one who goes on asking")
  func asking() throws {
    let channel = try channel()
    for _ in 0..<10 {
      channel.embeddedEventLoop.advanceTime(by: .seconds(40))
      try channel.writeInbound(HTTPRequestPart.head(head))
      try channel.writeInbound(HTTPRequestPart.end(nil))
      channel.embeddedEventLoop.advanceTime(by: .seconds(10))
      try answer(channel)
    }
    #expect(channel.isActive)
    #expect(try statuses(channel).count == 10)
  }

  @Test("after an answer that ends it")
  func closing() throws {
    let channel = try channel()
    try channel.writeInbound(HTTPRequestPart.head(head))
    try answer(channel, [.connection: "close"])
    try channel.writeInbound(HTTPRequestPart.head(head))
    channel.embeddedEventLoop.advanceTime(by: .seconds(1))
    #expect(!channel.isActive)
    #expect(try statuses(channel) == [200])
  }

  @Test(
    "by one who does not speak HTTP",
    arguments: [(HTTPParserError.headerOverflow, 431), (.invalidMethod, 400), (.invalidURL, 400)])
  func noHTTP(error: HTTPParserError, status: Int) throws {
    let channel = try channel()
    channel.pipeline.fireErrorCaught(error)
    #expect(try statuses(channel) == [status])
    channel.embeddedEventLoop.advanceTime(by: .seconds(1))
    #expect(!channel.isActive)
  }

  @Test("and an answer that has begun is not answered again")
  func begun() throws {
    let channel = try channel()
    try channel.writeInbound(HTTPRequestPart.head(head))
    try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
    channel.pipeline.fireErrorCaught(HTTPParserError.invalidMethod)
    #expect(!channel.isActive)
    #expect(try statuses(channel) == [200])
  }
}
