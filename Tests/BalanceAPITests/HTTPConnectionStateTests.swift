import NIOHTTP1
import Testing

@testable import BalanceAPI

@Suite("The state of an HTTP connection")
struct HTTPConnectionStateTests {
  private var state = HTTPConnectionState()

  init() { state.opened(at: .zero) }

  /// A request's head; only its values matter, no channel is involved.
  private func request(
    _ method: HTTPMethod = .GET, version: HTTPVersion = .http1_1, fields: HTTPHeaders = [:],
    number: Int = 0
  ) -> ReceivedRequest {
    ReceivedRequest(
      head: HTTPRequestHead(version: version, method: method, uri: "/\(number)", headers: fields))
  }

  /// Receives a whole request without content, and describes the first action.
  private mutating func receive(_ request: ReceivedRequest) -> String {
    let action = state.receive(.head(request, needsContent: false))
    let atEnd = state.receive(.end)
    #expect(["none", "queued"].contains(text(atEnd)))
    return text(action)
  }

  private func text(_ action: HTTPConnectionState.Action?) -> String {
    switch action {
    case nil: "nil"
    case .none?: "none"
    case .queued?: "queued"
    case .respond(let request)?: "respond \(request.head.method) \(request.head.uri)"
    case .sendContinue?: "100"
    case .refuse(let problem, let isHead)?: "refuse \(problem.code) \(isHead)"
    case .close?: "close"
    case .abort?: "abort"
    }
  }

  private mutating func deliver(closes: Bool = false, at now: Duration = .seconds(1))
    -> HTTPConnectionState.Delivery
  {
    state.responseReady(closes: closes, at: now)
  }

  @Test("a request without content is answered when its head has arrived")
  mutating func headIsAnsweredAtOnce() {
    #expect(text(state.receive(.head(request(), needsContent: false))) == "respond GET /0")
    #expect(state.isResponding)
    #expect(deliver() == .send)
    #expect(text(state.receive(.end)) == "none")
    #expect(state.awaitsFirstByte)
  }

  @Test("a request with content is answered when its end has arrived")
  mutating func contentIsAwaited() {
    #expect(text(state.receive(.head(request(.POST), needsContent: true))) == "none")
    #expect(text(state.receive(.content(byteCount: 65_536))) == "none")
    #expect(text(state.receive(.end)) == "respond POST /0")
    #expect(deliver() == .send)
    #expect(state.awaitsFirstByte)
  }

  @Test("content beyond 64 KiB is answered at once, before its end")
  mutating func bodyLimit() {
    #expect(text(state.receive(.head(request(), needsContent: true))) == "none")
    #expect(text(state.receive(.content(byteCount: 65_536))) == "none")
    #expect(text(state.receive(.content(byteCount: 1))) == "respond GET /0")
    #expect(deliver(closes: true) == .sendAndClose)
    #expect(text(state.receive(.content(byteCount: 1))) == "none")
    #expect(state.isClosing)
  }

  @Test("a head beyond the decoder's limit is refused, and the connection closes")
  mutating func headLimit() {
    state.firstByteReceived(at: .zero)
    let action = state.receive(.malformed(Problem(.headersTooLarge, "Too large.")))
    #expect(text(action) == "refuse headersTooLarge false")
    #expect(state.isClosing)
    #expect(text(state.receive(.head(request(), needsContent: false))) == "none")
  }

  @Test("eight pipelined requests are answered in a turn; the ninth waits for the next turn")
  mutating func pipeliningOfEight() {
    for number in 1...8 {
      #expect(receive(request(number: number)) == "respond GET /\(number)")
      #expect(deliver() == .send)
      while state.next() != nil {}
    }
    #expect(receive(request(number: 9)) == "queued")
    #expect(state.next() == nil)
    #expect(state.readsNow() == false)
    #expect(state.schedulesTurn() == true)
    #expect(state.schedulesTurn() == false, "one turn is enough")
    state.turnBegan()
    #expect(text(state.next()) == "none", "the end of the eighth request")
    #expect(text(state.next()) == "respond GET /9")
    #expect(deliver() == .send)
    #expect(text(state.next()) == "none", "the end of the ninth request")
    #expect(state.next() == nil)
    #expect(state.resumesReading() == true)
    #expect(state.resumesReading() == false, "one read is enough")
  }

  @Test("requests that arrive while another waits are answered after it, in order")
  mutating func responsesKeepTheOrderOfRequests() {
    #expect(text(state.receive(.head(request(number: 1), needsContent: false))) == "respond GET /1")
    state.responsePending(at: .zero)
    for input: HTTPConnectionState.Input in [
      .end, .head(request(number: 2), needsContent: false), .end,
    ] {
      #expect(text(state.receive(input)) == "queued")
    }
    #expect(state.next() == nil)
    #expect(state.readsNow() == false)
    #expect(deliver() == .send)
    #expect(text(state.next()) == "none")
    #expect(text(state.next()) == "respond GET /2")
  }

  @Test("input that arrives while an action is performed is queued")
  mutating func inputDuringAnActionIsQueued() {
    let action = state.receive(.head(request(), needsContent: false), isPerforming: true)
    #expect(text(action) == "queued")
    #expect(state.canContinue)
    #expect(text(state.next()) == "respond GET /0")
  }

  @Test("more queued input than the system's buffer can hold aborts the connection")
  mutating func queueIsBounded() {
    _ = state.receive(.head(request(), needsContent: false))
    for _ in 0..<ConnectionLimits.queuedInputsMax {
      guard case .queued = state.receive(.content(byteCount: 1)) else {
        Issue.record("the queue is full too early")
        return
      }
    }
    #expect(text(state.receive(.content(byteCount: 1))) == "abort")
  }

  @Test(
    "the connection ends with a request that asks for it, with HTTP/1.0 and with an upgrade",
    arguments: [
      (HTTPVersion.http1_1, [:], false), (.http1_1, ["Connection": "close"], true),
      (.http1_0, [:], true), (.http1_0, ["Connection": "keep-alive"], true),
      (.http1_1, ["Connection": "Upgrade", "Upgrade": "h2c"], true),
    ] as [(HTTPVersion, HTTPHeaders, Bool)])
  mutating func keepAlive(version: HTTPVersion, fields: HTTPHeaders, closes: Bool) {
    let request = request(version: version, fields: fields)
    #expect(request.endsConnection == closes)
    #expect(receive(request) == "respond GET /0")
    #expect(deliver(closes: request.endsConnection) == (closes ? .sendAndClose : .send))
    #expect(state.isClosing == closes)
    #expect(!state.hasQueuedInput || !closes, "what follows the last request is dropped")
  }

  @Test("a client that expects it is told to continue")
  mutating func expectContinue() {
    let request = request(fields: ["Expect": "100-Continue", "Content-Length": "3"])
    #expect(text(state.receive(.head(request, needsContent: true))) == "100")
    #expect(text(state.receive(.content(byteCount: 3))) == "none")
    #expect(text(state.receive(.end)) == "respond GET /0")
  }

  @Test("an idle connection is aborted after a minute")
  mutating func idleTimeout() {
    #expect(state.timerDeadline(at: .zero) == .seconds(15))
    #expect(state.timerDeadline(at: .seconds(50)) == .seconds(60))
    #expect(text(state.timerFired(at: .seconds(59))) == "none")
    #expect(text(state.timerFired(at: .seconds(60))) == "abort")
  }

  @Test("a request must arrive within 15 seconds of its first byte, however it trickles in")
  mutating func firstByteTimeout() {
    state.firstByteReceived(at: .seconds(40))
    state.firstByteReceived(at: .seconds(54))
    #expect(text(state.timerFired(at: .seconds(54))) == "none")
    #expect(text(state.timerFired(at: .seconds(55))) == "refuse requestTimeout false")
    state.closingBegan(at: .seconds(55))
    state.outputSent(at: .seconds(56))
    #expect(text(state.timerFired(at: .seconds(56))) == "none")
    #expect(text(state.timerFired(at: .seconds(57))) == "abort")
  }

  @Test("the refusal of a HEAD request has no body")
  mutating func refusalOfHEAD() {
    state.firstByteReceived(at: .zero)
    _ = state.receive(.head(request(.HEAD), needsContent: true))
    #expect(text(state.timerFired(at: .seconds(15))) == "refuse requestTimeout true")
  }

  @Test("a response that does not come in 30 seconds aborts the connection")
  mutating func responseTimeout() {
    _ = state.receive(.head(request(), needsContent: false))
    state.responsePending(at: .seconds(2))
    #expect(text(state.timerFired(at: .seconds(31))) == "none")
    #expect(text(state.timerFired(at: .seconds(32))) == "abort")
  }

  @Test("a client that does not read its responses is not read from")
  mutating func slowReader() {
    #expect(receive(request(number: 1)) == "respond GET /1")
    state.writabilityChanged(false)
    #expect(deliver() == .send)
    #expect(receive(request(number: 2)) == "queued")
    #expect(state.next() == nil)
    #expect(state.readsNow() == false)
    #expect(state.resumesReading() == false)
    state.writabilityChanged(true)
    #expect(text(state.next()) == "none")
    #expect(text(state.next()) == "respond GET /2")
    #expect(deliver() == .send)
    #expect(text(state.next()) == "none")
    #expect(state.resumesReading() == true)
  }

  @Test("a client that has closed its sending side gets every response first")
  mutating func halfClose() {
    _ = state.receive(.head(request(), needsContent: false))
    #expect(text(state.receive(.end)) == "queued")
    #expect(text(state.receive(.closed)) == "queued")
    #expect(deliver() == .send)
    #expect(text(state.next()) == "none")
    #expect(text(state.next()) == "close")
    #expect(state.isClosing)
  }

  @Test("malformed input is refused after the response that is being made")
  mutating func malformedInputWhileResponding() {
    _ = state.receive(.head(request(), needsContent: false))
    #expect(text(state.receive(.end)) == "queued")
    #expect(text(state.receive(.malformed(Problem(.badRequest, "Invalid.")))) == "queued")
    #expect(deliver() == .send)
    #expect(text(state.next()) == "none")
    #expect(text(state.next()) == "refuse badRequest false")
  }

  @Test("malformed content of a request that was answered already gets no second response")
  mutating func malformedContentAfterTheResponse() {
    _ = state.receive(.head(request(), needsContent: false))
    #expect(deliver() == .send)
    #expect(text(state.receive(.malformed(Problem(.badRequest, "Invalid.")))) == "close")
  }

  @Test("a shutdown closes an idle connection now")
  mutating func shutdownWhenIdle() {
    #expect(text(state.stop()) == "close")
    #expect(text(state.stop()) == "none")
  }

  @Test("a shutdown lets the current request be answered, and drops what follows it")
  mutating func shutdownWhileResponding() {
    _ = state.receive(.head(request(), needsContent: false))
    #expect(text(state.receive(.end)) == "queued")
    #expect(text(state.receive(.head(request(number: 1), needsContent: false))) == "queued")
    #expect(text(state.stop()) == "none")
    #expect(deliver() == .sendAndClose)
    #expect(state.next() == nil)
  }

  @Test("a shutdown lets a request that has begun arrive")
  mutating func shutdownWhileReceiving() {
    state.firstByteReceived(at: .zero)
    #expect(text(state.stop()) == "none")
    #expect(receive(request()) == "respond GET /0")
    #expect(deliver() == .sendAndClose)
  }

  @Test("a response that comes after the end of the connection is discarded")
  mutating func responseAfterTheEnd() {
    _ = state.receive(.head(request(), needsContent: false))
    state.closed()
    #expect(deliver() == .discard)
    #expect(text(state.receive(.end)) == "none")
  }
}
