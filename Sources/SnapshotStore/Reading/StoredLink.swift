import GRDB
public import LedgerDomain

/// A close as a link of its tenant's chain, as stored: the starting point of verification.
public struct StoredLink: Sendable {
  /// The close.
  public let closeID: CloseID
  /// The date that it closed.
  public let businessDate: BusinessDate
  /// The digest of the input records, as stored.
  public let inputDigest: String
  /// The link's digest, as stored.
  public let chainDigest: String
  /// The digest of the close's record; `nil` if an early version of Tieout wrote the close.
  public let recordDigest: String?
  /// The close before it, as stored.
  public let previous: CloseID?
  /// The chain digest of the previous close; `nil` if that close is missing.
  public let previousDigest: String?
  /// The close whose movements it replaced.
  public let replaces: CloseID?
  /// How many of its rows were pruned, and the digest of those that remain.
  public let pruned: (rows: Int, remainingDigest: String)?
  /// The store's numbers of the chart it used and of the previous close's chart.
  let charts: (own: Int64, previous: Int64?)

  var remainingDigest: String? { pruned?.remainingDigest }
}

extension BookReader {
  /// Every close of a tenant, or only one, in the order of their numbers.
  public func links(_ state: TenantState, only close: CloseID? = nil) throws -> [StoredLink] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT c.close_id, c.business_date, c.input_digest, c.chain_digest, c.record_digest,
            c.previous_close_id, p.chain_digest, c.replaces_close_id, r.rows_removed,
            r.remaining_digest, c.chart_ref, c.previous_chart_ref
          FROM stored_close c LEFT JOIN stored_close p ON p.close_id = c.previous_close_id
            LEFT JOIN pruned_close r ON r.close_id = c.close_id
          WHERE c.tenant_ref = ?1 AND c.close_id BETWEEN ?2 AND ?3 ORDER BY c.close_id
          """),
      arguments: [state.reference, close?.number ?? 0, close?.number ?? Int64.max]
    ).map { row in
      let pruned = try row.optionalInteger(8).map { (Int($0), try row.text(9)) }
      return StoredLink(
        closeID: CloseID(try row.integer(0)), businessDate: try row.date(at: 1),
        inputDigest: try row.text(2),
        chainDigest: try row.text(3), recordDigest: try row.optionalText(4),
        previous: try row.optionalInteger(5).map(CloseID.init),
        previousDigest: try row.optionalText(6),
        replaces: try row.optionalInteger(7).map(CloseID.init), pruned: pruned,
        charts: (try row.integer(10), try row.optionalInteger(11)))
    }
  }
}
