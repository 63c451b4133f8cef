import GRDB
import LedgerDomain

extension BookWriter {
  /// Writes the reconciliation of a bank account with its outstanding and future-dated items.
  func insert(
    _ bank: BankReconciliation, futureDated: [OutstandingItem], number: Int, _ close: CloseID
  ) throws {
    try db.cachedStatement(
      sql:
        "INSERT INTO stored_bank_reconciliation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ).execute(
      arguments: [
        close.number, number, bank.account.reference, bank.account.statementAccount,
        bank.account.account.description, bank.account.currency.description, bank.status.rawValue,
        bank.ledgerClosingMinor, bank.statement?.openingMinor, bank.statement?.closingMinor,
        bank.differenceMinor, bank.unexplainedMinor, bank.matchCounts[.reference] ?? 0,
        bank.matchCounts[.amount] ?? 0,
      ])
    let statement = try db.cachedStatement(
      sql: "INSERT INTO stored_outstanding_item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for (index, outstanding) in (bank.outstanding + futureDated).enumerated() {
      let item = outstanding.item
      try statement.execute(
        arguments: [
          close.number, bank.account.reference, index + 1, item.side.rawValue, item.identity,
          item.reference, item.secondReference, item.amountMinor, item.date.description,
          outstanding.since.description, outstanding.ambiguousGroup,
        ])
    }
  }
}
