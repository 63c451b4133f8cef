public import LedgerDomain
import Reports
import SnapshotStore

/// Whether tenants without books have had some: their report sets tell.
///
/// A store that was lost, or whose disk is not mounted, must not be replaced by new books in silence: they
/// would begin from zero, or from opening balances of long ago.
public struct MissingBooks {
  private let reports: String
  private let store: String

  /// A look-up below the directory of the reports, for tenants that the store does not have.
  public init(reports: String, store: String) {
    self.reports = reports
    self.store = store
  }

  /// Why no books of a tenant may be begun; `nil` if it has no report set.
  public func refusal(_ tenant: TenantID) -> CloseRefusal? {
    let newest: (date: BusinessDate, path: String)?
    do {
      newest = try ReportSet.newest(of: tenant, below: reports)
    } catch {
      return refusal(
        "whether there are reports of earlier closes is unknown: \(error.path), \(error.reason)")
    }
    return newest.map { refusal("\($0.path) is the report of an earlier close") }
  }

  /// Why nothing can be closed although some tenants have no reports: the store does not exist, so what
  /// the reports of the others come from is gone as a whole.
  ///
  /// - Returns: a refusal for each tenant, in their order; empty if none of them has a report set.
  public func refusalsWithoutStore(_ tenants: [TenantID]) -> [CloseRefusal] {
    let found = tenants.map { refusal($0) }
    guard found.contains(where: { $0 != nil }) else { return [] }
    return found.map {
      $0 ?? refusal("there are reports of earlier closes of other tenants")
    }
  }

  private func refusal(_ reason: String) -> CloseRefusal {
    CloseRefusal(
      .booksMissing,
      BookStore.exists(at: store)
        ? "the store \(store) has no books of this tenant, but \(reason). \(remedy)"
        : "the store \(store) does not exist, but \(reason). \(remedy)")
  }

  private var remedy: String {
    "Check store, and whether its disk is mounted, or restore a backup. Only to begin new books without the "
      + "old ones, run with --new-books."
  }
}
