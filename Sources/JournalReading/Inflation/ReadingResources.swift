import Synchronization
public import Workers

/// What all readers of a run share: cores and reusable memory.
public final class ReadingResources: Sendable {
  /// The cores available for inflating.
  public let budget: CoreBudget
  private let chunks = Mutex<[InputChunk]>([])
  private let blocks = Mutex<[Block]>([])

  /// Resources with that budget.
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
