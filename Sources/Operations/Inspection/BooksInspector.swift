import CloseJob
import JobConfiguration
import JournalReading
import LedgerDomain
import SnapshotStore

/// Checks that a job still fits the books that exist: their time zone, their store, their tenants.
struct BooksInspector {
  private static let tenantsNamedMax = 10

  let settings: JobSettings
  let clock: RunClock

  /// Runs every check.
  ///
  /// - Parameters:
  ///   - exporting: the tenants that have exports.
  ///   - closing: the tenants that would be closed.
  func inspect(
    exporting: [TenantID], closing: [TenantID], into inspection: inout Inspection
  ) {
    unlisted(exporting, &inspection)
    guard let store = settings.store else { return }
    var booked: Set<TenantID> = []
    if BookStore.exists(at: store) {
      do {
        booked = try BookStore(readingFrom: store).read { reader in
          let states = try reader.tenantStates()
          try timeZone(of: states, reader, &inspection)
          return Set(states.map(\.tenant))
        }
      } catch {
        // Whether the store can be read is checked elsewhere, and says more.
        return
      }
    }
    missingBooks(closing.filter { !booked.contains($0) }, store, &inspection)
  }

  private func unlisted(_ exporting: [TenantID], _ inspection: inout Inspection) {
    if settings.tenants.isEmpty { return }
    let listed = Set(settings.tenants)
    let unlisted = exporting.filter { !listed.contains($0) }
    guard let sentence = UnlistedTenants.sentence(unlisted) else { return }
    inspection.add("tenants", .note, sentence)
  }

  private func timeZone(
    of states: [TenantState], _ reader: BookReader, _ inspection: inout Inspection
  ) throws {
    guard let calendar = LedgerCalendar(timeZone: settings.timeZone) else { return }
    let check = TimeZoneCheck(
      jobZone: settings.timeZone, calendar: calendar, date: calendar.date(at: clock.now()))
    var count = 0
    for state in states {
      guard let refusal = try check.refusal(reader, state) else { continue }
      count += 1
      guard count <= Self.tenantsNamedMax else { continue }
      inspection.add("time_zone", .error, "tenant \(state.tenant): \(refusal)")
    }
    if count > Self.tenantsNamedMax {
      inspection.add(
        "time_zone", .error,
        "the same is true of \((count - Self.tenantsNamedMax).counted("more tenant"))")
    }
  }

  private func missingBooks(
    _ tenants: [TenantID], _ store: String, _ inspection: inout Inspection
  ) {
    guard let reports = settings.reports else { return }
    let books = MissingBooks(reports: reports, store: store)
    let refused = tenants.compactMap { tenant in books.refusal(tenant).map { (tenant, $0) } }
    for (tenant, refusal) in refused.prefix(Self.tenantsNamedMax) {
      inspection.add("books", .error, "tenant \(tenant): \(refusal)")
    }
    if refused.count > Self.tenantsNamedMax {
      inspection.add(
        "books", .error,
        "the same is true of \((refused.count - Self.tenantsNamedMax).counted("more tenant"))")
    }
  }
}
