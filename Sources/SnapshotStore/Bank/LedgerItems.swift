import GRDB
public import LedgerDomain

/// What a close accepted on a bank account's balances.
public struct BankPosition: Sendable {
  /// The account.
  public let account: BankAccount
  /// The lines, in the order of parts and records.
  public let items: [BankItem]

  /// Creates a position.
  public init(account: BankAccount, items: [BankItem]) {
    self.account = account
    self.items = items
  }
}

extension BookWriter {
  /// Writes the bank accounts of a close with the lines on them. Two accounts of the job can share
  /// balances; their lines are stored once.
  func insert(_ positions: [BankPosition], _ close: PendingClose) throws {
    let position = try db.cachedStatement(
      sql: "INSERT INTO stored_bank_position VALUES (?, ?, ?, ?, ?, ?)")
    var stored: Set<BalanceKey> = []
    for (index, bank) in positions.enumerated() {
      let key = bank.account.key
      try position.execute(
        arguments: [
          close.closeID.number, index + 1, bank.account.reference, key.account.description,
          key.currency.description, bank.items.count,
        ])
      guard stored.insert(key).inserted, !bank.items.isEmpty else { continue }
      try insert(bank.items, key, close)
    }
  }

  private func insert(_ items: [BankItem], _ key: BalanceKey, _ close: PendingClose) throws {
    let statement = try RowStatement(
      db,
      "INSERT INTO stored_ledger_item VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)")
    let (account, currency) = (key.account.description, key.currency.description)
    for (index, item) in items.enumerated() {
      try statement.run { row in
        row.integer(1, close.closeID.number)
        row.text(2, account)
        row.text(3, currency)
        row.integer(4, Int64(index + 1))
        row.text(5, item.identity)
        row.text(6, BankItemColumns.text(item.references))
        row.text(7, item.text)
        row.text(8, item.reverses)
        row.integer(9, item.amountMinor)
        row.text(10, item.date.description)
        row.integer(11, close.tenantReference)
        row.integer(12, item.date == close.businessDate ? 0 : 1)
      }
    }
  }
}

/// A line of the ledger on a bank account, and the date that a close accepted it for.
public struct DatedLedgerItem: Sendable {
  /// The line.
  public let item: BankItem
  /// The business date of its close.
  public let closed: BusinessDate

  /// Creates a line.
  public init(item: BankItem, closed: BusinessDate) {
    self.item = item
    self.closed = closed
  }

  /// The date from which on it counts: a backdated line was not in the books of earlier dates.
  public var countsFrom: BusinessDate { max(item.date, closed) }
}

extension BookReader {
  /// The ledger's lines on an account that count from a date of a range on, by current closes.
  ///
  /// - Parameter excluding: a close whose lines do not count, because a pending one replaces it.
  public func ledgerItems(
    _ books: BankBooks, key: BalanceKey, dates: ClosedRange<BusinessDate>,
    excluding: CloseID? = nil
  ) throws -> [DatedLedgerItem] {
    try ledgerItems(
      """
      SELECT \(Self.itemColumns) FROM stored_close c CROSS JOIN stored_ledger_item i
        ON i.close_id = c.close_id AND i.account_code = ?2 AND i.currency = ?3
      WHERE c.tenant_ref = ?1 AND c.business_date BETWEEN ?4 AND ?5
        AND i.effective_date <= c.business_date AND \(Self.isCurrentItem)
      UNION ALL
      SELECT \(Self.itemColumns) FROM stored_ledger_item i
        JOIN stored_close c ON c.close_id = i.close_id
      WHERE i.tenant_ref = ?1 AND i.is_off_date = 1 AND i.effective_date BETWEEN ?4 AND ?5
        AND i.effective_date > c.business_date AND i.account_code = ?2 AND i.currency = ?3
        AND \(Self.isCurrentItem)
      ORDER BY 6, 8, 9
      """, books, key, dates, excluding)
  }

  /// The backdated lines on an account that closes after a date accepted.
  public func laterItems(
    _ books: BankBooks, key: BalanceKey, after date: BusinessDate, excluding: CloseID? = nil
  ) throws -> [DatedLedgerItem] {
    guard date < books.lastDate else { return [] }
    return try ledgerItems(
      """
      SELECT \(Self.itemColumns) FROM stored_close c CROSS JOIN stored_ledger_item i
        ON i.close_id = c.close_id AND i.account_code = ?2 AND i.currency = ?3
      WHERE c.tenant_ref = ?1 AND c.business_date BETWEEN ?4 AND ?5 AND i.is_off_date = 1
        AND i.effective_date < c.business_date AND \(Self.isCurrentItem)
      ORDER BY 6, 8, 9
      """, books, key, date.advanced(by: 1)...books.lastDate, excluding)
  }

  private static let itemColumns = """
    i.identity, i.item_references, i.item_text, i.reverses_entry_id, i.amount_minor,
    i.effective_date, c.business_date, i.close_id, i.number
    """

  private static let isCurrentItem = """
    NOT EXISTS (SELECT 1 FROM stored_close r WHERE r.replaces_close_id = i.close_id)
      AND i.close_id <> ?6
    """

  private func ledgerItems(
    _ sql: String, _ books: BankBooks, _ key: BalanceKey, _ dates: ClosedRange<BusinessDate>,
    _ excluding: CloseID?
  ) throws -> [DatedLedgerItem] {
    var items: [DatedLedgerItem] = []
    let rows = try Row.fetchCursor(
      db.cachedStatement(sql: sql),
      arguments: [
        books.reference, key.account.description, key.currency.description,
        dates.lowerBound.description, dates.upperBound.description, excluding?.number ?? 0,
      ])
    while let row = try rows.next() {
      items.append(
        DatedLedgerItem(
          item: BankItem(
            side: .ledger, identity: try row.text(0),
            references: try BankItemColumns.references(row.text(1)), text: row[2],
            amountMinor: row[4], date: try row.date(at: 5), reverses: row[3]),
          closed: try row.date(at: 6)))
    }
    return items
  }
}
