public import JobConfiguration
public import LedgerDomain
import Reports
import SnapshotStore

/// `tieout pack`: writes what finance hands to the auditor at month end, one zip archive.
///
/// Everything is read from one state of the store, as the books are known now; a close may run at the same
/// time. The same state, settings and program give the same bytes.
public struct PackRun {
  private let configuration: PackConfiguration
  private let month: CalendarMonth

  /// A pack of a month.
  ///
  /// - Parameters:
  ///   - tenant: the tenant that the command named.
  ///   - path: where the pack goes; `nil` for a name below the reports.
  /// - Throws: `UsageError` if the store, or a place for the pack, is not given.
  public init(
    settings: JobSettings, month: CalendarMonth, tenant: TenantID? = nil, path: String? = nil
  ) throws(UsageError) {
    configuration = try PackConfiguration(settings, month: month, tenant: tenant, path: path)
    self.month = month
  }

  /// Writes the pack.
  ///
  /// - Throws: `CloseRefusal` with `not_closed` if no date of the month is closed; `ReportError`;
  ///   `StoreError`, with `altered_store` if the books cannot be told at all.
  public func run() throws -> PackResult {
    try BookStore(readingFrom: configuration.store).read { try write($0) }
  }

  private func write(_ reader: BookReader) throws -> PackResult {
    let states = try states(reader)
    let months = try states.map { try MonthReader(reader, $0, month) }
    let present = zip(states, months).filter { $0.1 != nil }.map(\.0.tenant)
    guard !present.isEmpty else {
      throw CloseRefusal(
        .notClosed, "no date of \(month) is closed, so there is nothing to pack. See tieout status."
      )
    }
    let verified = try VerifyRun(
      VerifyConfiguration(
        store: configuration.store, tenants: present, memoryLimit: configuration.memoryLimit),
      clock: .system, dates: (nil, nil)
    ).verify(reader)
    let archive = try PackArchive(
      configuration.path, month: month, isSingle: states.count == 1)
    var result = PackResult(month: month, path: configuration.path, verified)
    for (state, reader) in zip(states, months) {
      let name = configuration.tenantNames[state.tenant]
      guard let reader, let verification = result.verification(of: state.tenant) else {
        archive.add(
          state.tenant, name: name, first: state.firstDate, closedThrough: state.closedThrough)
        result.add(absent: state, label: name)
        continue
      }
      let record = try reader.record(
        name: name, deadline: configuration.deadline, verification: verification)
      try archive.add(record, reader)
      result.add(record)
    }
    result.digest = try archive.finish(
      verification: VerifySummary.text(verified), faults: verified.store.map(\.message))
    return result
  }

  /// The tenants to pack, in the order of their ids.
  private func states(_ reader: BookReader) throws -> [TenantState] {
    let states = try reader.tenantStates()
    let wanted = configuration.tenants
    if let missing = wanted.first(where: { !states.map(\.tenant).contains($0) }) {
      throw CloseRefusal(
        .notClosed, "tenant \(missing) has no books. Run tieout status to list those that do.")
    }
    return wanted.isEmpty ? states : states.filter { wanted.contains($0.tenant) }
  }
}
