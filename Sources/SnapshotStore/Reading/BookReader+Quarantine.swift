import GRDB
public import LedgerDomain

extension BookReader {
  /// The records that are open in the current closes of a tenant's dates, in the order of the dates.
  ///
  /// - Parameters:
  ///   - state: the state of the tenant's books.
  ///   - date: only dates before it; `nil` for all.
  /// - Complexity: O(dates with quarantined records); more than a look-up only for those not accepted
  ///   as a whole.
  public func openQuarantine(
    _ state: TenantState, before date: BusinessDate? = nil
  ) throws -> [OpenQuarantine] {
    let settled = FindingCode.allCases.filter { $0.severity == .error && !$0.needsAcceptance }
      .map { "'\($0.rawValue)'" }.joined(separator: ", ")
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT c.close_id, c.business_date FROM stored_close c
          WHERE c.tenant_ref = ?1 AND c.records_quarantined > 0 AND c.business_date < ?2
            AND NOT EXISTS (SELECT 1 FROM stored_close r WHERE r.replaces_close_id = c.close_id)
            AND (EXISTS (
                SELECT 1 FROM stored_quarantine_count q
                WHERE q.close_id = c.close_id AND q.code NOT IN (\(settled)))
              OR NOT EXISTS (
                SELECT 1 FROM stored_quarantine_count q WHERE q.close_id = c.close_id))
            AND NOT EXISTS (
              SELECT 1 FROM stored_acceptance a
              WHERE a.close_id = c.close_id AND a.is_undo = 0 AND a.code IS NULL
                AND a.file IS NULL AND a.acceptance_id = (
                  SELECT max(l.acceptance_id) FROM stored_acceptance l
                  WHERE l.close_id = c.close_id))
          ORDER BY c.business_date
          """),
      arguments: [state.reference, date?.description ?? "~"])
    return try rows.compactMap { row in
      let close = CloseID(row[0])
      let quarantine = try quarantine(of: close, isWhole: false)
      let open = quarantine.open
      if open.records == 0 { return nil }
      return OpenQuarantine(
        businessDate: try row.date(at: 1), closeID: close, sum: open,
        hasAmounts: quarantine.isItemised)
    }
  }

  /// What a close left out, and what was decided about it.
  ///
  /// - Parameter isWhole: whether to read every record kept, instead of those that a decision names.
  public func quarantine(of close: CloseID, isWhole: Bool = true) throws -> CloseQuarantine {
    let counts = try quarantineCounts(close)
    if counts.isEmpty { return try unitemisedQuarantine(of: close) }
    let acceptances = try acceptances(of: close)
    let namesRecords = acceptances.contains { if case .record = $0.scope { true } else { false } }
    return CloseQuarantine(
      counts: counts,
      records: isWhole || namesRecords ? try quarantinedRecords(close, isWhole: isWhole) : [],
      acceptances: acceptances)
  }

  private func quarantineCounts(_ close: CloseID) throws -> [QuarantineCount] {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT q.code, q.record_count, q.readable_count, q.kept, t.currency, t.layer,
            t.dr_minor, t.cr_minor
          FROM stored_quarantine_count q LEFT JOIN stored_quarantine_total t
            ON t.close_id = q.close_id AND t.code = q.code
          WHERE q.close_id = ? ORDER BY q.code, t.currency, t.layer
          """),
      arguments: [close.number])
    var counts: [QuarantineCount] = []
    for row in rows {
      let code = try row.findingCode(at: 0)
      var sum = QuarantineSum()
      if let last = counts.last, last.code == code {
        sum = last.sum
        counts.removeLast()
      }
      (sum.records, sum.readable) = (row[1], row[2])
      for total in try row.wideTotals(at: 4) { sum.totals[total.pair] = total.totals }
      counts.append(QuarantineCount(code: code, sum: sum, kept: row[3]))
    }
    return counts.sorted { $0.code.order < $1.code.order }
  }

  /// The records kept, in the order of code, part and record.
  private func quarantinedRecords(_ close: CloseID, isWhole: Bool) throws -> [QuarantinedRecord] {
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT r.file, r.record, r.code, r.journal_entry_id, a.currency, a.layer, a.dr_minor,
            a.cr_minor
          FROM stored_quarantined_record r LEFT JOIN stored_quarantined_amount a
            ON a.close_id = r.close_id AND a.file = r.file AND a.record = r.record
          WHERE r.close_id = ?1 AND (?2 OR EXISTS (
            SELECT 1 FROM stored_acceptance p
            WHERE p.close_id = r.close_id AND p.file = r.file AND p.record = r.record))
          ORDER BY r.file, r.record, a.currency, a.layer
          """),
      arguments: [close.number, isWhole])
    var byCode: [FindingCode: [QuarantinedRecord]] = [:]
    while let row = try rows.next() {
      let place = RecordPlace(file: try row.text(0), record: row[1])
      let code = try row.findingCode(at: 2)
      var totals = try row.wideTotals(at: 4)
      if let last = byCode[code]?.last, last.place == place {
        totals = last.totals + totals
        byCode[code]?.removeLast()
      }
      byCode[code, default: []].append(
        QuarantinedRecord(
          place: place, code: code,
          entry: (row[3] as String?).flatMap { LedgerUUID($0) }.map(JournalEntryID.init),
          totals: totals))
    }
    return FindingCode.allCases.flatMap { byCode[$0] ?? [] }
  }

  /// What a close of an older version left out: it kept no records or amounts, but its findings give the
  /// counts. Each record has one finding, except that an unbalanced one can have several.
  private func unitemisedQuarantine(of close: CloseID) throws -> CloseQuarantine {
    let all = try Int.fetchOne(
      db.cachedStatement(sql: "SELECT records_quarantined FROM stored_close WHERE close_id = ?"),
      arguments: [close.number])
    guard var rest = all, rest > 0 else { return .none }
    let found = try findingCounts(close).filter { $0.code.severity == .error }
    for count in found where count.code != .unbalanced { rest -= count.count }
    let counts = found.map { count in
      var sum = QuarantineSum()
      sum.records = count.code == .unbalanced ? max(0, rest) : count.count
      return QuarantineCount(code: count.code, sum: sum, kept: 0)
    }
    return CloseQuarantine(
      counts: counts, records: [], acceptances: try acceptances(of: close), isItemised: false)
  }

  private func acceptances(of close: CloseID) throws -> [QuarantineAcceptance] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT code, file, record, is_undo, name, note, accepted_at FROM stored_acceptance
          WHERE close_id = ? ORDER BY acceptance_id
          """),
      arguments: [close.number]
    ).map { row in
      var scope = QuarantineAcceptance.Scope.everything
      if row[0] as String? != nil { scope = .code(try row.findingCode(at: 0)) }
      if let file: String = row[1], let record: Int = row[2] {
        scope = .record(RecordPlace(file: file, record: record))
      }
      return QuarantineAcceptance(
        scope: scope, isUndo: row[3], name: try row.text(4), note: try row.text(5),
        acceptedAt: try row.text(6))
    }
  }
}

extension Row {
  fileprivate func findingCode(at index: Int) throws -> FindingCode {
    guard let code = FindingCode(rawValue: try text(index)) else {
      throw Self.altered("an invalid finding code")
    }
    return code
  }
}
