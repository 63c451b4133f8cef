import JournalReading
import LedgerDomain

/// The dates of a tenant that a run will close, and their sizes.
struct TenantWorkload: Sendable {
  let tenant: TenantID
  /// The tenant's directory.
  let path: String
  let dates: [BusinessDate]
  /// Bytes of each date's parts; empty until they are measured.
  var sizes: [Int] = []

  init(tenant: TenantID, tasks: [CloseTask]) {
    self.tenant = tenant
    path = tasks.first?.tenantPath ?? ""
    dates = tasks.map(\.date)
  }

  /// Bytes of each date's parts; 0 for a date without parts, or whose directory cannot be listed.
  func measuredSizes() -> [Int] {
    let layout = ExportLayout(root: "")
    return dates.map { date in
      let parts = (try? layout.contents(of: date, inTenantDirectory: path))?.parts ?? []
      return parts.reduce(0) { $0 + ((try? $1.byteCount()) ?? 0) }
    }
  }

  /// How many dates and bytes remain from a date on.
  func remaining(from date: BusinessDate?) -> (dates: Int, bytes: Int) {
    let first = date.flatMap { dates.firstIndex(of: $0) } ?? 0
    return (dates.count - first, sizes.isEmpty ? 0 : sizes[first...].reduce(0, +))
  }
}
