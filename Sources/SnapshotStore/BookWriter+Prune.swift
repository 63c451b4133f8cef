import Digests
import GRDB
public import LedgerDomain

/// What pruning a tenant's books took out, or would.
public struct PruneResult: Hashable, Sendable {
  /// Whose books.
  public let tenant: TenantID
  /// How many superseded versions.
  public let rowsRemoved: Int
  /// Of how many closes.
  public let closeCount: Int
}

extension BookReader {
  /// What pruning would take out: versions of dates before one that a later version superseded.
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
      closeCount: counts.count)
  }
}

extension BookWriter {
  /// Takes out the superseded versions of dates before one. Current versions and movements stay, so
  /// that every link of the chain can still be computed, and every earlier state be asked for.
  ///
  /// The caller has begun a transaction.
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
    let result = PruneResult(tenant: state.tenant, rowsRemoved: total, closeCount: counts.count)
    if counts.isEmpty { return result }
    try db.execute(
      sql: """
        DELETE FROM stored_snapshot AS s
        WHERE s.tenant_ref = ?1 AND s.as_of_date < ?2 AND \(PruneDigest.isSuperseded)
        """, arguments: [state.reference, date.description])
    for count in counts { try remember(count.rows, of: count.close, state) }
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

  private func remember(_ rows: Int, of close: CloseID, _ state: TenantState) throws {
    // The link must be marked as pruned for its digest to be that of what remains.
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

/// The digest of a pruning: SHA-256 of what its row says, of the chain's head then, and of the digest
/// of the tenant's pruning before it.
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
