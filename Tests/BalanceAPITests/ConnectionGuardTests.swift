import NIOCore
import NIOEmbedded
import NIOHTTP1
import TestSupport
import Testing

@testable import BalanceAPI

@Suite("A connection is not held")
struct ConnectionGuardTests {
  private let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/v1/health/live")

  private func channel() throws -> EmbeddedChannel {
    var generator = SeededNumbers(seed: 1)
    let handler = ConnectionGuard(
      traces: TraceSource(using: &generator), dates: DateField(now: { 0 })
    ) { _ in }
    let channel = EmbeddedChannel(handler: handler)
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    return channel
  }

  /// The statuses that were answered.
  private func statuses(_ channel: EmbeddedChannel) throws -> [Int] {
    var statuses: [Int] = []
    while let answer = try channel.readOutbound(as: ByteBuffer.self) {
      let line = try #require(String(buffer: answer).split(separator: "\r\n").first)
      statuses.append(try #require(Int(line.dropFirst("HTTP/1.1 ".count).prefix(3))))
    }
    return statuses
  }

  private func answer(_ channel: EmbeddedChannel, endingConnection: Bool = false) throws {
    var answer = Answer()
    if endingConnection { answer.add(.connection, "close") }
    try channel.writeOutbound(
      SerialisedAnswer(answer, sendsBody: true, allocator: channel.allocator))
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

  @Test(
    "by one whose request never ends, whenever it begins: it is told so",
    arguments: [0, 1, 14, 15, 50])
  func slow(idleSeconds: Int64) throws {
    let channel = try channel()
    channel.embeddedEventLoop.advanceTime(by: .seconds(idleSeconds))
    try channel.writeInbound(HTTPServerRequestPart.head(head))
    for _ in 0..<14 {
      channel.embeddedEventLoop.advanceTime(by: .seconds(1))
      try channel.writeInbound(HTTPServerRequestPart.body(ByteBuffer(bytes: [1])))
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
      try channel.writeInbound(HTTPServerRequestPart.head(head))
      try channel.writeInbound(HTTPServerRequestPart.end(nil))
      channel.embeddedEventLoop.advanceTime(by: .seconds(10))
      try answer(channel)
    }
    #expect(channel.isActive)
    #expect(try statuses(channel).count == 10)
  }

  @Test("after an answer that ends it")
  func closing() throws {
    let channel = try channel()
    try channel.writeInbound(HTTPServerRequestPart.head(head))
    try answer(channel, endingConnection: true)
    try channel.writeInbound(HTTPServerRequestPart.head(head))
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

  @Test("and one who was refused gets no other answer, though it was on its way")
  func late() throws {
    let channel = try channel()
    try channel.writeInbound(HTTPServerRequestPart.head(head))
    channel.embeddedEventLoop.advanceTime(by: .seconds(15))
    #expect(throws: ChannelError.self) { try answer(channel) }
    #expect(try statuses(channel) == [408])
    channel.embeddedEventLoop.advanceTime(by: .seconds(1))
    #expect(!channel.isActive)
  }
}
