import Digests
import GRDB
public import LedgerDomain

/// The result of pruning a tenant's books, or of a dry run.
public struct PruneResult: Hashable, Sendable {
  /// The tenant.
  public let tenant: TenantID
  /// How many superseded versions were removed.
  public let rowsRemoved: Int
  /// How many closes had versions removed.
  public let closeCount: Int
  /// How many items of superseded bank reconciliations were removed.
  public let bankItemsRemoved: Int
}

extension BookReader {
  /// What pruning would remove: superseded versions of dates before a date.
  public func prunable(_ state: TenantState, before date: BusinessDate) throws -> PruneResult {
    let counts = try Row.fetchAll(
      db,
      sql: """
        SELECT s.close_id, count(*) FROM stored_snapshot s
        WHERE s.tenant_ref = ?1 AND s.as_of_date < ?2 AND \(PruneDigest.isSuperseded)
        GROUP BY s.close_id
        """, arguments: [state.reference, date.description])
    return PruneResult(
      tenant: state.tenant, rowsRemoved: counts.reduce(0) { $0 + ($1[1] as Int) },
      closeCount: counts.count, bankItemsRemoved: try prunableBankItems(state, before: date))
  }
}

extension BookWriter {
  /// Removes the superseded versions of dates before a date, and the items of superseded bank
  /// reconciliations. Current versions and movements stay, so every
  /// link of the chain and every earlier state can still be computed.
  ///
  /// - Precondition: A transaction is open.
  public func prune(
    _ state: TenantState, before date: BusinessDate, at timestamp: String
  ) throws -> PruneResult {
    let counts = try Row.fetchAll(
      db,
      sql: """
        SELECT s.close_id, count(*) FROM stored_snapshot s
        WHERE s.tenant_ref = ?1 AND s.as_of_date < ?2 AND \(PruneDigest.isSuperseded)
        GROUP BY s.close_id ORDER BY s.close_id
        """, arguments: [state.reference, date.description]
    ).map { (close: CloseID($0[0]), rows: $0[1] as Int) }
    let total = counts.reduce(0) { $0 + $1.rows }
    let result = PruneResult(
      tenant: state.tenant, rowsRemoved: total, closeCount: counts.count,
      bankItemsRemoved: try pruneBankItems(state, before: date, at: timestamp))
    if counts.isEmpty { return result }
    try db.execute(
      sql: """
        DELETE FROM stored_snapshot AS s
        WHERE s.tenant_ref = ?1 AND s.as_of_date < ?2 AND \(PruneDigest.isSuperseded)
        """, arguments: [state.reference, date.description])
    for count in counts { try recordPruning(count.rows, of: count.close, state) }
    let number = try Int64.fetchOne(db, sql: "SELECT max(prune_id) FROM stored_prune") ?? 0
    let previous = try String.fetchOne(
      db,
      sql: "SELECT digest FROM stored_prune WHERE tenant_ref = ? ORDER BY prune_id DESC LIMIT 1",
      arguments: [state.reference])
    try db.execute(
      sql: "INSERT INTO stored_prune VALUES (?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        number + 1, state.reference, date.description, state.lastClose.number, timestamp, total,
        PruneDigest.of(
          number + 1, previous: previous, tenant: state.tenant, before: date.description,
          head: state.lastClose.number, chainDigest: state.chainDigest, timestamp: timestamp,
          rows: total),
      ])
    return result
  }

  private func recordPruning(_ rows: Int, of close: CloseID, _ state: TenantState) throws {
    // Mark the link as pruned first: its digest is then that of the remaining rows.
    try db.execute(
      sql: """
        INSERT INTO pruned_close VALUES (?1, ?2, '')
        ON CONFLICT (close_id) DO UPDATE SET rows_removed = rows_removed + ?2
        """, arguments: [close.number, rows])
    guard let link = try reader.links(state, only: close).first else { return }
    let digest = try reader.digest(
      of: link, state, movements: try reader.movements(close),
      rows: try reader.snapshotRows(of: close, state, date: link.businessDate))
    try db.execute(
      sql: "UPDATE pruned_close SET remaining_digest = ? WHERE close_id = ?",
      arguments: [digest, close.number])
  }
}

/// The digest of a pruning: the SHA-256 of its row, the head of the chain at that time, and the digest
/// of the tenant's previous pruning.
enum PruneDigest {
  /// Whether snapshot row `s` has a later version.
  static let isSuperseded = """
    EXISTS (
      SELECT 1 FROM stored_snapshot n
      WHERE n.tenant_ref = s.tenant_ref AND n.as_of_date = s.as_of_date
        AND n.account_code = s.account_code AND n.currency = s.currency AND n.layer = s.layer
        AND n.close_id > s.close_id)
    """

  static func of(
    _ number: Int64, previous: String?, tenant: TenantID, before: String, head: Int64,
    chainDigest: String, timestamp: String, rows: Int
  ) -> String {
    let text =
      "tieout-prune-1|\(number)|\(previous ?? "-")|\(tenant)|\(before)|\(head)|\(chainDigest)"
      + "|\(timestamp)|\(rows)\n"
    return Hexadecimal.text(SHA256.hash(Array(text.utf8)))
  }
}
