import JournalReading
import LedgerDomain
import Synchronization

/// How far a run is: counted by the threads that do the work, looked at by whoever shows it.
///
///     let progress = CloseProgress()
///     let run = try CloseRun(settings: settings, clock: .system, progress: progress)
///     // on another thread: progress.state().bytesRead
///
/// Nothing is counted record by record: readers count blocks, and dates are counted as wholes.
public final class CloseProgress: Sendable {
  /// What a run spends its time on.
  public enum Stage: String, Sendable, CaseIterable {
    /// Finding out what there is to do.
    case plan
    /// Reading, checking and adding up parts.
    case read
    /// Closing dates: rows, proofs, comparisons.
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
    var plan: [PlannedTenant] = []
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

  /// The progress of a run that has not begun.
  public init(observer: (any CloseObserver)? = nil) {
    self.observer = observer
  }

  /// How far the run is now.
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

  /// How long threads were busy with each stage, added up: several read at once, so that it may be
  /// more than the run took.
  public func timesSpent() -> [Stage: Duration] { counts.withLock { $0.spent } }

  /// Bytes of parts on disk that were read.
  public var bytesRead: Int { meter.bytes }

  /// Adds up the sizes of all parts that are to be read. It looks at every directory, and is for a
  /// thread that has nothing else to do.
  public func survey() {
    let plan = counts.withLock { $0.bytes == nil ? $0.plan : [] }
    if plan.isEmpty { return }
    let sizes = plan.map { $0.surveyed() }
    counts.withLock { state in
      guard state.bytes == nil, state.plan.count == sizes.count else { return }
      state.bytes = sizes.reduce(0) { $0 + $1.reduce(0, +) }
      for index in sizes.indices { state.plan[index].sizes = sizes[index] }
    }
  }
}

/// What a run tells of itself.
extension CloseProgress {
  /// Runs a piece of work and counts its time to a stage.
  func measure<Outcome>(_ stage: Stage, _ body: () throws -> Outcome) rethrows -> Outcome {
    let start = ContinuousClock.now
    defer {
      let spent = ContinuousClock.now - start
      counts.withLock { $0.spent[stage, default: .zero] += spent }
    }
    return try body()
  }

  func planned(_ tenants: [PlannedTenant]) {
    counts.withLock { $0.plan = tenants.filter { !$0.dates.isEmpty } }
    observer?.planned(dates: tenants.reduce(0) { $0 + $1.dates.count }, tenants: tenants.count)
  }

  /// A date's directory is listed; its parts are going to be read.
  ///
  /// - Returns: what counts them.
  func opened(_ tenant: TenantID, _ date: BusinessDate, bytes: Int) -> ReadingMeter {
    let meter = ReadingMeter(partOf: self.meter)
    counts.withLock { state in
      state.opened += 1
      state.running[Key(tenant: tenant, date: date)] = Running(
        order: state.opened, meter: meter, bytes: bytes)
    }
    return meter
  }

  /// A date is read and is being closed.
  func closing(_ tenant: TenantID, _ date: BusinessDate) {
    counts.withLock { $0.running[Key(tenant: tenant, date: date)]?.isClosing = true }
  }

  /// A date is closed, though not on disk yet.
  func closed(_ tenant: TenantID, _ date: BusinessDate) {
    counts.withLock { $0.running[Key(tenant: tenant, date: date)] = nil }
  }

  /// Closes are on disk.
  func committed(_ results: [DateResult]) {
    counts.withLock { $0.datesClosed += results.count }
    if let observer { results.forEach(observer.committed) }
  }

  /// Something went wrong for a tenant after its closes were on disk.
  func failed(_ tenant: TenantID, because message: String) {
    observer?.stopped(tenant, at: nil, because: message)
  }

  /// A tenant cannot go on: what is left of its dates is not going to be read.
  func stopped(_ tenant: TenantID, at date: BusinessDate?, because message: String) {
    counts.withLock { state in
      for key in state.running.keys where key.tenant == tenant { state.running[key] = nil }
      if let planned = state.plan.first(where: { $0.tenant == tenant }) {
        let left = planned.left(from: date)
        state.datesGivenUp += left.dates
        state.bytesGivenUp += left.bytes
      }
    }
    observer?.stopped(tenant, at: date, because: message)
  }
}

/// The dates of a tenant that a run is going to close.
struct PlannedTenant: Sendable {
  let tenant: TenantID
  /// The tenant's directory.
  let path: String
  let dates: [BusinessDate]
  /// Bytes of each date's parts; empty until they are looked at.
  var sizes: [Int] = []

  init(tenant: TenantID, works: [CloseTask]) {
    self.tenant = tenant
    path = works.first?.tenantPath ?? ""
    dates = works.map(\.date)
  }

  /// Bytes of each date's parts; 0 for a date that has none, or none that can be read.
  func surveyed() -> [Int] {
    let layout = ExportLayout(root: "")
    return dates.map { date in
      let parts = (try? layout.export(of: date, inTenantDirectory: path))?.parts ?? []
      return parts.reduce(0) { $0 + ((try? $1.byteCount()) ?? 0) }
    }
  }

  /// What is left from a date on.
  func left(from date: BusinessDate?) -> (dates: Int, bytes: Int) {
    let first = date.flatMap { dates.firstIndex(of: $0) } ?? 0
    return (dates.count - first, sizes.isEmpty ? 0 : sizes[first...].reduce(0, +))
  }
}
