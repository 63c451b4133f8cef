import JournalReading
import LedgerDomain
import Synchronization

/// The progress of a run, counted by its worker threads and read by a display.
///
///     let progress = CloseProgress()
///     let run = try CloseRun(settings: settings, clock: .system, progress: progress)
///     // on another thread: progress.state().bytesRead
///
/// Nothing is counted record by record: readers count blocks, and dates are counted as a whole.
public final class CloseProgress: Sendable {
  /// What a run spends its time on.
  public enum Stage: String, Sendable, CaseIterable {
    /// Determining what to do.
    case plan
    /// Reading, checking and adding up parts.
    case read
    /// Closing dates: writing rows, making tie-outs.
    case close
    /// Waiting until closes are on disk.
    case commit
    /// Writing report files.
    case report
  }

  private struct Key: Hashable {
    let tenant: TenantID
    let date: BusinessDate
  }

  private struct Running {
    let order: Int
    let meter: ReadingMeter
    var bytes = 0
    var isClosing = false
  }

  private struct State {
    var plan: [TenantWorkload] = []
    var running: [Key: Running] = [:]
    var opened = 0
    var datesClosed = 0
    var datesGivenUp = 0
    var bytesGivenUp = 0
    var bytes: Int?
    var spent: [Stage: Duration] = [:]
  }

  private let began = ContinuousClock.now
  private let meter = ReadingMeter()
  private let counts = Mutex(State())
  private let observer: (any CloseObserver)?

  /// The progress of a run that has not started.
  public init(observer: (any CloseObserver)? = nil) {
    self.observer = observer
  }

  /// The current state of the run.
  public func state() -> RunState {
    var now = RunState()
    (now.bytesRead, now.records) = (meter.bytes, meter.records)
    now.elapsed = ContinuousClock.now - began
    counts.withLock { state in
      now.datesClosed = state.datesClosed
      now.datesPlanned = state.plan.reduce(0) { $0 + $1.dates.count } - state.datesGivenUp
      now.bytes = state.bytes.map { max($0 - state.bytesGivenUp, now.bytesRead) }
      now.running = state.running.sorted { $0.value.order < $1.value.order }.map { key, value in
        RunState.RunningDate(
          tenant: key.tenant, date: key.date, isClosing: value.isClosing,
          bytesRead: value.meter.bytes, bytes: value.bytes, records: value.meter.records)
      }
    }
    return now
  }

  /// The time that threads spent in each stage. Several threads read at once, so the sum can exceed the
  /// duration of the run.
  public func timesSpent() -> [Stage: Duration] { counts.withLock { $0.spent } }

  /// Bytes of parts on disk that were read.
  public var bytesRead: Int { meter.bytes }

  /// Adds up the sizes of all parts that will be read. It lists every directory, so it must not run on a
  /// thread that closes dates.
  public func measurePlannedBytes() {
    let plan = counts.withLock { $0.bytes == nil ? $0.plan : [] }
    if plan.isEmpty { return }
    let sizes = plan.map { $0.measuredSizes() }
    counts.withLock { state in
      guard state.bytes == nil, state.plan.count == sizes.count else { return }
      state.bytes = sizes.reduce(0) { $0 + $1.reduce(0, +) }
      for index in sizes.indices { state.plan[index].sizes = sizes[index] }
    }
  }
}

/// The events that a run reports.
extension CloseProgress {
  /// Runs the body and adds its duration to a stage.
  func measure<Outcome>(_ stage: Stage, _ body: () throws -> Outcome) rethrows -> Outcome {
    let start = ContinuousClock.now
    defer {
      let spent = ContinuousClock.now - start
      counts.withLock { $0.spent[stage, default: .zero] += spent }
    }
    return try body()
  }

  func planned(_ tenants: [TenantWorkload]) {
    counts.withLock { $0.plan = tenants.filter { !$0.dates.isEmpty } }
    observer?.planned(dates: tenants.reduce(0) { $0 + $1.dates.count }, tenants: tenants.count)
  }

  /// A date's directory was listed, and its parts will be read.
  ///
  /// - Returns: the meter that counts what is read.
  func opened(_ tenant: TenantID, _ date: BusinessDate, bytes: Int) -> ReadingMeter {
    let meter = ReadingMeter(partOf: self.meter)
    counts.withLock { state in
      state.opened += 1
      state.running[Key(tenant: tenant, date: date)] = Running(
        order: state.opened, meter: meter, bytes: bytes)
    }
    return meter
  }

  /// A date was read and is being closed.
  func closing(_ tenant: TenantID, _ date: BusinessDate) {
    counts.withLock { $0.running[Key(tenant: tenant, date: date)]?.isClosing = true }
  }

  /// A date is no longer being read or closed; its close may not be on disk yet.
  func finished(_ tenant: TenantID, _ date: BusinessDate) {
    counts.withLock { $0.running[Key(tenant: tenant, date: date)] = nil }
  }

  /// Closes were committed.
  func committed(_ results: [DateResult]) {
    counts.withLock { $0.datesClosed += results.count }
    if let observer { results.forEach(observer.committed) }
  }

  /// The exports of a tenant's closed dates changed.
  func foundLateInput(_ dates: [LateDate], of tenant: TenantID) {
    if let observer { dates.forEach { observer.foundLateInput($0, of: tenant) } }
  }

  /// A tenant's closes were committed, but reports could not be written.
  func reportsFailed(_ tenant: TenantID, because message: String) {
    observer?.stopped(tenant, at: nil, because: message)
  }

  /// A tenant was stopped: its remaining dates will not be read.
  func stopped(_ tenant: TenantID, at date: BusinessDate?, because message: String) {
    counts.withLock { state in
      for key in state.running.keys where key.tenant == tenant { state.running[key] = nil }
      if let planned = state.plan.first(where: { $0.tenant == tenant }) {
        let remaining = planned.remaining(from: date)
        state.datesGivenUp += remaining.dates
        state.bytesGivenUp += remaining.bytes
      }
    }
    observer?.stopped(tenant, at: date, because: message)
  }
}
