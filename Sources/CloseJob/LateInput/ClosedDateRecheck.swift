import FileInput
import JobConfiguration
import JournalReading
import LedgerDomain
import Reconciliation
import SnapshotStore

/// Compares the exports of a tenant's last closed dates with what their closes read.
///
/// A date whose parts have the names and sizes of its close costs a directory listing, and the SHA-256
/// of its manifest if there is one. Parts are read only where these differ.
struct ClosedDateRecheck {
  /// What reading a date's parts showed.
  enum Verdict {
    /// The export is the one that was closed.
    case same
    /// There is no directory any more, or there never was one.
    case gone
    /// The files differ and hold the same records.
    case sameRecords(note: String)
    /// The records differ, or cannot be read.
    case late(LateDate)
  }

  let reader: BookReader
  let dateReader: DateReader

  /// The dates that the job compares; `nil` if there is none.
  func window(_ state: TenantState) -> LateInputCheck.Window? {
    LateInputCheck.Window(
      firstDate: state.firstDate, closedThrough: state.closedThrough,
      count: dateReader.configuration.recheckDates)
  }

  /// Compares the last closed dates of a tenant.
  ///
  /// - Parameter excluded: dates that the run compares with their closes in another way.
  /// - Throws: `ReadingError` if the tenant's directory cannot be opened.
  func outcome(
    _ plan: TenantPlan, _ state: TenantState, except excluded: Set<BusinessDate>
  ) throws -> RecheckedDates {
    var rechecked = RecheckedDates(count: dateReader.configuration.recheckDates)
    guard let window = window(state) else { return rechecked }
    let directory = try Self.open(plan.path)
    let layout = dateReader.layout
    for closed in try reader.closedInputs(state, from: window.first, through: window.last) {
      let listing = DateListing(
        closed, in: directory, path: plan.path, tenant: plan.tenant, layout: layout)
      guard let listing else {
        if !closed.parts.isEmpty { rechecked.archived.insert(closed.date) }
        continue
      }
      let differences = listing.differences(from: closed)
      if differences.isEmpty || excluded.contains(closed.date) { continue }
      let found = LateDate(
        date: closed.date, closeID: closed.closeID, partsClosed: closed.parts.count,
        partsNow: listing.parts.count, differences: ExportComparison.phrase(differences))
      switch try verdict(found, plan, state, differences) {
      case .same, .gone: break
      case .sameRecords(let note): rechecked.notes.append(note)
      case .late(let date): rechecked.add(date)
      }
    }
    return rechecked
  }

  /// Compares a date in full, by the SHA-256 of its parts.
  ///
  /// - Throws: what is not about the export.
  func verdict(
    _ header: CloseHeader, _ plan: TenantPlan, _ state: TenantState
  ) throws -> Verdict {
    let closed = try reader.closedInputs(
      state, from: header.businessDate, through: header.businessDate)
    let listing = try closed.first.flatMap {
      DateListing(
        $0, in: try Self.open(plan.path), path: plan.path, tenant: plan.tenant,
        layout: dateReader.layout)
    }
    guard let closed = closed.first else { return .same }
    guard let listing else { return closed.parts.isEmpty ? .same : .gone }
    let differences = listing.differences(from: closed)
    let found = LateDate(
      date: header.businessDate, closeID: header.closeID, partsClosed: closed.parts.count,
      partsNow: listing.parts.count, differences: ExportComparison.phrase(differences))
    return try verdict(found, plan, state, differences)
  }

  private func verdict(
    _ found: LateDate, _ plan: TenantPlan, _ state: TenantState, _ differences: [PartDifference]
  ) throws -> Verdict {
    guard let header = try reader.closeHeader(state, date: found.date) else { return .same }
    let check = ClosedDateCheck(dateReader: dateReader, reader: reader)
    let task = plan.task(found.date, chart: try reader.chart(of: header.closeID))
    do {
      switch try check.outcome(task, header) {
      case .gone: return .gone
      case .same:
        // The parts are those that were closed, so only what the manifest says of them can differ.
        let ofManifest = differences.filter(\.isOfManifest)
        return ofManifest.isEmpty
          ? .same : .late(found.with(differences: ExportComparison.phrase(ofManifest)))
      case .sameRecords(let parts):
        return .sameRecords(note: ClosedDateCheck.note(onSameRecordsOf: found.date, parts))
      case .unfinished(let error): return .late(found.with(readingError: "\(error)"))
      case .other(let parts):
        return .late(differences.isEmpty ? found.with(differences: "\(parts) changed") : found)
      }
    } catch let error as ReadingError {
      return .late(found.with(readingError: "\(error)"))
    }
  }

  private static func open(_ path: String) throws(ReadingError) -> OpenDirectory {
    do throws(FileError) {
      return try OpenDirectory(path: path)
    } catch {
      throw ReadingError(
        .cannotOpen, file: path,
        message: "cannot be listed: \(error.reason). Check the path and its permissions.")
    }
  }
}
