import GRDB
public import LedgerDomain

extension BookReader {
  /// What people settled on an account and did not take back, in the order in which they did.
  public func settlements(_ books: BankBooks, account: String) throws -> [SettlementDecision] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT s.record_id, s.kind, s.name, s.note, k.made_at, s.business_date
          FROM stored_settlement s JOIN bank_record k ON k.record_id = s.record_id
          WHERE s.tenant_ref = ?1 AND s.bank_account_ref = ?2 AND s.kind <> 'undo'
            AND NOT EXISTS (
              SELECT 1 FROM stored_settlement u
              WHERE u.tenant_ref = ?1 AND u.bank_account_ref = ?2
                AND u.undoes_record_id = s.record_id)
          ORDER BY s.record_id
          """),
      arguments: [books.reference, account]
    ).map { row in
      guard let kind = SettlementDecision.Kind(rawValue: try row.text(1)) else {
        throw Row.altered("a settlement of an unknown kind")
      }
      return SettlementDecision(
        number: row[0], kind: kind, date: try row.date(at: 5), items: try settledItems(row[0]),
        name: try row.text(2),
        note: try row.text(3), settledAt: try row.text(4))
    }
  }

  private func settledItems(_ record: Int64) throws -> [SettlementDecision.Item] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT side, identity, amount_minor, item_date FROM stored_settled_item
          WHERE record_id = ? ORDER BY number
          """),
      arguments: [record]
    ).map { row in
      guard let side = BankSide(rawValue: try row.text(0)) else {
        throw Row.altered("a settled item of an unknown side")
      }
      return SettlementDecision.Item(
        key: BankItemKey(side: side, identity: try row.text(1)), amountMinor: row[2],
        date: try row.date(at: 3))
    }
  }
}

extension BookWriter {
  /// Records what a person settled on an account.
  ///
  /// - Precondition: A transaction is open.
  /// - Returns: the settlement's number; that of `decision` is not used.
  public func settle(
    _ decision: SettlementDecision, account: String, _ books: BankBooks
  ) throws -> Int64 {
    try addBankRecord(.settlement, tenantReference: books.reference, at: decision.settledAt) {
      record in
      try insertSettlement(
        record, decision.kind.rawValue, decision, undoing: nil, account: account, books)
      for (index, item) in decision.items.enumerated() {
        try db.cachedStatement(sql: "INSERT INTO stored_settled_item VALUES (?, ?, ?, ?, ?, ?)")
          .execute(
            arguments: [
              record, index + 1, item.key.side.rawValue, item.key.identity, item.amountMinor,
              item.date.description,
            ])
      }
    }
  }

  /// Records that a settlement was taken back.
  ///
  /// - Parameters:
  ///   - decision: the settlement, with who takes it back, why and when.
  /// - Precondition: A transaction is open.
  public func undo(
    _ decision: SettlementDecision, account: String, _ books: BankBooks
  ) throws {
    _ = try addBankRecord(
      .settlement, tenantReference: books.reference, at: decision.settledAt
    ) { record in
      try insertSettlement(
        record, "undo", decision, undoing: decision.number, account: account, books)
    }
  }

  private func insertSettlement(
    _ record: Int64, _ kind: String, _ decision: SettlementDecision, undoing: Int?,
    account: String, _ books: BankBooks
  ) throws {
    try db.cachedStatement(sql: "INSERT INTO stored_settlement VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .execute(
        arguments: [
          record, books.reference, account, kind, decision.date.description, undoing,
          decision.name, decision.note,
        ])
  }
}
