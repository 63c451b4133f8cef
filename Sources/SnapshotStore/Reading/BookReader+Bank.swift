import GRDB
import LedgerDomain

extension BookReader {
  /// The bank accounts as a close of an older version reconciled them, in the order of the job. Closes of
  /// this version have none: their reconciliations are in the bank log.
  ///
  /// - Parameters:
  ///   - close: the close.
  ///   - date: the business date.
  ///   - listingOutstanding: whether to read the outstanding items as well.
  func bankReconciliations(
    _ close: CloseID, date: BusinessDate, listingOutstanding: Bool = true
  ) throws -> [BankReconciliation] {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT bank_account_ref, statement_account, account_code, currency, status,
            ledger_closing_minor, statement_opening_minor, statement_closing_minor,
            difference_minor, unexplained_minor, matched_by_reference, matched_by_amount
          FROM stored_bank_reconciliation WHERE close_id = ? ORDER BY number
          """),
      arguments: [close.number])
    return try rows.map { row in
      guard let account = AccountCode(try row.text(2)),
        let currency = CurrencyCode(try row.text(3)),
        let status = BankStatus(rawValue: try row.text(4))
      else { throw Row.altered("an invalid bank reconciliation") }
      let opening: Int64? = row[6]
      let closing: Int64? = row[7]
      return BankReconciliation(
        account: BankAccount(
          reference: try row.text(0), statementAccount: try row.text(1), account: account,
          currency: currency),
        status: status, ledgerClosingMinor: row[5],
        statement: opening.flatMap { opening in closing.map { (opening, $0) } },
        differenceMinor: row[8], unexplainedMinor: row[9],
        matchCounts: [.reference: row[10], .amount: row[11]],
        outstanding: listingOutstanding
          ? try outstandingItems(close, account: try row.text(0)).filter {
            // Future-dated ledger items are not outstanding yet.
            $0.item.side == .bank || $0.item.date <= date
          } : [])
    }
  }

  /// The kinds of the two references that are stored with an item.
  static func referenceKinds(
    of side: BankSide
  ) -> (first: BankReference.Kind, second: BankReference.Kind) {
    switch side {
    case .ledger: (.external, .journalEntry)
    case .bank: (.accountServicer, .endToEnd)
    }
  }

  /// The outstanding items of an account after a close, future-dated ones included.
  func outstandingItems(_ close: CloseID, account: String) throws -> [OutstandingItem] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT side, identity, reference, second_reference, amount_minor, item_date, since,
            ambiguous_group
          FROM stored_outstanding_item WHERE close_id = ? AND bank_account_ref = ? ORDER BY number
          """),
      arguments: [close.number, account]
    ).map { row in
      guard let side = BankSide(rawValue: try row.text(0)) else {
        throw Row.altered("an invalid outstanding item")
      }
      let kinds = Self.referenceKinds(of: side)
      let references = [(kinds.first, row[2] as String?), (kinds.second, row[3])]
      return OutstandingItem(
        item: BankItem(
          side: side, identity: try row.text(1),
          references: references.compactMap { kind, value in
            value.map { BankReference(kind, $0) }
          }, amountMinor: row[4], date: try row.date(at: 5)),
        since: try row.date(at: 6), ambiguousGroup: row[7])
    }
  }
}
