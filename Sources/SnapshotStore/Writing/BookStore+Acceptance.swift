import Digests
import GRDB
public import LedgerDomain

extension BookReader {
  /// Faults in the decisions about a tenant's quarantined records.
  public func acceptanceFaults(_ state: TenantState) throws -> [String] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT a.acceptance_id, a.close_id, a.code, a.file, a.record, a.is_undo, a.name, a.note,
          a.accepted_at, a.digest, c.chain_digest
        FROM stored_acceptance a LEFT JOIN stored_close c
          ON c.close_id = a.close_id AND c.tenant_ref = a.tenant_ref
        WHERE a.tenant_ref = ? ORDER BY a.acceptance_id
        """, arguments: [state.reference])
    return try rows.compactMap { row in
      let digest = AcceptanceDigest.of(
        row[0], tenant: state.tenant, close: row[1], chainDigest: row[10] ?? "",
        scope: (row[2], row[3], row[4]), isUndo: row[5], name: try row.text(6),
        note: try row.text(7), acceptedAt: try row.text(8))
      if digest == (try row.text(9)) { return nil }
      return
        "acceptance \(row[0] as Int64) of quarantined records of close \(row[1] as Int64) no longer matches "
        + "its digest"
    }
  }
}

extension BookWriter {
  /// Records a decision about quarantined records of a close.
  ///
  /// - Precondition: A transaction is open.
  public func accept(
    _ acceptance: QuarantineAcceptance, of header: CloseHeader, _ state: TenantState
  ) throws {
    let number =
      (try Int64.fetchOne(db, sql: "SELECT max(acceptance_id) FROM stored_acceptance") ?? 0) + 1
    let scope = acceptance.scope.columns
    let isUndo: Int64 = acceptance.isUndo ? 1 : 0
    let digest = AcceptanceDigest.of(
      number, tenant: state.tenant, close: header.closeID.number, chainDigest: header.chainDigest,
      scope: scope, isUndo: isUndo, name: acceptance.name, note: acceptance.note,
      acceptedAt: acceptance.acceptedAt)
    try db.execute(
      sql: "UPDATE chain_head SET acceptance_count = acceptance_count + 1 WHERE tenant_ref = ?",
      arguments: [state.reference])
    try db.execute(
      sql: "INSERT INTO stored_acceptance VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        number, state.reference, header.closeID.number, scope.code, scope.file, scope.record,
        isUndo, acceptance.name, acceptance.note, acceptance.acceptedAt, digest,
      ])
  }
}

extension QuarantineAcceptance.Scope {
  /// The columns that store it.
  fileprivate var columns: (code: String?, file: String?, record: Int64?) {
    switch self {
    case .everything: (nil, nil, nil)
    case .code(let code): (code.rawValue, nil, nil)
    case .record(let place): (nil, place.file, Int64(place.record))
    }
  }
}

/// The digest of an acceptance: the SHA-256 of its row and of the chain digest of the close that it
/// belongs to, each text prefixed with its length, `-` for NULL.
enum AcceptanceDigest {
  static func of(
    _ number: Int64, tenant: TenantID, close: Int64, chainDigest: String,
    scope: (code: String?, file: String?, record: Int64?), isUndo: Int64, name: String,
    note: String, acceptedAt: String
  ) -> String {
    let texts = [chainDigest, scope.code, scope.file, name, note, acceptedAt].map { text in
      text.map { "\($0.utf8.count):\($0)" } ?? "-"
    }
    let record = scope.record.map { String($0) } ?? "-"
    let text =
      "tieout-acceptance-1|\(number)|\(tenant)|\(close)|\(record)|\(isUndo)|"
      + texts.joined(separator: "|") + "\n"
    return Hexadecimal.text(SHA256.hash(Array(text.utf8)))
  }
}
