import JobConfiguration
import JournalReading
import LedgerDomain
import SnapshotStore
import Workers

/// Closes the dates of all tenants of a run in order, while a pipeline reads ahead.
///
/// It plans every tenant first, so that the pipeline knows all dates, and keeps the failure of one
/// tenant from stopping the others.
final class CloseCoordinator {
  private let dateReader: DateReader
  private let committer: Committer
  private let tenantCloser: TenantCloser
  private let progress: CloseProgress
  private var planner: TenantPlanner

  init(
    writer: BookWriter, dateReader: DateReader, request: CloseRequest, timeZoneCheck: TimeZoneCheck,
    missingBooks: MissingBooks?, tables: ChartAndOpenings
  ) {
    self.dateReader = dateReader
    progress = dateReader.progress
    committer = Committer(
      writer: writer, reportsRoot: dateReader.configuration.reports,
      options: dateReader.configuration.reportOptions, progress: dateReader.progress)
    tenantCloser = TenantCloser(
      writer: writer, closer: DateCloser(dateReader: dateReader, writer: writer),
      dateReader: dateReader,
      identifierCheck: IdentifierCheck(dateReader: dateReader, reader: writer.reader),
      committer: committer, progress: dateReader.progress)
    planner = TenantPlanner(
      reader: writer.reader, dateReader: dateReader, request: request,
      timeZoneCheck: timeZoneCheck, missingBooks: missingBooks, tables: tables)
  }

  /// Closes the tenants' dates.
  ///
  /// - Parameters:
  ///   - tenants: the tenants in the order of their ids, each with its directory if it has one.
  ///   - last: the last date to close.
  /// - Throws: what is not about one tenant; the open transaction is rolled back.
  func closeTenants(
    _ tenants: [(tenant: TenantID, path: String?)], through last: BusinessDate
  ) throws -> [TenantResult] {
    do {
      tenantCloser.closer.bankBook.isForOneTenant = tenants.count == 1
      var results = try closeDates(
        of: tenants.map { try plan($0.tenant, path: $0.path, last: last) })
      addFailures(committer.finishReports(), to: &results)
      return results
    } catch {
      committer.abandon()
      throw error
    }
  }

  private func plan(_ tenant: TenantID, path: String?, last: BusinessDate) throws -> TenantClose {
    var planned = TenantClose(result: TenantResult(tenant: tenant))
    do {
      try progress.measure(.plan) {
        try planner.plan(tenant, path: path, last: last, into: &planned)
        if let state = planned.state { try committer.writeMissingReports(state) }
      }
    } catch  where TenantFailure.isCause(error) {
      (planned.recloseTasks, planned.newTasks) = ([], [])
      planned.result.failure = TenantFailure(date: nil, message: "\(error)")
      progress.stopped(tenant, at: nil, because: "\(error)")
    }
    let reclosed = Set(planned.recloseTasks.map(\.date))
    progress.foundLateInput(
      planned.result.lateInput.filter { !reclosed.contains($0.date) }, of: tenant)
    return planned
  }

  private func closeDates(of tenants: [TenantClose]) throws -> [TenantResult] {
    progress.planned(
      tenants.map { TenantWorkload(tenant: $0.result.tenant, tasks: $0.tasks) })
    let pipeline = ReadingPipeline(tasks: tenants.flatMap(\.tasks), reader: dateReader)
    defer { pipeline.stop() }
    var results: [TenantResult] = []
    var firstIndex = 0
    for tenant in tenants {
      results.append(
        try tenantCloser.closeDates(of: tenant, from: pipeline, firstIndex: firstIndex))
      firstIndex += tenant.tasks.count
    }
    try committer.commit()
    return results
  }

  /// Adds why reports could not be written to tenants that have no other failure.
  private func addFailures(_ messages: [TenantID: String], to results: inout [TenantResult]) {
    for index in results.indices where results[index].failure == nil {
      guard let message = messages[results[index].tenant] else { continue }
      results[index].failure = TenantFailure(date: nil, message: message)
      progress.reportsFailed(results[index].tenant, because: message)
    }
  }
}
