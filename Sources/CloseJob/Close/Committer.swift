import LedgerDomain
import SnapshotStore

/// Commits closes in groups, and has their reports written once they are on disk.
///
/// Several small closes share a transaction, since each commit waits for the disk. A report is never
/// written before its close is durable.
final class Committer {
  private static let closesPerCommit = 256
  private static let rowsPerCommit = 200_000
  private static let transactionTimeMax = Duration.seconds(2)

  private let writer: BookWriter
  private let reports: ReportQueue?
  private let progress: CloseProgress
  private var uncommitted: [ClosedDate] = []
  /// Dates whose reports change with the open transaction, although it does not close them.
  private var changedDates: [TenantID: Set<BusinessDate>] = [:]
  /// Whether the transaction has changes besides closes.
  private var hasOtherChanges = false
  private var uncommittedRows = 0
  private var transactionStart = ContinuousClock.now

  /// A committer that writes reports below that directory, or none without it.
  init(writer: BookWriter, reportsRoot: String?, progress: CloseProgress) {
    self.writer = writer
    self.progress = progress
    reports = reportsRoot.map { ReportQueue(root: $0, progress: progress) }
  }

  /// Closes dates in the open transaction, beginning one if there is none.
  ///
  /// - Throws: what the body throws; nothing that it wrote is left in the transaction.
  func inTransaction(_ body: () throws -> [ClosedDate]) throws -> [ClosedDate] {
    let isNew = try beginIfNeeded()
    do {
      let closed = try body()
      for date in closed { note(date.reconciliations, of: date.state.tenant) }
      if isNew && closed.isEmpty { try writer.rollBack() }
      uncommitted += closed
      uncommittedRows += closed.reduce(0) { $0 + $1.record.rowCount }
      return closed
    } catch {
      if isNew { try writer.rollBack() }
      throw error
    }
  }

  /// Makes reconciliations again in the open transaction, beginning one if there is none.
  ///
  /// - Parameter body: gives the new versions; `nil` if nothing was written.
  /// - Throws: what the body throws; nothing that it wrote is left in the transaction.
  func reconciling(
    _ state: TenantState, _ body: () throws -> [ReconciliationVersion]?
  ) throws -> [ReconciliationVersion] {
    let isNew = try beginIfNeeded()
    do {
      guard let versions = try writer.closing(body) else {
        if isNew { try writer.rollBack() }
        return []
      }
      hasOtherChanges = true
      note(versions, of: state.tenant)
      return versions
    } catch {
      if isNew { try writer.rollBack() }
      throw error
    }
  }

  private func beginIfNeeded() throws -> Bool {
    guard uncommitted.isEmpty && !hasOtherChanges else { return false }
    try writer.begin()
    transactionStart = ContinuousClock.now
    return true
  }

  private func note(_ versions: [ReconciliationVersion], of tenant: TenantID) {
    for version in versions { changedDates[tenant, default: []].insert(version.date) }
  }

  /// Commits if the open transaction has become large or old.
  func commitIfDue() throws {
    let isDue =
      uncommitted.count >= Self.closesPerCommit || uncommittedRows >= Self.rowsPerCommit
      || ContinuousClock.now - transactionStart >= Self.transactionTimeMax
    if isDue { try commit() }
  }

  /// Makes the closes since the last commit durable, then has their reports written.
  func commit() throws {
    if uncommitted.isEmpty && !hasOtherChanges { return }
    try progress.measure(.commit) { try writer.commit() }
    progress.committed(uncommitted.map(\.result))
    let records = uncommitted.map(\.record)
    reports?.write(records)
    if reports != nil {
      try rewriteReports(withdrawnBy: records)
      try rewriteReconciled(records)
    }
    uncommitted = []
    (changedDates, hasOtherChanges) = ([:], false)
    uncommittedRows = 0
  }

  /// Has the reports of closed dates written.
  func writeReports(of dates: [BusinessDate], _ state: TenantState) throws {
    for date in dates {
      if let record = try writer.reader.closeRecord(state, date: date) { reports?.write([record]) }
    }
  }

  /// Waits until all reports are on disk.
  ///
  /// - Returns: why reports could not be written, by tenant.
  func finishReports() -> [TenantID: String] { reports?.finish() ?? [:] }

  /// Rolls back the open transaction, if there is one, and ends the reports of what is committed.
  func abandon() {
    _ = reports?.finish()
    try? writer.rollBack()
  }

  /// Has the report sets written again whose reconciliations changed, except those of new closes.
  private func rewriteReconciled(_ records: [CloseRecord]) throws {
    for (tenant, dates) in changedDates.sorted(by: { $0.key < $1.key }) {
      guard let state = try writer.reader.tenantState(tenant) else { continue }
      let closed = Set(records.map(\.header).filter { $0.tenant == tenant }.map(\.businessDate))
      try writeReports(of: dates.subtracting(closed).sorted(), state)
    }
  }

  /// Has the report sets written again whose certification the committed closes withdrew.
  private func rewriteReports(withdrawnBy records: [CloseRecord]) throws {
    let reader = writer.reader
    for record in records where !record.restatements.isEmpty || record.header.replaces != nil {
      guard let state = try reader.tenantState(record.header.tenant) else { continue }
      try writeReports(of: try reader.datesWithdrawn(state, by: record.header.closeID), state)
    }
  }
}

extension CloseRecord {
  /// Roughly how many rows the close wrote, by which commits are sized.
  fileprivate var rowCount: Int { 2 * rollforward.count + restatements.count * 2 + findings.count }
}
