import GRDB
public import LedgerDomain

extension BookReader {
  /// The status of the record that says what was outstanding before the first close.
  static let openingStatus = "opening"

  /// Whether reconciliation `r` is the last version of its date.
  private static let isCurrent = """
    NOT EXISTS (
      SELECT 1 FROM stored_reconciliation n
      WHERE n.tenant_ref = r.tenant_ref AND n.bank_account_ref = r.bank_account_ref
        AND n.business_date = r.business_date AND n.record_id > r.record_id)
    """

  /// The bank accounts at a date, as they are known now, in the order of the job.
  ///
  /// A date that no version after the close's was made of has what an older version of Tieout stored with
  /// the close: that is version 1.
  ///
  /// - Parameter listingItems: whether to read matches, outstanding items and findings as well.
  public func currentReconciliations(
    _ state: TenantState, _ header: CloseHeader, listingItems: Bool = true
  ) throws -> [ReconciliationVersion] {
    let books = BankBooks(state)
    let old = try bankReconciliations(
      header.closeID, date: header.businessDate, listingOutstanding: listingItems)
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(Self.headColumns)
          FROM stored_reconciliation r JOIN bank_record k ON k.record_id = r.record_id
            LEFT JOIN stored_bank_position p
              ON p.close_id = ?3 AND p.bank_account_ref = r.bank_account_ref
          WHERE r.tenant_ref = ?1 AND r.business_date = ?2 AND r.status <> 'opening'
            AND \(Self.isCurrent)
          ORDER BY p.number IS NULL, p.number, r.bank_account_ref
          """),
      arguments: [
        books.reference, header.businessDate.description, header.closeID.number,
      ])
    let versions = try rows.map { try version($0, books, listingItems: listingItems) }
    let known = Set(versions.map(\.reconciliation.account.reference))
    return old.filter { !known.contains($0.account.reference) }.map {
      ReconciliationVersion(
        reconciliation: $0, date: header.businessDate, number: 1, closeID: header.closeID,
        madeAt: header.finishedAt)
    } + versions
  }

  /// The bank accounts of a date with how they became what they are, in the order of the job.
  public func bankAccounts(
    _ state: TenantState, _ header: CloseHeader
  ) throws -> [BankAccountRecord] {
    try currentReconciliations(state, header).map { version in
      let account = version.reconciliation.account.reference
      let hasSettled = version.reconciliation.matches.contains { $0.rule == .settlement }
      return BankAccountRecord(
        version: version,
        history: try reconciliationHistory(state, account: account, date: header.businessDate),
        settlements: hasSettled ? try settlements(BankBooks(state), account: account) : [])
    }
  }

  /// The last version of an account's date; `nil` if there is none yet.
  ///
  /// - Parameters:
  ///   - listingItems: whether to read matches, outstanding items and findings as well.
  ///   - derivingOpenItems: whether to derive the open items of a date that stored none.
  public func currentReconciliation(
    _ books: BankBooks, account: String, date: BusinessDate, listingItems: Bool,
    derivingOpenItems: Bool = true
  ) throws -> ReconciliationVersion? {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT \(Self.headColumns)
          FROM stored_reconciliation r JOIN bank_record k ON k.record_id = r.record_id
          WHERE r.tenant_ref = ? AND r.bank_account_ref = ? AND r.business_date = ?
            AND r.status <> 'opening'
          ORDER BY r.record_id DESC LIMIT 1
          """),
      arguments: [books.reference, account, date.description])
    if let row {
      return try version(
        row, books, listingItems: listingItems, derivingOpenItems: derivingOpenItems)
    }
    return try oldReconciliation(books, account: account, date: date)
  }

  /// Every version of an account's date, the oldest first.
  public func reconciliationHistory(
    _ state: TenantState, account: String, date: BusinessDate
  ) throws -> [ReconciliationStep] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT version, status, difference_minor, outstanding_count, made_at
          FROM bank_reconciliation
          WHERE tenant_id = ? AND bank_account_ref = ? AND business_date = ?
          ORDER BY version, close_id
          """),
      arguments: [state.tenant.description, account, date.description]
    ).map { row in
      ReconciliationStep(
        number: row[0], status: try Self.status(row.text(1)), differenceMinor: row[2],
        outstandingCount: row[3], madeAt: try row.text(4))
    }
  }

  private static let headColumns = """
    r.record_id, r.bank_account_ref, r.statement_account, r.account_code, r.currency, r.status,
    r.ledger_closing_minor, r.statement_opening_minor, r.statement_closing_minor,
    r.difference_minor, r.unexplained_minor, r.written_off_minor, r.matched_by_reference,
    r.matched_by_batch, r.matched_by_group, r.matched_by_cancellation, r.matched_by_amount,
    r.matched_by_settlement, r.version, r.close_id, k.made_at, r.business_date,
    r.settled_on, r.has_open_items
    """

  private static func status(_ text: String) throws -> BankStatus {
    guard let status = BankStatus(rawValue: text) else {
      throw Row.altered("an invalid bank reconciliation")
    }
    return status
  }

  private func version(
    _ row: Row, _ books: BankBooks, listingItems: Bool, derivingOpenItems: Bool = true
  ) throws -> ReconciliationVersion {
    guard let account = AccountCode(try row.text(3)), let currency = CurrencyCode(try row.text(4))
    else { throw Row.altered("an invalid bank reconciliation") }
    let record: Int64 = row[0]
    let bank = BankAccount(
      reference: try row.text(1), statementAccount: try row.text(2), account: account,
      currency: currency)
    let status = try Self.status(row.text(5))
    let date = try row.date(at: 21)
    let opening: Int64? = row[7]
    let closing: Int64? = row[8]
    let rules: [BankMatchRule] = [
      .reference, .batch, .group, .cancellation, .amount, .settlement,
    ]
    let counts = rules.enumerated().map { ($0.element, row[12 + $0.offset] as Int) }
    var outstanding: [OutstandingItem] = []
    if listingItems {
      if row[23] == 1 {
        outstanding = try openItems(ofRecord: record)
      } else if derivingOpenItems {
        outstanding = try openItems(books, bank, through: date)
      }
    }
    return ReconciliationVersion(
      reconciliation: BankReconciliation(
        account: bank, status: status, ledgerClosingMinor: row[6],
        statement: closing.map { (opening ?? $0, $0) }, differenceMinor: row[9],
        unexplainedMinor: row[10],
        matchCounts: Dictionary(uniqueKeysWithValues: counts.filter { $0.1 > 0 }),
        outstanding: outstanding, matches: listingItems ? try matches(ofRecord: record) : [],
        writtenOffMinor: row[11], settledOn: row[22] == nil ? nil : try row.date(at: 22)),
      date: date, number: row[18], closeID: CloseID(row[19]), madeAt: try row.text(20),
      findings: listingItems ? try bankFindings(ofRecord: record) : [])
  }

  /// What an older version of Tieout stored with the current close of a date.
  private func oldReconciliation(
    _ books: BankBooks, account: String, date: BusinessDate
  ) throws -> ReconciliationVersion? {
    guard let close = try currentClose(books, date: date) else { return nil }
    let found = try bankReconciliations(close.closeID, date: date)
      .first { $0.account.reference == account }
    return found.map {
      ReconciliationVersion(
        reconciliation: $0, date: date, number: 1, closeID: close.closeID,
        madeAt: close.finishedAt)
    }
  }

  func currentClose(
    _ books: BankBooks, date: BusinessDate
  ) throws -> (closeID: CloseID, finishedAt: String)? {
    try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT close_id, finished_at FROM stored_close WHERE tenant_ref = ? AND business_date = ?
          ORDER BY close_id DESC LIMIT 1
          """),
      arguments: [books.reference, date.description]
    ).map { (CloseID($0[0]), try $0.text(1)) }
  }

  private func matches(ofRecord record: Int64) throws -> [BankMatch] {
    var matches: [BankMatch] = []
    var (number, rule, reference): (Int?, BankMatchRule, String?) = (nil, .reference, nil)
    var items: [BankItem] = []
    func finish() {
      guard number != nil else { return }
      matches.append(
        BankMatch(
          ledger: items.filter { $0.side == .ledger }, bank: items.filter { $0.side == .bank },
          rule: rule, reference: reference))
      items = []
    }
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT match_number, rule, shared_reference, \(BankItemColumns.names)
          FROM stored_matched_item WHERE record_id = ? ORDER BY match_number, number
          """),
      arguments: [record])
    while let row = try rows.next() {
      guard let known = BankMatchRule(rawValue: try row.text(1)) else {
        throw Row.altered("a match by an unknown rule")
      }
      if row[0] != number {
        finish()
        (number, rule, reference) = (row[0], known, row[2])
      }
      items.append(try BankItemColumns.item(row, from: 3))
    }
    finish()
    return matches
  }

  func openItems(ofRecord record: Int64) throws -> [OutstandingItem] {
    var items: [OutstandingItem] = []
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT since, ambiguous_group, \(BankItemColumns.names)
          FROM stored_open_item WHERE record_id = ? ORDER BY number
          """),
      arguments: [record])
    while let row = try rows.next() {
      items.append(
        OutstandingItem(
          item: try BankItemColumns.item(row, from: 2), since: try row.date(at: 0),
          ambiguousGroup: row[1]))
    }
    return items
  }

  /// What is outstanding at a date without a statement: what was when the last one came, and the ledger's
  /// items since.
  private func openItems(
    _ books: BankBooks, _ account: BankAccount, through date: BusinessDate
  ) throws -> [OutstandingItem] {
    let base = try bankBase(books, account: account, through: date)
    let known = try bankItemsKnownFrom(books, account: account)
    let first = max(known, base?.date.advanced(by: 1) ?? known)
    if first > date { return base?.outstanding ?? [] }
    let items = try ledgerItems(books, key: account.key, dates: first...date)
    return (base?.outstanding ?? [])
      + items.filter { $0.item.amountMinor != 0 }.map {
        OutstandingItem(item: $0.item, since: $0.countsFrom, ambiguousGroup: nil)
      }
  }
}
