public import JobConfiguration
import JournalReading
public import LedgerDomain
import SnapshotStore

/// `tieout verify`: verifies that the stored books match the exports.
public struct VerifyRun {
  private let configuration: VerifyConfiguration
  private let clock: RunClock
  private let dates: (from: BusinessDate?, to: BusinessDate?)

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
    try self.init(
      VerifyConfiguration(settings, isStoreOnly: isStoreOnly), clock: clock, dates: dates)
  }

  /// A verification with this configuration.
  ///
  /// - Throws: `UsageError` if the range of dates is empty.
  init(
    _ configuration: VerifyConfiguration, clock: RunClock,
    dates: (from: BusinessDate?, to: BusinessDate?)
  ) throws(UsageError) {
    if let from = dates.from, let to = dates.to, to < from {
      throw UsageError("the range from \(from) to \(to) is empty. Give an earlier --from.")
    }
    self.configuration = configuration
    self.clock = clock
    self.dates = dates
  }

  /// Verifies one snapshot of the store; a close may run at the same time.
  ///
  /// - Throws: `StoreError` if the store cannot be read; `ReadingError` if the exports cannot be
  ///   listed.
  public func run() throws -> VerifyResult {
    let store = try BookStore(readingFrom: configuration.store)
    let found = try configuration.reading.map { try ExportLayout(root: $0.exports).tenants() }
    let paths = Dictionary(
      (found?.tenants ?? []).map { ($0.tenant, $0.path) }, uniquingKeysWith: { $1 })
    let check = timeZoneCheck
    return try store.read { reader in
      var result = VerifyResult(isStoreOnly: configuration.reading == nil)
      result.store = try reader.structureFaults().map {
        Difference(tenant: nil, close: nil, date: nil, message: $0)
      }
      for tenant in try tenants(reader, &result) {
        guard let state = try reader.tenantState(tenant) else { continue }
        result.tenants.append(try verify(state, paths[tenant], reader, check))
      }
      return result
    }
  }

  /// The tenants to verify. A tenant without books is a difference if it was named.
  private func tenants(_ reader: BookReader, _ result: inout VerifyResult) throws -> [TenantID] {
    let booked = try reader.tenantStates().map(\.tenant)
    for tenant in configuration.tenants where !booked.contains(tenant) {
      result.store.append(
        Difference(
          tenant: tenant, close: nil, date: nil, message: "tenant \(tenant) has no closed date"))
    }
    return configuration.tenants.isEmpty
      ? booked : configuration.tenants.filter { booked.contains($0) }
  }

  private func verify(
    _ state: TenantState, _ path: String?, _ reader: BookReader, _ timeZoneCheck: TimeZoneCheck?
  ) throws -> TenantVerification {
    var verification = try StoreVerification(reader: reader, state: state)
    try verification.verify()
    var found = verification.found
    do {
      found.differences += try LoanVerification(
        reader: reader, state: state,
        memory: DateReader.loanMemory(
          store: configuration.store, memoryLimit: configuration.memoryLimit)
      ).differences()
    } catch let error as LoanOverflow {
      found.differences.append(
        Difference(tenant: state.tenant, close: nil, date: nil, message: "\(error)"))
    } catch let error as StoreError {
      found.differences.append(
        Difference(tenant: state.tenant, close: nil, date: nil, message: error.message))
    }
    guard let reading = configuration.reading else { return found }
    let first = max(dates.from ?? state.firstDate, state.firstDate)
    let last = min(dates.to ?? state.closedThrough, state.closedThrough)
    guard first <= last else {
      found.notes.append("The range has no closed date: no export was read.")
      return found
    }
    guard let zoned = try inBooksZone(reading, reader, state, timeZoneCheck, &found) else {
      return found
    }
    let dateReader = DateReader(configuration: zoned.forVerification, clock: clock)
    try ExportVerification(reader: reader, dateReader: dateReader).verify(
      state, path: path, dates: first...last, into: &found)
    return found
  }

  private var timeZoneCheck: TimeZoneCheck? {
    configuration.reading.map {
      TimeZoneCheck(
        jobZone: $0.timeZone, calendar: $0.calendar, date: $0.calendar.date(at: clock.now()))
    }
  }

  /// The configuration that reads the exports in the time zone of the books, whatever the job's is.
  ///
  /// - Returns: `nil` if this machine does not know the zone.
  private func inBooksZone(
    _ reading: ReadingConfiguration, _ reader: BookReader, _ state: TenantState,
    _ check: TimeZoneCheck?, _ found: inout TenantVerification
  ) throws -> ReadingConfiguration? {
    guard let zone = try reader.timeZone(state), let refusal = try check?.refusal(reader, state)
    else { return reading }
    guard let calendar = LedgerCalendar(timeZone: zone.name) else {
      found.failures.append("\(refusal) This machine does not know the time zone \(zone.name).")
      return nil
    }
    found.notes.append("The exports were read in the books' time zone: \(refusal)")
    return reading.inTimeZone(calendar)
  }
}
