import Synchronization

/// The memory that all loan sorters of a run may use together, and the directory they spill to.
public final class LoanMemoryBudget: Sendable {
  /// Bytes reserved by all sorters of the run.
  private let reserved = Mutex(0)
  private let limit: Int
  /// The directory in which spill files are created.
  let spillDirectory: String

  /// Creates a budget.
  ///
  /// - Parameters:
  ///   - limit: bytes for all sorters together.
  ///   - spillDirectory: the directory in which to create spill files.
  public init(limit: Int = 64 << 20, spillDirectory: String) {
    self.limit = limit
    self.spillDirectory = spillDirectory
  }

  /// The most that one sorter may use, so that several fit.
  var sorterLimit: Int { limit / 4 }

  var isPastLimit: Bool { reserved.withLock { $0 } > limit }

  /// Reserves bytes.
  ///
  /// - Parameter isNeeded: whether to reserve them even past the limit.
  /// - Returns: whether they were reserved.
  func reserve(_ bytes: Int, isNeeded: Bool) -> Bool {
    reserved.withLock { reserved in
      guard isNeeded || reserved + bytes <= limit else { return false }
      reserved += bytes
      return true
    }
  }

  func release(_ bytes: Int) { reserved.withLock { $0 -= bytes } }
}
