public import LedgerDomain

/// Merges the amounts of several sorters in order.
public final class LoanMerge {
  private static let bufferBytes = 32 << 20
  private static let bufferRows = 100...16_384

  /// One run, or what a sorter has in memory.
  private struct Source {
    let sorter: LoanSorter
    /// The rest of the run in the file; `nil` for what is in memory.
    var run: LoanSorter.Run?
    var buffer: [LoanAmount] = []
    var position = 0
    var current: LoanAmount

    /// Advances to the next amount; returns `false` at the end.
    mutating func advance(bufferRows: Int) throws(SpillError) -> Bool {
      if run == nil {
        guard position < sorter.rows.count else { return false }
        current = sorter.rows[position]
        position += 1
        return true
      }
      if position == buffer.count { try refill(bufferRows) }
      guard position < buffer.count else { return false }
      current = buffer[position]
      position += 1
      return true
    }

    private mutating func refill(_ bufferRows: Int) throws(SpillError) {
      position = 0
      guard let rest = run, let file = sorter.file, rest.count > 0 else {
        buffer = []
        return
      }
      let count = min(bufferRows, rest.count)
      if buffer.count != count { buffer = [LoanAmount](repeating: current, count: count) }
      var outcome: Result<Void, SpillError> = .success(())
      buffer.withUnsafeMutableBytes { bytes in
        outcome = Result { () throws(SpillError) in try file.read(into: bytes, at: rest.offset) }
      }
      try outcome.get()
      run = LoanSorter.Run(
        offset: rest.offset + count * MemoryLayout<LoanAmount>.stride, count: rest.count - count)
    }
  }

  /// The sources that have an amount, as a heap: none precedes its parent.
  private var heap: [Source] = []
  private let bufferRows: Int

  /// Merges sorters to which nothing more will be added.
  ///
  /// - Throws: `SpillError` if amounts could not be spilled or read back.
  public init(_ sorters: [LoanSorter]) throws(SpillError) {
    let runCount = sorters.reduce(0) { $0 + $1.runs.count }
    let share = Self.bufferBytes / MemoryLayout<LoanAmount>.stride / max(1, runCount)
    bufferRows = min(max(share, Self.bufferRows.lowerBound), Self.bufferRows.upperBound)
    let nothing = LoanAmount(
      LoanKey(loan: LedgerUUID(high: 0, low: 0), currency: CurrencyCode(packed: 0)),
      amountMinor: 0, tag: 0)
    for sorter in sorters {
      if let error = sorter.spillError { throw error }
      sorter.sort()
      for run in sorter.runs { try begin(Source(sorter: sorter, run: run, current: nothing)) }
      try begin(Source(sorter: sorter, run: nil, current: nothing))
    }
    for index in heap.indices.reversed() { sift(index) }
  }

  private func begin(_ source: consuming Source) throws(SpillError) {
    if try source.advance(bufferRows: bufferRows) { heap.append(source) }
  }

  /// The next amount; `nil` at the end.
  public func next() throws(SpillError) -> LoanAmount? {
    guard !heap.isEmpty else { return nil }
    let amount = heap[0].current
    if try !heap[0].advance(bufferRows: bufferRows) {
      let last = heap.removeLast()
      if heap.isEmpty { return amount }
      heap[0] = last
    }
    sift(0)
    return amount
  }

  private func sift(_ start: Int) {
    var parent = start
    while true {
      var first = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if LoanAmount.precedes(heap[child].current, heap[first].current) { first = child }
      }
      if first == parent { return }
      heap.swapAt(first, parent)
      parent = first
    }
  }
}

/// Adds up the sorted amounts of lines: one movement of each loan, currency and date.
public final class LoanMovementSum {
  private let merge: LoanMerge
  private var pending: LoanAmount?

  /// The sums of what those sorters hold.
  public init(_ sorters: [LoanSorter]) throws(SpillError) {
    merge = try LoanMerge(sorters)
    pending = try merge.next()
  }

  /// The next movement, in the order of loan, currency and date; `nil` at the end.
  ///
  /// - Throws: `LoanOverflow` if a sum passes 2^63 − 1; `SpillError`.
  public func next() throws -> LoanMovement? {
    while let first = pending {
      var totals = WideTotals()
      var lineCount = 0
      while let amount = pending, amount.isOfSameMovement(as: first) {
        totals.add(amount.amountMinor, amount.direction)
        lineCount += Int(amount.tag)
        pending = try merge.next()
      }
      if lineCount == 0 { continue }
      guard let narrowed = totals.narrowed else { throw LoanOverflow(key: first.key) }
      return LoanMovement(
        key: first.key, effectiveDate: first.date, totals: narrowed, lineCount: lineCount)
    }
    return nil
  }
}
