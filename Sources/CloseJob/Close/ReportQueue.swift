import LedgerDomain
import Reports
import Workers

/// Writes reports on a separate thread, in the order in which their closes were committed.
final class ReportQueue: @unchecked Sendable {
  private static let batchesMax = 4

  private struct State {
    var batches: [[CloseRecord]] = []
    var isFinished = false
    var failure: [TenantID: String] = [:]
    var written: Set<TenantID> = []
  }

  private let root: String
  private let options: ReportOptions
  private let progress: CloseProgress
  private let state = Monitor(State())
  private var thread: WorkerThread?

  init(root: String, options: ReportOptions, progress: CloseProgress) {
    self.root = root
    self.options = options
    self.progress = progress
    thread = WorkerThread { [self] in run() }
  }

  /// Queues the report sets of these closes; waits while the queue is full.
  func write(_ records: [CloseRecord]) {
    guard thread != nil else { return publish(records) }
    state.wait { (state: inout State) -> Void? in
      guard state.batches.count < Self.batchesMax else { return nil }
      state.batches.append(records)
      return ()
    }
  }

  /// Waits until everything is written and on disk.
  ///
  /// - Returns: the tenants whose reports could not be written, and why.
  func finish() -> [TenantID: String] {
    state.change { $0.isFinished = true }
    thread?.join()
    thread = nil
    let written = state.change { $0.written }
    if !written.isEmpty { sync(written) }
    return state.change { $0.failure }
  }

  /// Makes the renaming of the sets durable.
  private func sync(_ tenants: Set<TenantID>) {
    do {
      try ReportSet.sync(root)
    } catch {
      state.change { state in
        for tenant in tenants { state.failure[tenant] = error.description }
      }
    }
  }

  private func run() {
    while true {
      let batch: [CloseRecord]? = state.wait { (state: inout State) -> [CloseRecord]?? in
        if !state.batches.isEmpty { return .some(state.batches.removeFirst()) }
        return state.isFinished ? .some(nil) : nil
      }
      guard let batch else { return }
      publish(batch)
    }
  }

  /// Writes sets, but no more of a tenant once one could not be written: the missing sets are then the
  /// last ones, where the next run looks for them.
  private func publish(_ records: [CloseRecord]) {
    let failure = state.change { $0.failure }
    let records = records.filter { failure[$0.header.tenant] == nil }
    if records.isEmpty { return }
    do {
      state.change { state in
        for record in records { state.written.insert(record.header.tenant) }
      }
      try progress.measure(.report) {
        try ReportSet.write(records, options, below: root)
      }
    } catch {
      state.change { state in
        for record in records { state.failure[record.header.tenant] = "\(error)" }
      }
    }
  }
}
