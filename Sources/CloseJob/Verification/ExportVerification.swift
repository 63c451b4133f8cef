import DailyClose
public import JobConfiguration
import JournalReading
import LedgerDomain
import SnapshotStore
import Workers

/// Reads the exports of closed dates again and compares them with what was closed.
///
/// The standing close of each date must have the records, parts and movements that its export gives
/// today. That balances follow from movements is what `StoreVerification` proves.
struct ExportVerification {
  private static let movementsNamedMax = 10

  let reader: BookReader
  let dayReader: DateReader

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
      found.failure.append(
        "there is no directory tenant_id=\(state.tenant) below the exports. Check them, or verify with "
          + "--store-only.")
      return
    }
    var works: [CloseTask] = []
    for offset in 0...dates.lowerBound.days(to: dates.upperBound) {
      let date = dates.lowerBound.advanced(by: offset)
      guard let header = try reader.closeHeader(state, date: date) else { continue }
      var work = CloseTask(
        tenant: state.tenant, tenantPath: path, date: date, firstDate: state.firstDate,
        chart: try reader.chart(of: header.closeID))
      work.readsLoans = false
      if try isMissing(work, header) {
        found.failure.append(
          "\(date): its export is gone. Bring it back, or verify with --store-only or another range."
        )
      } else {
        works.append(work)
      }
    }
    try verify(works, state, &found)
  }

  /// Whether a date that was closed from parts has no directory any more.
  private func isMissing(_ work: CloseTask, _ header: CloseHeader) throws -> Bool {
    let check = ClosedDateCheck(dayReader: dayReader, reader: reader)
    return try !check.hasDirectory(work) && !reader.parts(header.closeID).isEmpty
  }

  private func verify(
    _ works: [CloseTask], _ state: TenantState, _ found: inout TenantVerification
  ) throws {
    var settings = dayReader.settings
    // A date that was closed as empty since it had no directory is empty still.
    settings.missingDates = .empty
    // Statements are compared when a date is closed; its export does not depend on them.
    (settings.statements, settings.bankAccounts) = (nil, [])
    let dayReader = DateReader(
      settings: settings, calendar: dayReader.calendar, clock: dayReader.clock)
    let pipeline = ReadingPipeline(
      works: works, reader: dayReader, workers: settings.jobs ?? CoreBudget.machineCores)
    defer { pipeline.stop() }
    for (index, work) in works.enumerated() {
      defer { dayReader.progress.closed(work.tenant, work.date) }
      do {
        let reading = try pipeline.reading(index)
        try compare(reading, state, &found)
        found.datesRead += 1
      } catch let error as ReadingError {
        found.failure.append("\(work.date): \(error)")
      } catch let error as BalanceOverflow {
        found.failure.append("\(work.date): \(error)")
      } catch let error as SpillError {
        found.failure.append("\(work.date): \(error)")
      }
    }
  }

  private func compare(
    _ reading: DateInput, _ state: TenantState, _ found: inout TenantVerification
  ) throws {
    guard let header = try reader.closeHeader(state, date: reading.work.date) else { return }
    func differ(_ message: String) {
      found.differences.append(
        Difference(
          tenant: state.tenant, close: header.closeID, date: header.businessDate,
          message: "close \(header.closeID) of \(header.businessDate): \(message)"))
    }
    let counts = reading.tally.counts
    let isSame = reader.inputDigest(of: reading.tally.input) == header.inputDigest
    if !isSame {
      let parts = try ClosedDateCheck.differingParts(
        try reader.parts(header.closeID), reading.receipts.map { ($0.file, $0.sha256) })
      differ(
        "the export holds other records now"
          + (parts.isEmpty ? ", though its parts are the same" : " (\(parts))"))
    }
    if counts != (header.recordsRead, header.entriesAccepted, header.recordsQuarantined) {
      differ(
        "the export gives \(counts.read) records, \(counts.accepted) accepted and \(counts.quarantined) "
          + "quarantined; stored are \(header.recordsRead), \(header.entriesAccepted) and "
          + "\(header.recordsQuarantined)")
    }
    let changes = MovementDiff.between(
      old: try reader.movements(header.closeID), new: try reading.tally.movements())
    for change in changes.prefix(Self.movementsNamedMax) {
      differ(
        "the export moves \(change.key) on \(change.effectiveDate) by \(change.totals.debitMinor) DR "
          + "\(change.totals.creditMinor) CR more than is stored")
    }
    if changes.count > Self.movementsNamedMax {
      differ("\(changes.count - Self.movementsNamedMax) more movements differ")
    }
  }
}
