import JournalReading
import Workers

/// Reads dates ahead of closing them: several parts, dates and tenants at once, handed out in order.
///
/// A worker takes the next part of the earliest open date, or opens the next date if it is not too
/// far ahead. What is read does not depend on which worker read it when; of several parts that are
/// not whole, the first in the order of their names is the date's failure.
final class ReadingPipeline: @unchecked Sendable {
  /// How many dates may be read, or be being read, and not be closed yet.
  private static let datesAheadMax = 64

  // Each input is handed from the worker that read it to the thread that closes it.
  private struct State: @unchecked Sendable {
    var nextToOpen = 0
    var nextToClose = 0
    var opening = 0
    var reading: [Progress] = []
    var readings: [Int: Result<DateInput, any Error>] = [:]
    var isStopped = false
  }

  /// How far a date's parts are read. Touched only under the monitor.
  private final class Progress {
    let index: Int
    let day: OpenDate
    var nextPart = 0
    var unfinished: Int
    var receipts: [PartSummary?]
    var failure: (part: Int, error: any Error)?

    init(index: Int, day: OpenDate) {
      self.index = index
      self.day = day
      unfinished = day.parts.count
      receipts = [PartSummary?](repeating: nil, count: day.parts.count)
    }

    /// A part that nobody reads yet and that can still matter.
    var hasPartToRead: Bool { nextPart < day.parts.count }
  }

  private enum Task {
    case open(Int)
    case read(Progress, part: Int)
    case stop
  }

  private let works: [CloseTask]
  private let reader: DateReader
  private let state = Monitor(State())
  private var workers: [WorkerThread] = []

  /// A pipeline over dates in the order in which they will be asked for.
  init(works: [CloseTask], reader: DateReader, workers count: Int) {
    self.works = works
    self.reader = reader
    for _ in 0..<min(count, max(1, works.count * 4)) {
      if let worker = WorkerThread({ [self] in work() }) { workers.append(worker) }
    }
  }

  /// The reading of a date, as soon as it is there; earlier ones that were not asked for are dropped.
  ///
  /// - Throws: what kept the date from being read.
  func reading(_ index: Int) throws -> DateInput {
    if workers.isEmpty {
      return try reader.progress.measure(.read) { try reader.read(works[index]) }
    }
    state.change { state in
      state.nextToClose = max(state.nextToClose, index)
      for dropped in state.readings.keys where dropped < index { state.readings[dropped] = nil }
    }
    return try state.wait { (state: inout State) -> Result<DateInput, any Error>? in
      guard let reading = state.readings.removeValue(forKey: index) else { return nil }
      state.nextToClose = index + 1
      return reading
    }.get()
  }

  /// Ends the workers and waits for them.
  func stop() {
    state.change { $0.isStopped = true }
    workers.forEach { $0.join() }
    workers = []
  }

  private func work() {
    while true {
      let task = state.wait { nextTask(&$0) }
      if case .stop = task { return }
      reader.resources.budget.acquire()
      reader.progress.measure(.read) {
        switch task {
        case .open(let index): open(index)
        case .read(let progress, let part): read(progress, part)
        case .stop: break
        }
      }
      reader.resources.budget.release()
    }
  }

  private func nextTask(_ state: inout State) -> Task? {
    if state.isStopped { return .stop }
    if let progress = state.reading.first(where: \.hasPartToRead) {
      progress.nextPart += 1
      return .read(progress, part: progress.nextPart - 1)
    }
    if state.nextToOpen == works.count { return state.opening == 0 ? .stop : nil }
    let next = max(state.nextToOpen, state.nextToClose)
    guard next < min(works.count, state.nextToClose + Self.datesAheadMax) else { return nil }
    state.nextToOpen = next + 1
    state.opening += 1
    return .open(next)
  }

  private func open(_ index: Int) {
    let opened = Result { try reader.open(works[index]) }
    switch opened {
    case .success(let day) where !day.parts.isEmpty:
      state.change { state in
        state.opening -= 1
        state.reading.append(Progress(index: index, day: day))
        state.reading.sort { $0.index < $1.index }
      }
    case .success(let day):
      let reading = Result { try reader.finish(day, []) }
      state.change { state in
        state.opening -= 1
        state.readings[index] = reading
      }
    case .failure(let error):
      state.change { state in
        state.opening -= 1
        state.readings[index] = .failure(error)
      }
    }
  }

  private func read(_ progress: Progress, _ part: Int) {
    let isMoot = state.change { _ in progress.failure.map { $0.part < part } ?? false }
    let result = isMoot ? nil : Result { try reader.read(part: part, of: progress.day) }
    let isLast = state.change { state in
      progress.unfinished -= 1
      switch result {
      case .success(let receipt): progress.receipts[part] = receipt
      case .failure(let error):
        if progress.failure.map({ part < $0.part }) ?? true { progress.failure = (part, error) }
      case nil: break
      }
      if progress.unfinished == 0 { state.reading.removeAll { $0 === progress } }
      return progress.unfinished == 0
    }
    if isLast { finish(progress) }
  }

  private func finish(_ progress: Progress) {
    let reading = Result { () throws -> DateInput in
      if let failure = progress.failure { throw failure.error }
      return try reader.finish(progress.day, progress.receipts.compactMap { $0 })
    }
    state.change { $0.readings[progress.index] = reading }
  }
}
