import GRDB
public import LedgerDomain

extension BookReader {
  /// The closed dates about which something may need a person, in order: those that did not tie out when
  /// they were closed, and those whose certification was withdrawn.
  ///
  /// - Complexity: O(*n*), with the number of closes, as all are looked at, but no other row of theirs.
  public func datesToReview(_ state: TenantState) throws -> [BusinessDate] {
    let broken = try String.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT c.business_date FROM stored_close c
          WHERE c.tenant_ref = ? AND c.status <> '\(CloseStatus.clean.rawValue)'
            AND NOT EXISTS (SELECT 1 FROM stored_close r WHERE r.replaces_close_id = c.close_id)
          """), arguments: [state.reference])
    return Set(broken.compactMap { BusinessDate($0) } + (try datesWithdrawn(state))).sorted()
  }
}
