import DailyClose
import JournalReading
import LedgerDomain
import SnapshotStore

/// Whether the export of a date that is closed already is still the one that was closed.
struct ClosedDateCheck {
  let dayReader: DayReader
  let reader: BookReader

  /// Compares the date's parts with those that the close read, and if they differ, their entries.
  ///
  /// - Throws: `CloseRefusal` with `other_input` that names the parts that differ, if the entries do;
  ///   `ReadingError` if the export cannot be read any more.
  func check(
    _ state: TenantState, plan: TenantPlan, date: BusinessDate, references: inout ReferenceData,
    notes: inout [String]
  ) throws {
    guard let header = try reader.closeHeader(state, date: date) else { return }
    let work = DateWork(
      tenant: plan.tenant, tenantPath: plan.path, date: date, firstDate: state.firstDate,
      chart: try references.chart(of: plan.tenant))
    guard let day = try open(work) else {
      notes.append(
        "\(date) is closed already. Its export is gone, so that it was not compared with what was "
          + "closed.")
      return
    }
    let differing = try differingParts(try reader.parts(header.closeID), day.parts)
    if differing.isEmpty {
      notes.append("\(date) is closed already with the same input: there is nothing to do.")
      return
    }
    let named = differing.sorted().joined(separator: ", ")
    let reading = try dayReader.read(work)
    if reader.inputDigest(of: reading.tally.input) == header.inputDigest {
      notes.append(
        "\(date) is closed already. Its files differ (\(named)), but hold the same records: there is "
          + "nothing to do.")
      return
    }
    throw CloseRefusal(
      code: "other_input",
      "\(date) is closed already, as close \(header.closeID), with other input: \(named). What is "
        + "closed is not changed. Find out why the export changed.")
  }

  /// The date's directory; `nil` if it is not there any more.
  private func open(_ work: DateWork) throws -> OpenDay? {
    do {
      return try dayReader.open(work)
    } catch let error as ReadingError where error.code == .missingExport {
      return nil
    }
  }

  /// The names of parts that are new, gone or have other bytes.
  private func differingParts(_ closed: [InputPart], _ present: [ExportPart]) throws -> Set<String>
  {
    var unmatched = Dictionary(closed.map { ($0.file, $0.sha256) }, uniquingKeysWith: { $1 })
    var differing: Set<String> = []
    for part in present {
      let known = unmatched.removeValue(forKey: part.name)
      if try known == nil || known != part.sha256() { differing.insert(part.name) }
    }
    return differing.union(unmatched.keys)
  }
}
