import GRDB
import LedgerDomain

/// What a record of a tenant's bank log is about.
enum BankRecordKind: String, CaseIterable {
  /// A file of the bank, as it was taken up.
  case file
  /// A version of the reconciliation of an account and date.
  case reconciliation
  /// What a person matched, wrote off, or took back.
  case settlement
  /// The removal of items of superseded versions.
  case pruning

  /// The tables that the record's digest covers, each with a query for the rows of record `?1`.
  var queries: [(table: String, sql: String)] {
    switch self {
    case .file:
      [
        ("file", "SELECT * FROM stored_statement_file WHERE record_id = ?1"),
        ("statement", "SELECT * FROM stored_statement WHERE record_id = ?1 ORDER BY kind, place"),
        (
          "entry",
          """
          SELECT * FROM stored_statement_entry WHERE record_id = ?1
          ORDER BY kind, statement_place, place, transaction_place
          """
        ),
        ("finding", "SELECT * FROM stored_bank_finding WHERE record_id = ?1 ORDER BY number"),
      ]
    case .reconciliation:
      [
        ("reconciliation", "SELECT * FROM stored_reconciliation WHERE record_id = ?1"),
        ("finding", "SELECT * FROM stored_bank_finding WHERE record_id = ?1 ORDER BY number"),
      ]
    case .settlement:
      [
        ("settlement", "SELECT * FROM stored_settlement WHERE record_id = ?1"),
        ("item", "SELECT * FROM stored_settled_item WHERE record_id = ?1 ORDER BY number"),
      ]
    case .pruning: [("pruning", "SELECT * FROM stored_bank_pruning WHERE record_id = ?1")]
    }
  }
}

/// The digests of a tenant's bank log.
///
/// Each record's digest is the SHA-256 of the digest before it and of its rows, so that no record can
/// be changed, removed or added. The head of the tenant's chain counts the records. The items of a
/// reconciliation have a digest of their own, as pruning can remove them.
enum BankRecordDigest {
  static func of(
    _ record: Int64, _ kind: BankRecordKind, tenant: String, number: Int64, madeAt: String,
    previous: String, in db: Database
  ) throws -> String {
    var digest = RowDigest("tieout-bank-1")
    digest.add(line: previous)
    digest.add(
      line: "\(record)|\(number)|\(tenant)|\(kind.rawValue)|\(madeAt.utf8.count):\(madeAt)")
    for query in kind.queries { try digest.add(query.table, query.sql, record, in: db) }
    return digest.finalize()
  }

  /// The digest of the items of a reconciliation.
  static func items(of record: Int64, in db: Database) throws -> String {
    var digest = RowDigest("tieout-bank-items-1")
    try digest.add(
      "matched",
      "SELECT * FROM stored_matched_item WHERE record_id = ?1 ORDER BY match_number, number",
      record, in: db)
    try digest.add(
      "open", "SELECT * FROM stored_open_item WHERE record_id = ?1 ORDER BY number", record, in: db)
    return digest.finalize()
  }
}

extension BookReader {
  /// How many records a tenant's bank log has, and the digest of the last.
  func bankHead(_ tenantReference: Int64) throws -> (count: Int64, digest: String) {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql:
          "SELECT number, digest FROM bank_record WHERE tenant_ref = ? ORDER BY number DESC LIMIT 1"
      ),
      arguments: [tenantReference])
    return try row.map { (try $0.integer(0), try $0.text(1)) } ?? (0, "")
  }
}

extension BookWriter {
  /// Adds a record to a tenant's bank log.
  ///
  /// - Parameter rows: writes the record's rows in its other tables, given its number in the store.
  /// - Returns: that number.
  func addBankRecord(
    _ kind: BankRecordKind, tenantReference: Int64, at timestamp: String,
    _ rows: (Int64) throws -> Void
  ) throws -> Int64 {
    let head = try reader.bankHead(tenantReference)
    try db.cachedStatement(
      sql: """
        INSERT INTO bank_record (tenant_ref, number, kind, made_at, digest) VALUES (?, ?, ?, ?, '')
        """
    ).execute(arguments: [tenantReference, head.count + 1, kind.rawValue, timestamp])
    let record = db.lastInsertedRowID
    try rows(record)
    let tenant = try String.fetchOne(
      db.cachedStatement(sql: "SELECT tenant_id FROM tenant WHERE tenant_ref = ?"),
      arguments: [tenantReference])
    let digest = try BankRecordDigest.of(
      record, kind, tenant: tenant ?? "", number: head.count + 1, madeAt: timestamp,
      previous: head.digest, in: db)
    try db.cachedStatement(sql: "UPDATE bank_record SET digest = ? WHERE record_id = ?").execute(
      arguments: [digest, record])
    try db.cachedStatement(
      sql: "UPDATE chain_head SET bank_record_count = ?, bank_digest = ? WHERE tenant_ref = ?"
    ).execute(arguments: [head.count + 1, digest, tenantReference])
    return record
  }
}
