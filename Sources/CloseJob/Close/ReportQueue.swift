import LedgerDomain
import Reports
import Workers

/// Writes reports on a thread of its own, in the order in which their closes were committed.
final class ReportQueue: @unchecked Sendable {
  private static let batchesMax = 4

  private struct State {
    var batches: [[CloseRecord]] = []
    var isFinished = false
    var failure: [TenantID: String] = [:]
    var written: Set<TenantID> = []
  }

  private let root: String
  private let progress: CloseProgress
  private let state = Monitor(State())
  private var thread: WorkerThread?

  init(root: String, progress: CloseProgress) {
    self.root = root
    self.progress = progress
    thread = WorkerThread { [self] in run() }
  }

  /// Has the report sets of these closes written; waits while much is waiting already.
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
    if !written.isEmpty { settle(written) }
    return state.change { $0.failure }
  }

  /// Brings to disk that the sets took their places.
  private func settle(_ tenants: Set<TenantID>) {
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

  /// Writes sets, but none of a tenant of whom one could not be written: so those that lack are the
  /// last, where the next run looks for them.
  private func publish(_ records: [CloseRecord]) {
    let failure = state.change { $0.failure }
    let records = records.filter { failure[$0.header.tenant] == nil }
    if records.isEmpty { return }
    do {
      state.change { state in
        for record in records { state.written.insert(record.header.tenant) }
      }
      try progress.measure(.report) { try ReportSet.write(records, below: root) }
    } catch {
      state.change { state in
        for record in records { state.failure[record.header.tenant] = "\(error)" }
      }
    }
  }
}
