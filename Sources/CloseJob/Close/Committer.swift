import LedgerDomain
import SnapshotStore

/// Commits closes in groups, and has their reports written once they are on disk.
///
/// Several small closes share a transaction, since each commit waits for the disk. A report is never
/// written before its close is durable. Of a commit, sets of earlier closes come first, in the order in which
/// their last reconciliations were made, then those of its closes: `MissingReports` depends on it.
final class Committer {
  private static let closesPerCommit = 256
  private static let rowsPerCommit = 200_000
  private static let transactionTimeMax = Duration.seconds(2)

  private let writer: BookWriter
  private let reportsRoot: String?
  private let reports: ReportQueue?
  private let progress: CloseProgress
  private var uncommitted: [ClosedDate] = []
  /// The dates that the open transaction reconciled, one for each version, in their order.
  private var reconciled: [TenantID: [BusinessDate]] = [:]
  /// Dates that it closed and then reconciled again.
  private var reconciledSinceClose: Set<ClosedName> = []
  /// Whether the transaction has changes besides closes.
  private var hasOtherChanges = false
  private var uncommittedRows = 0
  private var transactionStart = ContinuousClock.now

  private struct ClosedName: Hashable {
    let tenant: TenantID
    let date: BusinessDate
  }

  /// A committer that writes reports below that directory, or none without it.
  ///
  /// - Parameter options: what the job's settings say about reports.
  init(
    writer: BookWriter, reportsRoot: String?, options: ReportOptions, progress: CloseProgress
  ) {
    self.writer = writer
    self.reportsRoot = reportsRoot
    self.progress = progress
    reports = reportsRoot.map { ReportQueue(root: $0, options: options, progress: progress) }
  }

  /// Closes dates in the open transaction, beginning one if there is none.
  ///
  /// - Throws: what the body throws; nothing that it wrote is left in the transaction.
  func inTransaction(_ body: () throws -> [ClosedDate]) throws -> [ClosedDate] {
    let isNew = try beginIfNeeded()
    do {
      let closed = try body()
      if isNew && closed.isEmpty { try writer.rollBack() }
      for date in closed {
        let header = date.record.header
        note(date.reconciliations, of: header.tenant, closing: header.businessDate)
        uncommitted.append(date)
      }
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

  /// Notes which reports change.
  ///
  /// - Parameter date: the date that is being closed, whose own report has its version.
  private func note(
    _ versions: [ReconciliationVersion], of tenant: TenantID, closing date: BusinessDate? = nil
  ) {
    for version in versions {
      reconciled[tenant, default: []].append(version.date)
      if version.date != date {
        reconciledSinceClose.insert(ClosedName(tenant: tenant, date: version.date))
      }
    }
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
    try progress.measure(.commit) {
      try writer.commit()
      try CommitProof.prove(uncommitted.map(\.record), in: try writer.storePath())
    }
    progress.committed(uncommitted.map(\.result))
    if let reports {
      let headers = uncommitted.map(\.record.header)
      try rewriteReconciled(headers)
      try rewriteReports(withdrawnBy: uncommitted.map(\.record))
      reports.write(try uncommitted.map { try current($0) })
    }
    uncommitted = []
    (reconciled, reconciledSinceClose, hasOtherChanges) = ([:], [], false)
    uncommittedRows = 0
  }

  /// What a close's reports say, with the reconciliations that were made of its date since.
  private func current(_ closed: ClosedDate) throws -> CloseRecord {
    let header = closed.record.header
    let name = ClosedName(tenant: header.tenant, date: header.businessDate)
    guard reconciledSinceClose.contains(name),
      let state = try writer.reader.tenantState(header.tenant),
      let record = try writer.reader.closeRecord(state, date: header.businessDate)
    else { return closed.record }
    return record
  }

  /// Has the sets of a tenant written that a killed run did not write.
  func writeMissingReports(_ state: TenantState) throws {
    guard let reportsRoot else { return }
    try writeReports(
      of: try MissingReports(reader: writer.reader, root: reportsRoot).dates(state), state)
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

  /// Has the report sets written again whose reconciliations changed, except those of new closes, in the
  /// order of their last versions.
  private func rewriteReconciled(_ closed: [CloseHeader]) throws {
    for (tenant, dates) in reconciled.sorted(by: { $0.key < $1.key }) {
      guard let state = try writer.reader.tenantState(tenant) else { continue }
      var known = Set(closed.filter { $0.tenant == tenant }.map(\.businessDate))
      let last = dates.reversed().filter { known.insert($0).inserted }
      try writeReports(of: last.reversed(), state)
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
