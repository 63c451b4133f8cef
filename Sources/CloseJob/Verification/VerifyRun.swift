public import JobConfiguration
import JournalReading
public import LedgerDomain
import SnapshotStore

/// `tieout verify`: verifies that the stored books match the exports.
public struct VerifyRun {
  private let settings: JobSettings
  private let calendar: LedgerCalendar
  private let clock: RunClock
  private let dates: (from: BusinessDate?, to: BusinessDate?)
  private let isStoreOnly: Bool

  /// A verification with these settings.
  ///
  /// - Parameters:
  ///   - dates: the dates whose exports are read again, by default all closed dates. The chain is
  ///     always verified from the first close on.
  ///   - isStoreOnly: whether no export is read.
  /// - Throws: `UsageError` if something it needs is not given.
  public init(
    settings: JobSettings, clock: RunClock, dates: (from: BusinessDate?, to: BusinessDate?),
    isStoreOnly: Bool
  ) throws(UsageError) {
    guard settings.store != nil else { throw UsageError.noStore }
    guard isStoreOnly || settings.exports != nil else {
      throw UsageError("no exports are given. Give --job FILE or --exports DIR, or --store-only.")
    }
    guard let calendar = LedgerCalendar(timeZone: settings.timeZone) else {
      throw UsageError("there is no time zone '\(settings.timeZone)'.")
    }
    if let from = dates.from, let to = dates.to, to < from {
      throw UsageError("the range from \(from) to \(to) is empty. Give an earlier --from.")
    }
    self.settings = settings
    self.calendar = calendar
    self.clock = clock
    self.dates = dates
    self.isStoreOnly = isStoreOnly
  }

  /// Verifies one snapshot of the store; a close may run at the same time.
  ///
  /// - Throws: `StoreError` if the store cannot be read; `ReadingError` if the exports cannot be
  ///   listed.
  public func run() throws -> VerifyResult {
    let store = try BookStore(readingFrom: settings.store ?? "")
    let found = isStoreOnly ? nil : try ExportLayout(root: settings.exports ?? "").tenants()
    let paths = Dictionary(
      (found?.tenants ?? []).map { ($0.tenant, $0.path) }, uniquingKeysWith: { $1 })
    return try store.read { reader in
      var result = VerifyResult(isStoreOnly: isStoreOnly)
      result.store = try reader.structureFaults().map {
        Difference(tenant: nil, close: nil, date: nil, message: $0)
      }
      for tenant in try tenants(reader, &result) {
        guard let state = try reader.tenantState(tenant) else { continue }
        result.tenants.append(try verify(state, paths[tenant], reader))
      }
      return result
    }
  }

  /// The tenants to verify. A tenant without books is a difference if it was named.
  private func tenants(_ reader: BookReader, _ result: inout VerifyResult) throws -> [TenantID] {
    let booked = try reader.tenantStates().map(\.tenant)
    for tenant in settings.tenants where !booked.contains(tenant) {
      result.store.append(
        Difference(
          tenant: tenant, close: nil, date: nil, message: "tenant \(tenant) has no closed date"))
    }
    return settings.tenants.isEmpty ? booked : settings.tenants.filter { booked.contains($0) }
  }

  private func verify(
    _ state: TenantState, _ path: String?, _ reader: BookReader
  ) throws -> TenantVerification {
    var verification = try StoreVerification(reader: reader, state: state)
    try verification.verify()
    var found = verification.found
    let dateReader = DateReader(settings: settings, calendar: calendar, clock: clock)
    do {
      found.differences += try LoanVerification(
        reader: reader, state: state, memory: dateReader.loanMemory
      ).differences()
    } catch let error as LoanOverflow {
      found.differences.append(
        Difference(tenant: state.tenant, close: nil, date: nil, message: "\(error)"))
    } catch let error as StoreError {
      found.differences.append(
        Difference(tenant: state.tenant, close: nil, date: nil, message: error.message))
    }
    if isStoreOnly { return found }
    let first = max(dates.from ?? state.firstDate, state.firstDate)
    let last = min(dates.to ?? state.closedThrough, state.closedThrough)
    guard first <= last else {
      found.notes.append("The range has no closed date: no export was read.")
      return found
    }
    try ExportVerification(reader: reader, dateReader: dateReader).verify(
      state, path: path, dates: first...last, into: &found)
    return found
  }
}
