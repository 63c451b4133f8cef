import GRDB
public import LedgerDomain

extension BookReader {
  /// The last close of a tenant's date; `nil` if the date is not closed.
  ///
  /// - Parameter knownAt: only closes up to that one; `nil` for all.
  public func closeHeader(
    _ state: TenantState, date: BusinessDate, knownAt: CloseID? = nil
  ) throws -> CloseHeader? {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT close_id, business_date, status, records_read, entries_accepted,
            records_quarantined, started_at, finished_at, input_digest, chain_digest
          FROM stored_close WHERE tenant_ref = ? AND business_date = ? AND close_id <= ?
          ORDER BY close_id DESC LIMIT 1
          """),
      arguments: [state.reference, date.description, knownAt?.number ?? Int64.max])
    return try row.map { row in
      CloseHeader(
        closeID: CloseID(row[0]), tenant: state.tenant, businessDate: try row.date(at: 1),
        status: CloseStatus(rawValue: try row.text(2)) ?? .withBreaks, recordsRead: row[3],
        entriesAccepted: row[4], recordsQuarantined: row[5], startedAt: row[6],
        finishedAt: row[7], inputDigest: row[8], chainDigest: row[9])
    }
  }

  /// A close with everything its reports say; `nil` if the date is not closed.
  public func closeRecord(_ state: TenantState, date: BusinessDate) throws -> CloseRecord? {
    guard let header = try closeHeader(state, date: date) else { return nil }
    return CloseRecord(
      header: header, chart: try chart(of: header.closeID),
      rollforward: try rollforward(state, header), restatements: try restatements(header.closeID),
      tieOuts: try tieOuts(header.closeID), findings: try findings(header.closeID),
      findingCounts: try findingCounts(header.closeID), parts: try parts(header.closeID))
  }

  /// The accounts that a close used.
  public func chart(of close: CloseID) throws -> ChartOfAccounts {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT a.account_code, a.account_name, a.normal_side
          FROM stored_close c JOIN chart_account a ON a.chart_ref = c.chart_ref WHERE c.close_id = ?
          """),
      arguments: [close.number])
    return ChartOfAccounts(
      try rows.map { row in
        guard let code = AccountCode(try row.text(0)), let side = NormalSide(code: try row.text(2))
        else { throw Row.altered("an account that is none") }
        return Account(code: code, name: try row.text(1), normalSide: side)
      })
  }

  /// The parts that a close read, in the order of their names.
  public func parts(_ close: CloseID) throws -> [InputPart] {
    try Row.fetchAll(
      db,
      sql: "SELECT file, bytes, sha256, records FROM input_part WHERE close_id = ? ORDER BY file",
      arguments: [close.number]
    ).map { InputPart(file: $0[0], bytes: $0[1], sha256: $0[2], records: $0[3]) }
  }

  /// The comparisons that a close made, in its order.
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
      else { throw Row.altered("a tie-out that is none") }
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
        throw Row.altered("a finding's code that is none")
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
        throw Row.altered("a finding's code that is none")
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

  /// The new versions of earlier dates that a close gave, in the order of key and date.
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

  /// What a close's entries moved, in the order of key and effective date.
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
          totals: try row.totals(at: 4), lineCount: row[6]))
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

  /// Every key's way from the day before, put together again from what the close stored.
  private func rollforward(_ state: TenantState, _ header: CloseHeader) throws -> [RollforwardRow] {
    let date = header.businessDate
    let before = CloseID(header.closeID.number - 1)
    let opening =
      date == state.firstDate
      ? try openings(state)
      : try balances(state, date: date.advanced(by: -1), knownAt: before)
    let closing = try balances(
      tenantReference: state.reference, date: date, writtenBy: header.closeID)
    var rows: [BalanceKey: RollforwardRow] = [:]
    for balance in closing {
      rows[balance.key] = RollforwardRow(
        key: balance.key, opening: .zero, backdated: .zero, movement: .zero,
        closing: balance.totals)
    }
    for balance in opening { rows[balance.key]?.opening = balance.totals }
    for movement in try movements(header.closeID) where movement.effectiveDate <= date {
      let part: WritableKeyPath<RollforwardRow, DebitCreditTotals> =
        movement.effectiveDate < date ? \.backdated : \.movement
      try add(movement, to: part, of: &rows)
    }
    for movement in try maturedMovements(state, date: date, before: header.closeID) {
      try add(movement, to: \.movement, of: &rows)
    }
    return rows.values.sorted { $0.key < $1.key }
  }

  private func add(
    _ movement: Movement, to part: WritableKeyPath<RollforwardRow, DebitCreditTotals>,
    of rows: inout [BalanceKey: RollforwardRow]
  ) throws {
    guard let sum = rows[movement.key]?[keyPath: part].adding(movement.totals) else {
      throw Row.altered("a movement of \(movement.key) without a balance")
    }
    rows[movement.key]?[keyPath: part] = sum
  }
}

extension BookReader {
  /// The head of a tenant's last close, of whichever date.
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
