import GRDB
public import LedgerDomain

extension BookReader {
  /// The last close of a tenant's date; `nil` if the date is not closed.
  ///
  /// - Parameters:
  ///   - state: the state of the tenant's books.
  ///   - date: the business date.
  ///   - knownAt: only closes up to that one; `nil` for all.
  public func closeHeader(
    _ state: TenantState, date: BusinessDate, knownAt: CloseID? = nil
  ) throws -> CloseHeader? {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT close_id, business_date, status, records_read, entries_accepted,
            records_quarantined, started_at, finished_at, input_digest, chain_digest,
            replaces_close_id
          FROM stored_close WHERE tenant_ref = ? AND business_date = ? AND close_id <= ?
          ORDER BY close_id DESC LIMIT 1
          """),
      arguments: [state.reference, date.description, knownAt?.number ?? Int64.max])
    return try row.map { try $0.closeHeader(of: state.tenant) }
  }

  /// The last close before another that was not replaced.
  public func lastUnreplacedClose(_ state: TenantState, before close: CloseID) throws
    -> CloseHeader?
  {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT close_id, business_date, status, records_read, entries_accepted,
            records_quarantined, started_at, finished_at, input_digest, chain_digest,
            replaces_close_id
          FROM stored_close c WHERE tenant_ref = ? AND close_id < ?
            AND NOT EXISTS (
              SELECT 1 FROM stored_close r WHERE r.replaces_close_id = c.close_id)
          ORDER BY close_id DESC LIMIT 1
          """),
      arguments: [state.reference, close.number])
    return try row.map { try $0.closeHeader(of: state.tenant) }
  }

  /// The last close before the first close of a later date; `nil` if the date is not closed.
  ///
  ///     // Closes 7 of 31 January, 8 of 31 January again and 9 of 1 February:
  ///     try reader.lastClose(state, closedThrough: january31)  // 8
  public func lastClose(_ state: TenantState, closedThrough date: BusinessDate) throws -> CloseID? {
    guard date >= state.firstDate, date <= state.closedThrough else { return nil }
    return try Int64.fetchOne(
      db,
      sql: """
        SELECT max(close_id) FROM stored_close WHERE tenant_ref = ?1 AND close_id < ifnull(
          (SELECT min(close_id) FROM stored_close WHERE tenant_ref = ?1 AND business_date > ?2),
          9223372036854775807)
        """,
      arguments: [state.reference, date.description]
    ).map(CloseID.init)
  }

  /// A close with everything its reports show; `nil` if the date is not closed.
  public func closeRecord(_ state: TenantState, date: BusinessDate) throws -> CloseRecord? {
    guard let header = try closeHeader(state, date: date) else { return nil }
    let rollforward = try rollforward(state, header)
    var record = CloseRecord(
      header: header,
      chart: try chart(of: header.closeID, state, keeping: rollforward.map(\.key.account)),
      rollforward: rollforward, restatements: try restatements(header.closeID),
      restatingEntries: try restatingEntries(header.closeID),
      restatingCounts: try restatingCounts(header.closeID),
      tieOuts: try tieOuts(header.closeID), findings: try findings(header.closeID),
      findingCounts: try findingCounts(header.closeID), parts: try parts(header.closeID))
    record.addBankAccounts(try bankAccounts(state, header))
    record.reconciliationCount = try reconciliationCount(state, date: date)
    record.quarantine = try quarantine(of: header.closeID)
    record.certification = try certification(of: header.closeID)
    // Only for a certified close: uncertified, the same close always gives the same reports.
    if record.certification != nil { record.restatedBy = try restatingCloses(state, since: header) }
    record.history = try history(state, through: header)
    record.earlierBalances = try earlierBalances(state, header, of: rollforward)
    record.portfolioRollup = try portfolioRollup(header.closeID)
    return record
  }

  /// The parts that a close read, in the order of their names.
  public func parts(_ close: CloseID) throws -> [InputPart] {
    try Row.fetchAll(
      db,
      sql: "SELECT file, bytes, sha256, records FROM input_part WHERE close_id = ? ORDER BY file",
      arguments: [close.number]
    ).map { InputPart(file: $0[0], bytes: $0[1], sha256: $0[2], records: $0[3]) }
  }

  /// The tie-outs of a close, in its order.
  public func tieOuts(_ close: CloseID) throws -> [TieOut] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT check_name, scope, status, expected_minor, actual_minor, difference_minor, detail
          FROM stored_tie_out WHERE close_id = ? ORDER BY number
          """),
      arguments: [close.number]
    ).map { row in
      guard let check = TieOutCheck(rawValue: try row.text(0)),
        let status = TieOutStatus(rawValue: try row.text(2))
      else { throw Row.altered("an invalid tie-out") }
      return TieOut(
        check, scope: row[1], status: status, expectedMinor: row[3], actualMinor: row[4],
        differenceMinor: row[5], detail: row[6])
    }
  }

  /// How many findings of each code a close had, in the order of the codes.
  public func findingCounts(_ close: CloseID) throws -> [FindingCount] {
    try Row.fetchAll(
      db, sql: "SELECT code, count, kept FROM finding_count WHERE close_id = ?",
      arguments: [close.number]
    ).map { row in
      guard let code = FindingCode(rawValue: try row.text(0)) else {
        throw Row.altered("an invalid finding code")
      }
      return FindingCount(code: code, count: row[1], kept: row[2])
    }.sorted { $0.code.order < $1.code.order }
  }

  /// The findings that a close kept, in its order.
  public func findings(_ close: CloseID) throws -> [Finding] {
    var findings: [Finding] = []
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT code, file, record, byte_offset, journal_entry_id, field, account_code, currency,
            layer, dr_minor, cr_minor, message
          FROM stored_finding WHERE close_id = ? ORDER BY number
          """),
      arguments: [close.number])
    while let row = try rows.next() {
      guard let code = FindingCode(rawValue: try row.text(0)) else {
        throw Row.altered("an invalid finding code")
      }
      var finding = Finding(code, message: try row.text(11))
      finding.file = row[1]
      finding.record = row[2]
      finding.byteOffset = row[3]
      finding.entry = (row[4] as String?).flatMap { LedgerUUID($0) }.map(JournalEntryID.init)
      finding.field = row[5]
      finding.account = (row[6] as String?).flatMap { AccountCode($0) }
      finding.currency = (row[7] as String?).flatMap { CurrencyCode($0) }
      finding.layer = (row[8] as String?).flatMap { EntryLayer(code: $0) }
      finding.debitMinor = row[9]
      finding.creditMinor = row[10]
      findings.append(finding)
    }
    return findings
  }

  /// The restatements of earlier dates that a close made, in the order of key and date.
  public func restatements(_ close: CloseID) throws -> [Restatement] {
    var restatements: [Restatement] = []
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT account_code, currency, layer, as_of_date, dr_before_minor, cr_before_minor,
            dr_after_minor, cr_after_minor
          FROM stored_restatement WHERE close_id = ?
          ORDER BY account_code, currency, layer, as_of_date
          """),
      arguments: [close.number])
    while let row = try rows.next() {
      restatements.append(
        Restatement(
          key: try row.balanceKey(at: 0), asOfDate: try row.date(at: 3),
          before: try row.totals(at: 4), after: try row.totals(at: 6)))
    }
    return restatements
  }

  /// The entries that caused a close's restatements, in the order of key, date, part and record.
  public func restatingEntries(_ close: CloseID) throws -> [RestatingEntry] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT account_code, currency, layer, journal_entry_id, effective_date, posted_at,
            dr_minor, cr_minor, file, record
          FROM stored_restating_entry WHERE close_id = ?
          ORDER BY account_code, currency, layer, number
          """),
      arguments: [close.number]
    ).map { row in
      guard let entry = LedgerUUID(try row.text(3)), let posted = PostedInstant(try row.text(5))
      else { throw Row.altered("an invalid restating entry") }
      return RestatingEntry(
        key: try row.balanceKey(at: 0), entry: JournalEntryID(entry),
        effectiveDate: try row.date(at: 4), posted: posted, totals: try row.totals(at: 6),
        file: try row.text(8), record: row[9])
    }
  }

  /// How many entries caused a close's restatements, by key.
  public func restatingCounts(_ close: CloseID) throws -> [RestatingCount] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT account_code, currency, layer, count, kept FROM restating_count
          WHERE close_id = ? ORDER BY account_code, currency, layer
          """),
      arguments: [close.number]
    ).map { RestatingCount(key: try $0.balanceKey(at: 0), count: $0[3], kept: $0[4]) }
  }

  /// The movements of a close, in the order of key and effective date.
  public func movements(_ close: CloseID) throws -> [Movement] {
    var movements: [Movement] = []
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT account_code, currency, layer, effective_date, dr_minor, cr_minor, line_count
          FROM stored_movement WHERE close_id = ?
          ORDER BY account_code, currency, layer, effective_date
          """),
      arguments: [close.number])
    while let row = try rows.next() {
      movements.append(
        Movement(
          key: try row.balanceKey(at: 0), effectiveDate: try row.date(at: 3),
          totals: try row.totals(at: 4), lineCount: try row.lineCount(at: 6)))
    }
    return movements
  }

  /// Opening balances of a tenant's first close, in the order of the keys.
  public func openings(_ state: TenantState) throws -> [Balance] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT account_code, currency, layer, dr_balance_minor, cr_balance_minor
          FROM stored_opening WHERE tenant_ref = ? ORDER BY account_code, currency, layer
          """),
      arguments: [state.reference]
    ).map { Balance(key: try $0.balanceKey(at: 0), totals: try $0.totals(at: 3)) }
  }
}

extension Row {
  /// The header of a close, in the column order of the queries above.
  fileprivate func closeHeader(of tenant: TenantID) throws -> CloseHeader {
    CloseHeader(
      closeID: CloseID(try integer(0)), tenant: tenant, businessDate: try date(at: 1),
      status: CloseStatus(rawValue: try text(2)) ?? .withBreaks,
      recordsRead: Int(try integer(3)), entriesAccepted: Int(try integer(4)),
      recordsQuarantined: Int(try integer(5)), startedAt: try text(6), finishedAt: try text(7),
      inputDigest: try text(8), chainDigest: try text(9),
      replaces: try optionalInteger(10).map(CloseID.init))
  }
}

extension BookReader {
  /// The header of a tenant's last close, whatever its date.
  public func lastHeader(_ state: TenantState) throws -> CloseHeader {
    let date = try String.fetchOne(
      db, sql: "SELECT business_date FROM stored_close WHERE close_id = ?",
      arguments: [state.lastClose.number])
    guard let date = date.flatMap({ BusinessDate($0) }),
      let header = try closeHeader(state, date: date)
    else { throw Row.altered("a tenant without its last close") }
    return header
  }
}
