import DailyClose
import JobConfiguration
import JournalReading
import LedgerDomain
import SnapshotStore

/// Reads the exports of closed dates again and compares them with what was closed.
///
/// The current close of each date must have the records, parts and movements of its export.
/// `StoreVerification` verifies that the balances follow from the movements.
struct ExportVerification {
  private static let movementsNamedMax = 10

  let reader: BookReader
  let dateReader: DateReader

  /// Compares a tenant's dates.
  ///
  /// - Parameters:
  ///   - path: the tenant's directory; `nil` if there is none.
  ///   - dates: the dates, all closed.
  func verify(
    _ state: TenantState, path: String?, dates: ClosedRange<BusinessDate>,
    into found: inout TenantVerification
  ) throws {
    guard let path else {
      found.failures.append(
        "the exports have no directory tenant_id=\(state.tenant). Check the exports, or verify with "
          + "--store-only.")
      return
    }
    var tasks: [CloseTask] = []
    let from = try reader.basis(of: state.lastClose)?.identifiersFrom
    for offset in 0...dates.lowerBound.days(to: dates.upperBound) {
      let date = dates.lowerBound.advanced(by: offset)
      guard let header = try reader.closeHeader(state, date: date) else { continue }
      var task = CloseTask(
        tenant: state.tenant, tenantPath: path, date: date, firstDate: state.firstDate,
        chart: try reader.chart(of: header.closeID))
      (task.readsLoans, task.mayBeUnfinished) = (false, true)
      task.closedEntries = try reader.repetitions(of: header.closeID)
      task.keepsIdentifiers = from.map { date >= $0 } ?? false
      if let reason = try missing(task, header) {
        found.failures.append("\(date): \(reason)")
      } else {
        tasks.append(task)
      }
    }
    try verify(tasks, state, &found)
  }

  /// Why a date that was closed from parts has no export any more; `nil` if it has one.
  private func missing(_ task: CloseTask, _ header: CloseHeader) throws -> String? {
    let export = try dateReader.layout.contents(of: task.date, inTenantDirectory: task.tenantPath)
    if let export, !export.hasOnlyBegun { return nil }
    if try reader.parts(header.closeID).isEmpty { return nil }
    return export?.unfinished?.description
      ?? "the export is gone. Restore it, or verify with --store-only or another range."
  }

  private func verify(
    _ tasks: [CloseTask], _ state: TenantState, _ found: inout TenantVerification
  ) throws {
    let pipeline = ReadingPipeline(tasks: tasks, reader: dateReader)
    defer { pipeline.stop() }
    for (index, task) in tasks.enumerated() {
      defer { dateReader.progress.finished(task.tenant, task.date) }
      do {
        let input = try pipeline.input(index)
        try compare(input, state, &found)
        found.datesRead += 1
      } catch let error as ReadingError {
        found.failures.append("\(task.date): \(error)")
      } catch let error as BalanceOverflow {
        found.failures.append("\(task.date): \(error)")
      } catch let error as SpillError {
        found.failures.append("\(task.date): \(error)")
      }
    }
  }

  private func compare(
    _ input: DateInput, _ state: TenantState, _ found: inout TenantVerification
  ) throws {
    guard let header = try reader.closeHeader(state, date: input.task.date) else { return }
    func differ(_ message: String) {
      found.differences.append(
        Difference(
          tenant: state.tenant, close: header.closeID, date: header.businessDate,
          message: "close \(header.closeID) of \(header.businessDate): \(message)"))
    }
    let counts = input.tally.counts
    let isSame = reader.inputDigest(of: input.tally.input) == header.inputDigest
    if !isSame {
      let parts = try ClosedDateCheck.differingParts(
        try reader.parts(header.closeID), input.parts.map { ($0.file, $0.sha256) })
      differ(
        "the records of the export have changed"
          + (parts.isEmpty ? ", although its parts are the same" : " (\(parts))"))
    }
    if counts != (header.recordsRead, header.entriesAccepted, header.recordsQuarantined) {
      differ(
        "the export has \(counts.read.counted("record")), \(counts.accepted) accepted and \(counts.quarantined) "
          + "quarantined; the store has \(header.recordsRead), \(header.entriesAccepted) and "
          + "\(header.recordsQuarantined)")
    }
    if isSame, let identifiers = input.identifiers,
      let stored = try reader.basis(of: header.closeID)?.identifiers
    {
      let digest = try reader.identifierDigest { body in
        try identifiers.forEachPage { body($0.number, $0.prefixes, $0.details) }
      }
      if digest != stored.digest { differ("the identifiers of the export are not those stored") }
    }
    let changes = MovementDiff.between(
      old: try reader.movements(header.closeID), new: try input.tally.movements())
    for change in changes.prefix(Self.movementsNamedMax) {
      differ(
        "the export moves \(change.key) on \(change.effectiveDate) by \(change.totals.debitMinor) DR "
          + "\(change.totals.creditMinor) CR more than the store")
    }
    if changes.count > Self.movementsNamedMax {
      differ("movements that also differ: \(changes.count - Self.movementsNamedMax)")
    }
  }
}
