import GRDB
public import LedgerDomain

extension BookReader {
  /// Closed dates as they stand now, in order.
  ///
  /// - Parameter dates: closed dates, in order.
  /// - Complexity: O(*n*), with the number of dates and what fails on them; if some are certified, also
  ///   O(restatements since).
  public func dateOverviews(
    _ state: TenantState, _ dates: [BusinessDate]
  ) throws -> [DateOverview] {
    let accounts = try reconciledAccounts(state)
    return try Self.ranges(dates).flatMap { range in
      let arguments: StatementArguments = [
        state.reference, range.lowerBound.description, range.upperBound.description,
      ]
      var facts = DateFactsTable(try closes(arguments))
      try addFailures(to: &facts, arguments)
      for account in accounts { try addBank(account, to: &facts, arguments) }
      try addCertifications(to: &facts, state, arguments)
      for index in facts.rows.indices where facts.rows[index].quarantined > 0 {
        facts.rows[index].open = try quarantine(of: facts.rows[index].close, isWhole: false).open
      }
      return facts.rows.map(\.overview)
    }
  }

  /// Dates that follow each other, as ranges.
  private static func ranges(_ dates: [BusinessDate]) -> [ClosedRange<BusinessDate>] {
    dates.reduce(into: []) { ranges, date in
      if let last = ranges.last, last.upperBound.advanced(by: 1) == date {
        ranges[ranges.count - 1] = last.lowerBound...date
      } else {
        ranges.append(date...date)
      }
    }
  }

  private func closes(_ arguments: StatementArguments) throws -> [DateFacts] {
    var facts: [DateFacts] = []
    for row in try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT business_date, close_id, records_quarantined FROM stored_close
          WHERE tenant_ref = ? AND business_date BETWEEN ? AND ? ORDER BY business_date, close_id
          """), arguments: arguments)
    {
      let date = try row.date(at: 0)
      // The last close of a date counts.
      if facts.last?.date == date { facts.removeLast() }
      facts.append(DateFacts(date: date, close: CloseID(row[1]), quarantined: row[2]))
    }
    return facts
  }

  private func addFailures(
    to facts: inout DateFactsTable, _ arguments: StatementArguments
  ) throws {
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT c.business_date, c.close_id, o.check_name, o.scope, o.difference_minor
          FROM stored_close c CROSS JOIN stored_tie_out o ON o.close_id = c.close_id
          WHERE c.tenant_ref = ? AND c.business_date BETWEEN ? AND ?
            AND c.status <> '\(CloseStatus.clean.rawValue)' AND o.status = 'fail'
          ORDER BY c.business_date, c.close_id, o.number
          """), arguments: arguments)
    while let row = try rows.next() {
      guard let check = TieOutCheck(rawValue: try row.text(2)) else {
        throw Row.altered("an invalid tie-out")
      }
      let failure = DateFacts.Failure(
        check: check, scope: try row.text(3), differenceMinor: row[4])
      let close = CloseID(row[1])
      facts.change(try row.date(at: 0)) { if $0.close == close { $0.failures.append(failure) } }
    }
  }

  /// The references of the accounts with reconciliations. Each is one look-up, however many there are.
  private func reconciledAccounts(_ state: TenantState) throws -> [String] {
    try String.fetchAll(
      db.cachedStatement(
        sql: """
          WITH RECURSIVE account(reference) AS (
            SELECT min(bank_account_ref) FROM stored_reconciliation WHERE tenant_ref = ?1
            UNION ALL
            SELECT (SELECT min(bank_account_ref) FROM stored_reconciliation
              WHERE tenant_ref = ?1 AND bank_account_ref > account.reference)
            FROM account WHERE account.reference IS NOT NULL)
          SELECT reference FROM account WHERE reference IS NOT NULL
          """), arguments: [state.reference])
  }

  private func addBank(
    _ account: String, to facts: inout DateFactsTable, _ arguments: StatementArguments
  ) throws {
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT r.business_date, r.status, r.version, r.changes_figures, k.number
          FROM stored_reconciliation r CROSS JOIN bank_record k ON k.record_id = r.record_id
          WHERE r.tenant_ref = ?1 AND r.business_date BETWEEN ?2 AND ?3 AND r.bank_account_ref = ?4
            AND r.status <> '\(Self.openingStatus)'
          ORDER BY r.business_date, r.record_id
          """), arguments: arguments + [account])
    while let row = try rows.next() {
      guard let status = BankStatus(rawValue: try row.text(1)) else {
        throw Row.altered("an invalid bank reconciliation")
      }
      let (version, changed, record): (Int, Bool, Int64) = (row[2], row[3], row[4])
      facts.change(try row.date(at: 0)) { facts in
        let before = facts.banks[account]?.figuresChanged ?? 0
        facts.banks[account] = DateFacts.Bank(
          status: status, version: version, figuresChanged: changed ? record : before)
      }
    }
  }

  private func addCertifications(
    to facts: inout DateFactsTable, _ state: TenantState, _ arguments: StatementArguments
  ) throws {
    var firstHead: CloseID?
    for row in try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT c.business_date, f.name, f.head_close_id, f.bank_record_number
          FROM stored_close c CROSS JOIN stored_certification f ON f.close_id = c.close_id
          WHERE c.tenant_ref = ? AND c.business_date BETWEEN ? AND ?
          ORDER BY f.certification_id
          """), arguments: arguments)
    {
      let certified = DateFacts.Certified(
        name: try row.text(1), head: CloseID(row[2]), bankRecord: row[3])
      firstHead = min(firstHead ?? certified.head, certified.head)
      facts.change(try row.date(at: 0)) { $0.certified = certified }
    }
    guard let firstHead else { return }
    for row in try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT DISTINCT r.as_of_date, r.close_id
          FROM stored_close c CROSS JOIN stored_restatement r ON r.close_id = c.close_id
          WHERE c.tenant_ref = ?1 AND c.close_id > ?4 AND r.as_of_date BETWEEN ?2 AND ?3
          ORDER BY r.close_id
          """), arguments: arguments + [firstHead.number])
    {
      let close = CloseID(row[1])
      facts.change(try row.date(at: 0)) { $0.restatedBy = close }
    }
  }
}

/// The facts of the dates of a range, found by date.
private struct DateFactsTable {
  var rows: [DateFacts]
  private let indices: [BusinessDate: Int]

  init(_ rows: [DateFacts]) {
    self.rows = rows
    indices = Dictionary(
      rows.enumerated().map { ($0.element.date, $0.offset) }, uniquingKeysWith: { $1 })
  }

  /// Changes the facts of a date; does nothing if it is not closed.
  mutating func change(_ date: BusinessDate, _ change: (inout DateFacts) -> Void) {
    if let index = indices[date] { change(&rows[index]) }
  }
}
