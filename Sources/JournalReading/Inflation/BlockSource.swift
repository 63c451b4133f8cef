import Workers

/// Supplies a part's blocks in order, inflated by a separate thread if a core is free.
///
/// It begins inline, because a small part ends before a thread would have started. Before each further
/// block it tries to take a core from the budget. Once it has one, inflating runs a few blocks ahead
/// of reading.
final class BlockSource<Source: Inflater & ~Copyable>: @unchecked Sendable {
  private static var blocksAhead: Int { 6 }
  /// The size on disk, in bytes, from which a part is worth a thread.
  private static var runAheadBytesMin: Int { 2 << 20 }

  private struct Exchange {
    var filled: [Block] = []
    var free: [Block] = []
    var isCancelled = false
    var error: ReadingError?
    var hasEnded = false
  }

  // Used by one thread at a time: the reader's, and from `runAhead` on the inflating one's.
  private var inflater: Source
  private let resources: ReadingResources
  private let exchange = Monitor(Exchange())
  private var thread: WorkerThread?
  private var blocks: [Block]
  private var isAtEnd = false

  init(_ inflater: consuming Source, resources: ReadingResources) {
    self.inflater = inflater
    self.resources = resources
    blocks = [resources.takeBlock()]
  }

  /// The next block; `nil` after the last. The caller must give it back before requesting another.
  func next() throws(ReadingError) -> Block? {
    if thread != nil { return try nextFilled() }
    guard !isAtEnd else { return nil }
    let block = blocks[0]
    try inflater.inflate(into: block)
    isAtEnd = block.count < Block.capacity
    return block.count > 0 || !block.chunks.isEmpty ? block : nil
  }

  /// Returns a block for reuse.
  func giveBack(_ block: Block) {
    if thread != nil {
      exchange.change { $0.free.append(block) }
    } else if !isAtEnd && inflater.fileSize >= Self.runAheadBytesMin
      && resources.budget.tryAcquire()
    {
      runAhead()
    }
  }

  /// Stops inflating, and waits until it has stopped.
  func stop() {
    isAtEnd = true
    if let thread {
      exchange.change { $0.isCancelled = true }
      thread.join()
      self.thread = nil
      resources.budget.release()
    }
    resources.giveBack(blocks)
    blocks = []
  }

  private func nextFilled() throws(ReadingError) -> Block? {
    let result: Result<Block?, ReadingError> = exchange.wait { exchange in
      if !exchange.filled.isEmpty { return .success(exchange.filled.removeFirst()) }
      if let error = exchange.error { return .failure(error) }
      return exchange.hasEnded ? .success(nil) : nil
    }
    return try result.get()
  }

  private func runAhead() {
    let more = (1..<Self.blocksAhead).map { _ in resources.takeBlock() }
    let free = blocks + more
    exchange.change { $0.free = free }
    thread = WorkerThread { [self] in fillBlocks() }
    if thread == nil {
      resources.giveBack(more)
      resources.budget.release()
    } else {
      blocks = free
    }
  }

  private func fillBlocks() {
    while true {
      let free: Block?? = exchange.wait { (exchange: inout Exchange) -> Block?? in
        if exchange.isCancelled { return .some(nil) }
        return exchange.free.popLast().map { .some($0) }
      }
      guard case .some(.some(let block)) = free else { return }
      do {
        try inflater.inflate(into: block)
      } catch {
        exchange.change { $0.error = error }
        return
      }
      let isLast = block.count < Block.capacity
      exchange.change { exchange in
        exchange.filled.append(block)
        exchange.hasEnded = isLast
      }
      if isLast { return }
    }
  }
}
