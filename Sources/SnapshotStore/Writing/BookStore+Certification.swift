import Digests
import GRDB
public import LedgerDomain

extension BookReader {
  /// The last certification of a close, withdrawn or not; `nil` if the close was never certified.
  public func certification(of close: CloseID) throws -> Certification? {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT close_id, chain_digest, name, note, certified_at, withdrawn_by_close_id,
            withdrawn_by_record_id
          FROM certification WHERE close_id = ? ORDER BY certification_id DESC LIMIT 1
          """),
      arguments: [close.number])
    return try row.map { row in
      Certification(
        closeID: CloseID(row[0]), chainDigest: try row.text(1), name: try row.text(2),
        note: try row.text(3), certifiedAt: try row.text(4),
        withdrawnBy: (row[5] as Int64?).map(CloseID.init), withdrawnByBank: row[6] != nil)
    }
  }

  /// The dates whose last certification was withdrawn by a later close or reconciliation, in order.
  public func datesWithdrawn(_ state: TenantState) throws -> [BusinessDate] {
    try String.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT business_date FROM certification c
          WHERE tenant_id = ?
            AND (withdrawn_by_close_id IS NOT NULL OR withdrawn_by_record_id IS NOT NULL)
            AND certification_id = (
            SELECT max(l.certification_id) FROM certification l
            WHERE l.tenant_id = c.tenant_id AND l.business_date = c.business_date)
          ORDER BY 1
          """),
      arguments: [state.tenant.description]
    ).compactMap { BusinessDate($0) }
  }

  /// The dates whose certification a close withdrew, in order.
  public func certificationsWithdrawn(
    _ state: TenantState, by close: CloseID
  ) throws -> [BusinessDate] {
    // The view reads all later closes of a certification: too slow for each close of a long backfill.
    guard try !datesWithdrawn(state, by: close).isEmpty else { return [] }
    return try String.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT DISTINCT business_date FROM certification
          WHERE tenant_id = ? AND withdrawn_by_close_id = ? ORDER BY 1
          """),
      arguments: [state.tenant.description, close.number]
    ).compactMap { BusinessDate($0) }
  }

  /// The certified dates that a close restated or closed again, in order, including those whose
  /// certification had been withdrawn before: their reports change as well.
  public func datesWithdrawn(_ state: TenantState, by close: CloseID) throws -> [BusinessDate] {
    try String.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT DISTINCT c.business_date
          FROM stored_certification f JOIN stored_close c ON c.close_id = f.close_id
          WHERE f.tenant_ref = ?1 AND f.head_close_id < ?2
            AND (c.business_date = (SELECT business_date FROM stored_close WHERE close_id = ?2)
              OR EXISTS (SELECT 1 FROM stored_restatement r
                WHERE r.close_id = ?2 AND r.as_of_date = c.business_date))
          ORDER BY 1
          """),
      arguments: [state.reference, close.number]
    ).compactMap { BusinessDate($0) }
  }

  /// The later closes that restated the date of a close, in order.
  public func restatingCloses(
    _ state: TenantState, since header: CloseHeader
  ) throws -> [RestatingClose] {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT c.close_id, c.business_date FROM stored_close c
          WHERE c.tenant_ref = ?1 AND c.close_id > ?2 AND EXISTS (
            SELECT 1 FROM stored_restatement r WHERE r.close_id = c.close_id AND r.as_of_date = ?3)
          ORDER BY 1
          """),
      arguments: [state.reference, header.closeID.number, header.businessDate.description])
    return try rows.map { row in
      RestatingClose(closeID: CloseID(row[0]), businessDate: try row.date(at: 1))
    }
  }

  /// Faults in a tenant's certifications.
  public func certificationFaults(_ state: TenantState) throws -> [String] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT f.certification_id, f.close_id, f.head_close_id, f.chain_digest, f.name, f.note,
          f.certified_at, f.digest, c.chain_digest, f.bank_record_number
        FROM stored_certification f LEFT JOIN stored_close c
          ON c.close_id = f.close_id AND c.tenant_ref = f.tenant_ref
        WHERE f.tenant_ref = ? ORDER BY f.certification_id
        """, arguments: [state.reference])
    return try rows.compactMap { row in
      let digest = CertificationDigest.of(
        row[0], tenant: state.tenant, close: row[1], head: row[2], chainDigest: try row.text(3),
        name: try row.text(4), note: try row.text(5), certifiedAt: try row.text(6),
        bankRecord: row[9])
      if digest != (try row.text(7)) {
        return "the certification of close \(row[1] as Int64) no longer matches its digest"
      }
      if (row[8] as String?) != (try row.text(3)) {
        return "close \(row[1] as Int64) is no longer the close that was certified"
      }
      return nil
    }
  }
}

extension BookWriter {
  /// Records the certification of a close.
  ///
  /// - Precondition: A transaction is open.
  public func certify(
    _ header: CloseHeader, _ state: TenantState, name: String, note: String, at timestamp: String
  ) throws {
    let number =
      (try Int64.fetchOne(db, sql: "SELECT max(certification_id) FROM stored_certification") ?? 0)
      + 1
    let bankRecord = try reader.bankHead(state.reference).count
    let digest = CertificationDigest.of(
      number, tenant: state.tenant, close: header.closeID.number, head: state.lastClose.number,
      chainDigest: header.chainDigest, name: name, note: note, certifiedAt: timestamp,
      bankRecord: bankRecord)
    try db.execute(
      sql:
        "UPDATE chain_head SET certification_count = certification_count + 1 WHERE tenant_ref = ?",
      arguments: [state.reference])
    try db.execute(
      sql: "INSERT INTO stored_certification VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        number, state.reference, header.closeID.number, state.lastClose.number, header.chainDigest,
        name, note, timestamp, digest, bankRecord,
      ])
  }
}

/// The digest of a certification: the SHA-256 of its row, each text prefixed with its length.
enum CertificationDigest {
  static func of(
    _ number: Int64, tenant: TenantID, close: Int64, head: Int64, chainDigest: String, name: String,
    note: String, certifiedAt: String, bankRecord: Int64
  ) -> String {
    let texts = [chainDigest, name, note, certifiedAt].map { "\($0.utf8.count):\($0)" }
    let text =
      "tieout-certification-1|\(number)|\(tenant)|\(close)|\(head)|" + texts.joined(separator: "|")
      // Certifications of older versions have no bank record.
      + (bankRecord == 0 ? "" : "|\(bankRecord)") + "\n"
    return Hexadecimal.text(SHA256.hash(Array(text.utf8)))
  }
}
