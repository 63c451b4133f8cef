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
        bank.differenceMinor, bank.unexplainedMinor,
        bank.matchCounts.reduce(0) { $1.key == .amount ? $0 : $0 + $1.value },
        bank.matchCounts[.amount] ?? 0,
      ])
    let statement = try db.cachedStatement(
      sql: "INSERT INTO stored_outstanding_item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for (index, outstanding) in (bank.outstanding + futureDated).enumerated() {
      let item = outstanding.item
      let kinds = BookReader.referenceKinds(of: item.side)
      try statement.execute(
        arguments: [
          close.number, bank.account.reference, index + 1, item.side.rawValue, item.identity,
          item.reference(kinds.first), item.reference(kinds.second), item.amountMinor,
          item.date.description,
          outstanding.since.description, outstanding.ambiguousGroup,
        ])
    }
  }
}
