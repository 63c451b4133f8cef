import NIOCore

/// The state of one HTTP/1.1 connection: takes events and returns the actions that follow.
///
/// It is a pure value. It has no socket, event loop, timer or clock: times are passed in, as durations since an
/// arbitrary start. `HTTPConnectionHandler` passes the events on and performs the actions.
///
/// Requests are answered one at a time, in order. Input that cannot be processed yet is queued, and nothing is read
/// meanwhile, so that every connection is bounded in CPU and memory.
struct HTTPConnectionState {
  /// Something that the client sent, in order of arrival.
  enum Input {
    /// A request's head. It is answered at once unless its content must arrive first.
    case head(ReceivedRequest, needsContent: Bool)
    /// A part of a request's content.
    case content(byteCount: Int)
    /// The end of a request.
    case end
    /// Bytes that are not HTTP/1.1, or a request beyond the decoder's limits.
    case malformed(Problem)
    /// The client has closed its sending side.
    case closed
  }

  /// What the handler must do.
  enum Action {
    /// The input was processed; there is nothing to do.
    case none
    /// The input waits until `next()` returns its action.
    case queued
    /// Start the request's task, and call `responseReady` with its outcome.
    case respond(ReceivedRequest)
    /// Send `100 Continue`.
    case sendContinue
    /// Send a problem as the last response, and close as for `close`.
    case refuse(Problem, isHead: Bool)
    /// Send everything written so far, close the sending side, and call `outputSent`.
    case close
    /// Close the connection now.
    case abort
  }

  /// What to do with a response.
  enum Delivery {
    case send
    /// Send it with `Connection: close`, and close as for `Action.close`.
    case sendAndClose
    /// The connection is closing: drop it.
    case discard
  }

  private enum Phase {
    case open
    /// The server is shutting down: the next response is the last.
    case stopping
    /// The last response was given: whatever arrives now is dropped.
    case closing
  }

  /// How far the current request is.
  private enum Progress {
    case idle
    /// Its first bytes have arrived.
    case receivingHead
    /// Its content is discarded up to its end.
    case receivingContent(ReceivedRequest)
    /// Its response is being made; `hasMore` if its end has not arrived yet.
    case responding(hasMore: Bool)
    /// It was answered before its end, which is discarded when it arrives.
    case responded
  }

  private var phase = Phase.open
  private var progress = Progress.idle
  private var queue = CircularBuffer<Input>(initialCapacity: 0)
  private var isWritable = true
  private var isReadDeferred = false
  private var responsesInTurn = 0
  private var isTurnScheduled = false
  private var deadline = Duration.zero

  /// Whether a response is being made.
  var isResponding: Bool {
    if case .responding = progress { true } else { false }
  }

  /// Whether the last response was given, so that arriving bytes need not be decoded.
  var isClosing: Bool { phase == .closing }

  /// Whether queued input can be processed now.
  var canContinue: Bool { !queue.isEmpty && isReady }

  /// Whether any input is queued.
  var hasQueuedInput: Bool { !queue.isEmpty }

  private var isReady: Bool {
    !isResponding && isWritable && responsesInTurn < ConnectionLimits.responsesPerTurn
  }

  // MARK: Input

  /// The connection is established.
  mutating func opened(at now: Duration) { deadline = now + ConnectionLimits.idle }

  /// Whether the next byte is the first of a request, so that `firstByteReceived` must be called.
  var awaitsFirstByte: Bool {
    if case .idle = progress { queue.isEmpty } else { false }
  }

  /// The first byte of a request has arrived: the whole request must follow in time.
  mutating func firstByteReceived(at now: Duration) {
    guard awaitsFirstByte else { return }
    progress = .receivingHead
    deadline = now + ConnectionLimits.request
  }

  /// Processes input, or queues it behind what waits already.
  ///
  /// - Parameter isPerforming: whether the input arrived while an action is performed; it is then queued.
  mutating func receive(_ input: Input, isPerforming: Bool = false) -> Action {
    guard phase != .closing else { return .none }
    if queue.isEmpty, isReady, !isPerforming { return process(input) }
    queue.append(input)
    // Nothing is read while input waits; what still arrives was in the system's buffer.
    return queue.count > ConnectionLimits.queuedInputsMax ? .abort : .queued
  }

  /// The action of the next queued input; `nil` if there is none, or it has to wait.
  mutating func next() -> Action? {
    guard isReady, let input = queue.popFirst() else { return nil }
    return process(input)
  }

  private mutating func process(_ input: Input) -> Action {
    switch input {
    case .head(let request, needsContent: false): return respond(request, hasMore: true)
    case .head(let request, needsContent: true):
      progress = .receivingContent(request)
      return request.awaitsContinue ? .sendContinue : .none
    case .content(let byteCount):
      guard case .receivingContent(var request) = progress else { return .none }
      request.contentBytes += byteCount
      guard !RequestLimits.isTooLarge(request) else { return respond(request, hasMore: true) }
      progress = .receivingContent(request)
      return .none
    case .end:
      if case .receivingContent(let request) = progress { return respond(request, hasMore: false) }
      progress = .idle
      return .none
    case .malformed(let problem): return refuse(problem)
    case .closed: return close()
    }
  }

  // MARK: Responses

  private mutating func respond(_ request: ReceivedRequest, hasMore: Bool) -> Action {
    progress = .responding(hasMore: hasMore)
    return .respond(request)
  }

  /// The response was not ready at once: it must be ready in time.
  mutating func responsePending(at now: Duration) { deadline = now + ConnectionLimits.response }

  /// The response to the current request is ready.
  ///
  /// - Parameter closes: whether the request or the response ends the connection.
  mutating func responseReady(closes: Bool, at now: Duration) -> Delivery {
    if case .responding(let hasMore) = progress { progress = hasMore ? .responded : .idle }
    guard phase != .closing else { return .discard }
    responsesInTurn += 1
    deadline = now + ConnectionLimits.idle
    guard closes || phase == .stopping else { return .send }
    beginClosing()
    return .sendAndClose
  }

  private mutating func refuse(_ problem: Problem) -> Action {
    defer { beginClosing() }
    switch progress {
    case .receivingContent(let request): return .refuse(problem, isHead: request.isHead)
    // It has its response: the client would take another for the next request's.
    case .responding, .responded: return .close
    case .idle, .receivingHead: return .refuse(problem, isHead: false)
    }
  }

  // MARK: Reading and turns

  /// The channel's write buffer has filled up, or has room again.
  mutating func writabilityChanged(_ isWritable: Bool) { self.isWritable = isWritable }

  /// Whether to read now. If not, `resumesReading` returns `true` once.
  mutating func readsNow() -> Bool {
    isReadDeferred = phase != .closing && (isResponding || !queue.isEmpty || !isWritable)
    return !isReadDeferred
  }

  /// Whether a deferred read can be made now.
  mutating func resumesReading() -> Bool { isReadDeferred && readsNow() }

  /// Everything that was read together has been received.
  mutating func readCompleted() { responsesInTurn = 0 }

  /// Whether to schedule a turn for the rest of the queue, after other connections have had theirs.
  mutating func schedulesTurn() -> Bool {
    guard !queue.isEmpty, !isResponding, !isTurnScheduled,
      responsesInTurn >= ConnectionLimits.responsesPerTurn
    else { return false }
    isTurnScheduled = true
    return true
  }

  /// The scheduled turn begins.
  mutating func turnBegan() { (isTurnScheduled, responsesInTurn) = (false, 0) }

  // MARK: Closing

  /// When to call `timerFired`: at the latest when a request that begins now must have arrived, so that the
  /// timer need not be moved for each request.
  func timerDeadline(at now: Duration) -> Duration { min(deadline, now + ConnectionLimits.request) }

  /// The timer has fired.
  mutating func timerFired(at now: Duration) -> Action {
    guard now >= deadline else { return .none }
    switch progress {
    case .receivingHead, .receivingContent:
      return refuse(Problem(.requestTimeout, "The request did not arrive in time."))
    case .idle, .responding, .responded: return .abort
    }
  }

  /// The server shuts down: closes an idle connection now, and any other after its next response.
  mutating func stop() -> Action {
    guard phase != .closing else { return .none }
    phase = .stopping
    switch progress {
    case .idle where queue.isEmpty, .responded where queue.isEmpty: return close()
    default: return .none
    }
  }

  private mutating func close() -> Action {
    beginClosing()
    return .close
  }

  private mutating func beginClosing() {
    (phase, progress) = (.closing, .idle)
    queue.removeAll()
  }

  /// The connection begins to close: what was written must be sent in time.
  mutating func closingBegan(at now: Duration) { deadline = now + ConnectionLimits.idle }

  /// Everything was sent: the client has a moment to read it.
  mutating func outputSent(at now: Duration) { deadline = now + ConnectionLimits.linger }

  /// The connection has ended.
  mutating func closed() { beginClosing() }
}
