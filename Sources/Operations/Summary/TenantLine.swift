import CloseJob
import LedgerDomain

/// What a run did for a tenant that needs nobody, in a line.
struct TenantLine {
  /// The dates that it is about: one, or the first and the last.
  let dates: String
  /// What was done.
  let what: String

  init(_ tenant: TenantResult, of run: RunSheet.Run) {
    let closed = tenant.dates.map(\.header.businessDate)
    let before = tenant.alreadyClosed.map(\.businessDate)
    let reconciled = tenant.reconciled.filter { $0.version > 1 || closed.isEmpty }
    let late = reconciled.isEmpty ? "" : ", \(reconciled.count.counted("reconciliation")) made"
    switch run {
    case .reconcile:
      dates = Self.range(tenant.reconciled.map(\.date))
      what =
        reconciled.isEmpty ? "nothing new" : "\(reconciled.count.counted("reconciliation")) made"
    case .close where !closed.isEmpty:
      let records = tenant.dates.reduce(0) { $0 + $1.header.recordsRead }
      let count = closed.count == 1 ? "closed" : "\(closed.count) dates closed"
      dates = Self.range(closed)
      what =
        "\(count), \(ReadableText.grouped(records)) \(records == 1 ? "record" : "records")\(late)"
    case .close:
      dates = Self.range(before)
      what = (before.isEmpty ? "nothing to close" : "already closed") + late
    }
  }

  private static func range(_ dates: [BusinessDate]) -> String {
    guard let first = dates.min(), let last = dates.max() else { return "" }
    return first == last ? "\(first)" : "\(first) to \(last)"
  }

  /// Tenants of which there are too many to list: how many there are of each kind, in the order of the first.
  static func groups(
    _ tenants: [TenantResult], of run: RunSheet.Run
  ) -> [(count: Int, dates: String, what: String)] {
    var places: [String: Int] = [:]
    var groups: [(count: Int, dates: String, what: String)] = []
    for tenant in tenants {
      let line = TenantLine(tenant, of: run)
      // Without its figures, which differ from tenant to tenant.
      let what = String(line.what.prefix { $0 != "," })
      if let place = places[line.dates + what] {
        groups[place].count += 1
      } else {
        places[line.dates + what] = groups.count
        groups.append((1, line.dates, what))
      }
    }
    return groups
  }
}
