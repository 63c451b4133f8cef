import GRDB
public import LedgerDomain

/// The time zone in which a tenant's books are kept.
public struct BooksTimeZone: Hashable, Sendable {
  /// The zone's name, as the last close had it from the job.
  public let name: String
  /// The first close that recorded a zone.
  public let since: CloseID
  /// The date of that close.
  public let sinceDate: BusinessDate
}

extension BookReader {
  /// The time zone of a tenant's books; `nil` if only older versions of Tieout, which did not record it,
  /// closed them.
  public func timeZone(_ state: TenantState) throws -> BooksTimeZone? {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT last.time_zone, first.close_id, first.business_date FROM
            (SELECT b.time_zone FROM stored_close c CROSS JOIN stored_basis b USING (close_id)
             WHERE c.tenant_ref = ?1 ORDER BY c.close_id DESC LIMIT 1) AS last
            CROSS JOIN
            (SELECT c.close_id, c.business_date
             FROM stored_close c CROSS JOIN stored_basis b USING (close_id)
             WHERE c.tenant_ref = ?1 ORDER BY c.close_id LIMIT 1) AS first
          """),
      arguments: [state.reference])
    return try row.map {
      BooksTimeZone(
        name: try $0.text(0), since: CloseID($0[1]), sinceDate: try $0.date(at: 2))
    }
  }
}
