import Synchronization
public import Workers

/// What the readers of all parts of a run share: cores, and memory that is used again.
public final class ReadingResources: Sendable {
  /// Where to ask for a core to inflate on.
  public let budget: CoreBudget
  private let chunks = Mutex<[InputChunk]>([])
  private let blocks = Mutex<[Block]>([])

  /// Resources for so many cores.
  public init(budget: CoreBudget) {
    self.budget = budget
  }

  func takeChunk() -> InputChunk { chunks.withLock { $0.popLast() } ?? InputChunk() }

  func giveBack(_ used: [InputChunk]) {
    if !used.isEmpty { chunks.withLock { $0 += used } }
  }

  func takeBlock() -> Block { blocks.withLock { $0.popLast() } ?? Block() }

  func giveBack(_ used: [Block]) {
    for block in used {
      giveBack(block.chunks)
      block.chunks = []
      block.count = 0
      block.isFileContent = false
    }
    blocks.withLock { $0 += used }
  }
}
