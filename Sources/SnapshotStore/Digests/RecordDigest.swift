import GRDB
import LedgerDomain

/// The digest of a close's record: everything stored about the close besides its books.
///
/// The chain digest is the same whenever and wherever the same books are closed. A record also has
/// times, numbers, findings and tie-outs, which differ, so it has its own digest, which the next close's
/// record includes. It is the SHA-256 of the tables below in order, row by row in the order of their
/// keys, each column as its type and text: `i42;`, `t5:hello;`, `n;`.
enum RecordDigest {
  /// The covered tables, each with a query for the rows of close `?1`.
  private static let queries: [(table: String, sql: String)] = [
    (
      "close",
      """
      SELECT c.close_id, t.tenant_id, c.business_date, c.status, c.records_read,
        c.entries_accepted, c.records_quarantined, c.started_at, c.finished_at, c.chain_digest,
        h.digest, c.replaces_close_id, p.record_digest
      FROM stored_close c JOIN tenant t ON t.tenant_ref = c.tenant_ref
        JOIN chart h ON h.chart_ref = c.chart_ref
        LEFT JOIN stored_close p ON p.close_id = c.previous_close_id
      WHERE c.close_id = ?1
      """
    ),
    ("part", "SELECT * FROM input_part WHERE close_id = ?1 ORDER BY file"),
    ("finding", "SELECT * FROM stored_finding WHERE close_id = ?1 ORDER BY number"),
    ("finding_count", "SELECT * FROM finding_count WHERE close_id = ?1 ORDER BY code"),
    ("tie_out", "SELECT * FROM stored_tie_out WHERE close_id = ?1 ORDER BY number"),
    (
      "restatement",
      """
      SELECT * FROM stored_restatement WHERE close_id = ?1
      ORDER BY account_code, currency, layer, as_of_date
      """
    ),
    (
      "restating_entry",
      """
      SELECT * FROM stored_restating_entry WHERE close_id = ?1
      ORDER BY account_code, currency, layer, number
      """
    ),
    (
      "restating_count",
      "SELECT * FROM restating_count WHERE close_id = ?1 ORDER BY account_code, currency, layer"
    ),
    (
      "close_total", "SELECT * FROM stored_close_total WHERE close_id = ?1 ORDER BY currency, layer"
    ),
    (
      "bank_reconciliation",
      "SELECT * FROM stored_bank_reconciliation WHERE close_id = ?1 ORDER BY number"
    ),
    (
      "outstanding_item",
      """
      SELECT * FROM stored_outstanding_item WHERE close_id = ?1 ORDER BY bank_account_ref, number
      """
    ),
  ]

  /// The additional tables of a close that compared the loan book, that is, has a row in the first. The
  /// digest in that row covers the loan movements.
  private static let portfolioQueries: [(table: String, sql: String)] = [
    ("portfolio_rollup", "SELECT * FROM stored_portfolio_rollup WHERE close_id = ?1"),
    (
      "portfolio_total",
      "SELECT * FROM stored_portfolio_total WHERE close_id = ?1 ORDER BY currency"
    ),
    (
      "loan_difference",
      "SELECT * FROM stored_loan_difference WHERE close_id = ?1 ORDER BY loan_id, currency"
    ),
    (
      "principal_movement",
      """
      SELECT * FROM stored_principal_movement WHERE close_id = ?1
      ORDER BY currency, effective_date
      """
    ),
  ]

  /// The additional tables of a close that left records out, that is, has rows in the first. Closes of
  /// older versions have none, so their digests stay what they were.
  private static let quarantineQueries: [(table: String, sql: String)] = [
    (
      "quarantine_count", "SELECT * FROM stored_quarantine_count WHERE close_id = ?1 ORDER BY code"
    ),
    (
      "quarantine_total",
      """
      SELECT * FROM stored_quarantine_total WHERE close_id = ?1 ORDER BY code, currency, layer
      """
    ),
    (
      "quarantined_record",
      "SELECT * FROM stored_quarantined_record WHERE close_id = ?1 ORDER BY file, record"
    ),
    (
      "quarantined_amount",
      """
      SELECT * FROM stored_quarantined_amount WHERE close_id = ?1
      ORDER BY file, record, currency, layer
      """
    ),
  ]

  /// The additional tables of a close of version 5 or later, that is, one with a row in the first. The
  /// digests in that row cover the identifiers and the reversals.
  private static let basisQueries: [(table: String, sql: String)] = [
    ("basis", "SELECT * FROM stored_basis WHERE close_id = ?1"),
    (
      "repetition",
      """
      SELECT close_id, hex(journal_entry_id), content, accepted_date FROM stored_repetition
      WHERE close_id = ?1 ORDER BY journal_entry_id
      """
    ),
  ]

  /// The additional tables of a close that compared bank accounts, that is, has rows in the first.
  private static let bankQueries: [(table: String, sql: String)] = [
    (
      "bank_position", "SELECT * FROM stored_bank_position WHERE close_id = ?1 ORDER BY number"
    ),
    (
      "ledger_item",
      """
      SELECT * FROM stored_ledger_item WHERE close_id = ?1 ORDER BY account_code, currency, number
      """
    ),
  ]

  /// The digest of a close's record as currently stored, in lower-case hexadecimal.
  static func of(_ close: CloseID, in db: Database) throws -> String {
    var digest = RowDigest("tieout-record-1")
    for query in try queries(for: close, in: db) {
      try digest.add(query.table, query.sql, close.number, in: db)
    }
    return digest.finalize()
  }

  private static func queries(
    for close: CloseID, in db: Database
  ) throws -> [(table: String, sql: String)] {
    func hasRows(_ table: String) throws -> Bool {
      try Bool.fetchOne(
        db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM \(table) WHERE close_id = ?)"),
        arguments: [close.number]) == true
    }
    return try queries
      + (hasRows("stored_portfolio_rollup") ? portfolioQueries : [])
      + (hasRows("stored_quarantine_count") ? quarantineQueries : [])
      + (hasRows("stored_basis") ? basisQueries : [])
      + (hasRows("stored_bank_position") ? bankQueries : [])
  }
}
