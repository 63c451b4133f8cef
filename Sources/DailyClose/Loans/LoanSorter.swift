/// Sorts the amounts of loans in bounded memory, however many there are.
///
/// What does not fit is sorted and spilled as a run to an unnamed file;
/// `LoanMerge` merges the runs.
public final class LoanSorter {
  /// A range of sorted amounts in the file.
  struct Run {
    let offset: Int
    let count: Int
  }

  private static let rowBytes = MemoryLayout<LoanAmount>.stride
  /// A sorter may always hold this many amounts, however much memory the others take, so that no run
  /// is tiny.
  private static let neededRows = 52_000

  private let memory: LoanMemoryBudget
  private(set) var rows: [LoanAmount] = []
  private var capacity = 0
  private(set) var runs: [Run] = []
  private(set) var file: SpillFile?
  private(set) var spillError: SpillError?

  /// A sorter that has seen no amount.
  public init(memory: LoanMemoryBudget) {
    self.memory = memory
  }

  deinit { memory.release(capacity * Self.rowBytes) }

  /// How many runs are in the file.
  public var runCount: Int { runs.count }

  /// Adds an amount. A failure to spill is reported when the amounts are read.
  @inline(__always)
  public func add(_ amount: LoanAmount) {
    if rows.count == capacity { makeRoom() }
    rows.append(amount)
  }

  /// Releases memory that others need. Call it when few or no more amounts will be added.
  public func spillIfNeeded() {
    guard memory.isPastLimit, rows.count > 1024 else { return }
    spill()
    memory.release(capacity * Self.rowBytes)
    capacity = 0
    rows = []
  }

  /// Sorts the amounts in memory.
  func sort() { rows.sort(by: LoanAmount.precedes) }

  @inline(never)
  private func makeRoom() {
    let wanted = max(256, capacity * 2)
    let isNeeded = wanted <= Self.neededRows
    let isAllowed = isNeeded || wanted * Self.rowBytes <= memory.sorterLimit
    if isAllowed, memory.reserve((wanted - capacity) * Self.rowBytes, isNeeded: isNeeded) {
      capacity = wanted
      rows.reserveCapacity(capacity)
    } else {
      spill()
    }
  }

  private func spill() {
    sort()
    do throws(SpillError) {
      if file == nil && spillError == nil {
        file = try SpillFile(directory: memory.spillDirectory)
      }
      if let file, spillError == nil { try spill(in: file) }
    } catch {
      spillError = error
    }
    rows.removeAll(keepingCapacity: true)
  }

  private func spill(in file: SpillFile) throws(SpillError) {
    var outcome: Result<Int, SpillError> = .success(0)
    rows.withUnsafeBytes { bytes in
      outcome = Result { () throws(SpillError) in try file.append(bytes) }
    }
    runs.append(Run(offset: try outcome.get(), count: rows.count))
  }
}
