import DailyClose
import JobConfiguration
import JournalReading
import Workers

/// Reads dates ahead of closing them, several parts, dates and tenants at once, and delivers them in
/// order.
///
/// A worker takes the next part of the earliest open date, or opens the next date if it is not too
/// far ahead. The result does not depend on which worker read what, or when: if several parts are not
/// whole, the first in the order of their names is the date's failure.
final class ReadingPipeline: @unchecked Sendable {
  /// How many dates may be read, or be being read, before they are closed.
  private static let datesAheadMax = 64
  /// How many bytes of identifiers may wait for dates to be closed before no other date is opened.
  private static let identifierBytesMax = 128 << 20

  // Each input is handed from the worker that read it to the thread that closes it.
  private struct State: @unchecked Sendable {
    var nextToOpen = 0
    var nextToDeliver = 0
    var openingCount = 0
    var openDates: [DateProgress] = []
    var inputs: [Int: Result<DateInput, any Error>] = [:]
    var isStopped = false

    /// Bytes of identifiers of dates that are read but not closed.
    var identifierBytes: Int {
      inputs.values.reduce(0) { $0 + ((try? $1.get())?.identifiers?.byteCount ?? 0) }
    }
  }

  /// How much of a date is read. Touched only under the monitor.
  private final class DateProgress {
    let index: Int
    let date: OpenDate
    var nextPart = 0
    var unfinishedParts: Int
    var parts: [PartSummary?]
    var failure: (part: Int, error: any Error)?

    init(index: Int, date: OpenDate) {
      self.index = index
      self.date = date
      unfinishedParts = date.parts.count
      parts = [PartSummary?](repeating: nil, count: date.parts.count)
    }

    /// Whether there is a part that no worker has taken.
    var hasPartToRead: Bool { nextPart < date.parts.count }
  }

  private enum Step {
    case open(Int)
    case read(DateProgress, part: Int)
    case end
  }

  private let tasks: [CloseTask]
  private let reader: DateReader
  private let state = Monitor(State())
  private var workers: [WorkerThread] = []

  /// A pipeline over dates in the order in which they will be asked for, with as many workers as the
  /// job has cores.
  init(tasks: [CloseTask], reader: DateReader) {
    self.tasks = tasks
    self.reader = reader
    let cores = reader.configuration.jobs ?? CoreBudget.machineCores
    for _ in 0..<min(cores, max(1, tasks.count * 4)) {
      if let worker = WorkerThread({ [self] in runWorker() }) { workers.append(worker) }
    }
  }

  /// The input of a date; waits until it is read. Earlier dates that were not asked for are dropped.
  ///
  /// - Throws: what kept the date from being read.
  func input(_ index: Int) throws -> DateInput {
    if workers.isEmpty {
      return try reader.progress.measure(.read) { try reader.read(tasks[index]) }
    }
    state.change { state in
      state.nextToDeliver = max(state.nextToDeliver, index)
      for dropped in state.inputs.keys where dropped < index { state.inputs[dropped] = nil }
    }
    return try state.wait { (state: inout State) -> Result<DateInput, any Error>? in
      guard let input = state.inputs.removeValue(forKey: index) else { return nil }
      state.nextToDeliver = index + 1
      return input
    }.get()
  }

  /// Ends the workers and waits for them.
  func stop() {
    state.change { $0.isStopped = true }
    workers.forEach { $0.join() }
    workers = []
  }

  private func runWorker() {
    while true {
      let step = state.wait { nextStep(&$0) }
      if case .end = step { return }
      reader.resources.budget.acquire()
      reader.progress.measure(.read) {
        switch step {
        case .open(let index): open(index)
        case .read(let progress, let part): read(progress, part)
        case .end: break
        }
      }
      reader.resources.budget.release()
    }
  }

  private func nextStep(_ state: inout State) -> Step? {
    if state.isStopped { return .end }
    if let progress = state.openDates.first(where: \.hasPartToRead) {
      progress.nextPart += 1
      return .read(progress, part: progress.nextPart - 1)
    }
    if state.nextToOpen == tasks.count { return state.openingCount == 0 ? .end : nil }
    let next = max(state.nextToOpen, state.nextToDeliver)
    guard next < min(tasks.count, state.nextToDeliver + Self.datesAheadMax),
      next == state.nextToDeliver || state.identifierBytes < Self.identifierBytesMax
    else { return nil }
    state.nextToOpen = next + 1
    state.openingCount += 1
    return .open(next)
  }

  private func open(_ index: Int) {
    let opened = Result { try reader.open(tasks[index]) }
    switch opened {
    case .success(let date) where !date.parts.isEmpty:
      state.change { state in
        state.openingCount -= 1
        state.openDates.append(DateProgress(index: index, date: date))
        state.openDates.sort { $0.index < $1.index }
      }
    case .success(let date):
      let input = Result { try reader.assemble(date, []) }
      state.change { state in
        state.openingCount -= 1
        state.inputs[index] = input
      }
    case .failure(let error):
      state.change { state in
        state.openingCount -= 1
        state.inputs[index] = .failure(error)
      }
    }
  }

  private func read(_ progress: DateProgress, _ part: Int) {
    let isMoot = state.change { _ in progress.failure.map { $0.part < part } ?? false }
    let result = isMoot ? nil : Result { try reader.read(part: part, of: progress.date) }
    let isLast = state.change { state in
      progress.unfinishedParts -= 1
      switch result {
      case .success(let summary): progress.parts[part] = summary
      case .failure(let error):
        if progress.failure.map({ part < $0.part }) ?? true { progress.failure = (part, error) }
      case nil: break
      }
      if progress.unfinishedParts == 0 { state.openDates.removeAll { $0 === progress } }
      return progress.unfinishedParts == 0
    }
    if isLast { assemble(progress) }
  }

  private func assemble(_ progress: DateProgress) {
    let input = Result { () throws -> DateInput in
      if let failure = progress.failure { throw failure.error }
      return try reader.assemble(progress.date, progress.parts.compactMap { $0 })
    }
    state.change { $0.inputs[progress.index] = input }
  }
}
