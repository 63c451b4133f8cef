import DailyClose
import JournalReading
import LedgerDomain
import SnapshotStore

/// Closes one tenant's dates, in order, as the pipeline delivers them.
struct TenantCloser {
  let writer: BookWriter
  let closer: DateCloser
  let dateReader: DateReader
  let identifierCheck: IdentifierCheck
  let committer: Committer
  let progress: CloseProgress

  /// Closes a tenant's dates, up to the first that cannot be closed.
  ///
  /// - Parameter firstIndex: the pipeline's index of the tenant's first task.
  /// - Returns: what was closed, and what stopped the tenant.
  /// - Throws: what is not about this tenant.
  func closeDates(
    of tenant: TenantClose, from pipeline: ReadingPipeline, firstIndex: Int
  ) throws -> TenantResult {
    var result = try reconciled(closed(tenant, from: pipeline, firstIndex: firstIndex))
    if let state = try writer.reader.tenantState(result.tenant) {
      result.settledCloses = try SettledCloses(
        reader: writer.reader, state: state,
        comparesBanks: closer.bankBook.isUsed && result.failure == nil
      ).among(result.alreadyClosed + result.dates.map(\.header))
    }
    return result
  }

  private func closed(
    _ tenant: TenantClose, from pipeline: ReadingPipeline, firstIndex: Int
  ) throws -> TenantResult {
    var tenant = tenant
    do {
      try recloseDates(of: &tenant, from: pipeline, firstIndex: firstIndex)
    } catch  where TenantFailure.isCause(error) {
      return stopped(tenant, by: error)
    }
    try committer.commitIfDue()
    let newIndex = firstIndex + tenant.recloseTasks.count
    for (offset, task) in tenant.newTasks.enumerated() {
      tenant.currentDate = task.date
      do {
        let input = try identifierCheck.checked(
          try pipeline.input(newIndex + offset), tenant.state)
        let closed = try committer.inTransaction { [try closeDate(input, of: tenant)] }
        closed.forEach { tenant.add($0) }
        tenant.result.notes += input.notes
      } catch  where TenantFailure.isCause(error) {
        return stopped(tenant, by: error)
      }
      try committer.commitIfDue()
    }
    return tenant.result
  }

  /// Takes up the bank's new files if no close of the run did, reconciles again what they change, and says
  /// how the bank accounts stand.
  private func reconciled(_ result: TenantResult) throws -> TenantResult {
    guard closer.bankBook.isUsed, let state = try writer.reader.tenantState(result.tenant) else {
      return result
    }
    var result = result
    let update = BankUpdate(book: closer.bankBook, reader: writer.reader, committer: committer)
    do {
      try update.run(state, into: &result)
    } catch  where TenantFailure.isCause(error) {
      closer.bankBook.forget()
      if result.failure == nil {
        result.failure = TenantFailure(date: nil, message: "\(error)")
        progress.stopped(result.tenant, at: nil, because: "\(error)")
      }
    }
    return result
  }

  private func stopped(_ tenant: TenantClose, by error: any Error) -> TenantResult {
    var result = tenant.result
    result.failure = TenantFailure(date: tenant.currentDate, message: "\(error)")
    progress.stopped(result.tenant, at: tenant.currentDate, because: "\(error)")
    return result
  }

  /// Closes closed dates again, all of them or none.
  private func recloseDates(
    of tenant: inout TenantClose, from pipeline: ReadingPipeline, firstIndex: Int
  ) throws {
    if tenant.recloseTasks.isEmpty { return }
    // What is undone with the transaction must not stay in the result either.
    var changing = tenant
    let closed = try committer.inTransaction {
      try writer.closing {
        var queue = RecloseQueue(changing.recloseTasks)
        var closed: [ClosedDate] = []
        var reclosed = ReclosedEntries()
        while let (task, index) = queue.next() {
          tenant.currentDate = task.date
          let read =
            try index.map { try pipeline.input(firstIndex + $0) }
            ?? dateReader.withoutProgress().readAlone(task)
          let input = try identifierCheck.checked(read, changing.state, reclosed)
          guard let done = try recloseIfChanged(input, of: &changing) else { continue }
          changing.state = done.state
          closed.append(done)
          for date in try identifierCheck.datesAffected(by: input, done.state, &reclosed) {
            try queue.add(date) { try affectedTask(date, by: task, done.state) }
          }
        }
        return closed
      }
    }
    tenant = changing
    closed.forEach { tenant.add($0) }
    tenant.finishRecloses()
  }

  /// The task of closing a later date again because entries that it shares with an earlier one count on
  /// another date now. Its records are checked against the chart that it was closed with.
  ///
  /// - Throws: `CloseRefusal` with `missing_export` if its export is gone.
  private func affectedTask(
    _ date: BusinessDate, by earlier: CloseTask, _ state: TenantState
  ) throws -> CloseTask {
    let reader = writer.reader
    guard let header = try reader.closeHeader(state, date: date) else {
      throw CloseRefusal(.notClosed, "\(date) is not closed.")
    }
    let task = CloseTask(
      tenant: earlier.tenant, tenantPath: earlier.tenantPath, date: date,
      firstDate: earlier.firstDate, chart: try reader.chart(of: header.closeID), replaces: header,
      keepsIdentifiers: earlier.keepsIdentifiers)
    guard try ClosedDateCheck(dateReader: dateReader, reader: reader).isFinished(task) else {
      throw CloseRefusal(
        .missingExport,
        "closing \(earlier.date) again changes which entries of \(date) count, but the export of \(date) is "
          + "gone. Restore it, then run again.")
    }
    return task
  }

  /// Closes a date again if its records or its loan tape differ from those it was closed with.
  private func recloseIfChanged(
    _ input: DateInput, of tenant: inout TenantClose
  ) throws -> ClosedDate? {
    guard let replaced = input.task.replaces else { return nil }
    let hasSameRecords = writer.reader.inputDigest(of: input.tally.input) == replaced.inputDigest
    // Which date counts an entry, and with what content, decides about findings and later recloses.
    let hasSameRepetitions =
      try writer.reader.repetitions(of: replaced.closeID) == input.task.closedEntries
    let hasOtherTape = try closer.hasOtherTape(input, than: replaced.closeID)
    if hasSameRecords && hasSameRepetitions && !hasOtherTape {
      tenant.result.alreadyClosed.append(replaced)
      progress.finished(input.task.tenant, input.task.date)
      return nil
    }
    let parts = try ClosedDateCheck.differingParts(
      try writer.reader.parts(replaced.closeID), input.parts.map { ($0.file, $0.sha256) })
    let reason =
      if !hasSameRecords || !hasSameRepetitions {
        parts.isEmpty ? "other records of its parts are accepted now" : "\(parts) changed"
      } else {
        "its loan tape changed"
      }
    tenant.result.notes.append(
      "\(input.task.date) was closed again, replacing close \(replaced.closeID): \(reason).")
    tenant.result.notes += input.notes
    return try closeDate(input, of: tenant)
  }

  private func closeDate(_ input: DateInput, of tenant: TenantClose) throws -> ClosedDate {
    let (owner, date) = (input.task.tenant, input.task.date)
    progress.closing(owner, date)
    defer { progress.finished(owner, date) }
    return try progress.measure(.close) {
      try closer.close(
        input, openings: tenant.openings, state: tenant.state,
        lateInput: tenant.lateInputTieOuts, isNewest: date == tenant.tasks.last?.date)
    }
  }
}
