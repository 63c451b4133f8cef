import GRDB
public import LedgerDomain

/// A version of a reconciliation that is about to be written.
public struct ReconciliationDraft: Sendable {
  /// The comparison, with its matches and outstanding items.
  public var reconciliation: BankReconciliation
  /// The business date.
  public var date: BusinessDate
  /// The close whose balance was compared.
  public var closeID: CloseID
  /// What is wrong with the statements.
  public var findings: [Finding]

  /// Creates a draft.
  public init(
    reconciliation: BankReconciliation, date: BusinessDate, closeID: CloseID,
    findings: [Finding]
  ) {
    self.reconciliation = reconciliation
    self.date = date
    self.closeID = closeID
    self.findings = findings
  }
}

extension BookWriter {
  /// Adds a version of a reconciliation to a tenant's bank log.
  ///
  /// - Parameter previous: the version before it, whose figures it may change.
  /// - Returns: the version.
  @discardableResult
  public func insert(
    _ draft: ReconciliationDraft, after previous: ReconciliationVersion?, _ books: BankBooks,
    at timestamp: String
  ) throws -> ReconciliationVersion {
    let version = ReconciliationVersion(
      reconciliation: draft.reconciliation, date: draft.date,
      number: (previous?.number ?? 0) + 1, closeID: draft.closeID, madeAt: timestamp,
      findings: draft.findings)
    let bank = draft.reconciliation
    let keepsOpen = bank.hasState
    _ = try addBankRecord(.reconciliation, tenantReference: books.reference, at: timestamp) {
      record in
      let matched = try insert(bank.matches, ofRecord: record)
      if keepsOpen { try insert(bank.outstanding, ofRecord: record) }
      try insertHead(
        version, status: bank.status.rawValue, record, books, hasOpenItems: keepsOpen,
        itemCount: matched + (keepsOpen ? bank.outstanding.count : 0),
        changesFigures: previous.map { version.changesFigures(of: $0) } ?? false)
      try insert(draft.findings, ofRecord: record)
    }
    return version
  }

  /// Adds what was outstanding on an account on the day before its first date.
  public func insertOpening(
    _ items: [OutstandingItem], of account: BankAccount, date: BusinessDate, _ books: BankBooks,
    at timestamp: String
  ) throws {
    let opening = ReconciliationVersion(
      reconciliation: BankReconciliation(
        account: account, status: .pending, ledgerClosingMinor: 0, statement: nil,
        differenceMinor: 0, unexplainedMinor: 0, matchCounts: [:], outstanding: items),
      date: date, number: 1, closeID: CloseID(0),
      madeAt: timestamp)
    _ = try addBankRecord(.reconciliation, tenantReference: books.reference, at: timestamp) {
      record in
      try insert(items, ofRecord: record)
      try insertHead(
        opening, status: BookReader.openingStatus, record, books, hasOpenItems: true,
        itemCount: items.count,
        changesFigures: false)
    }
  }

  private func insertHead(
    _ version: ReconciliationVersion, status: String, _ record: Int64, _ books: BankBooks,
    hasOpenItems: Bool, itemCount: Int, changesFigures: Bool
  ) throws {
    let bank = version.reconciliation
    let counts = bank.matchCounts
    try db.cachedStatement(
      sql: """
        INSERT INTO stored_reconciliation VALUES
          (\(BookWriter.marks(28)))
        """
    ).execute(
      arguments: [
        record, books.reference, bank.account.reference, bank.account.statementAccount,
        bank.account.account.description, bank.account.currency.description,
        version.date.description, version.number, version.closeID.number, status,
        bank.ledgerClosingMinor, bank.statement?.openingMinor, bank.statement?.closingMinor,
        bank.differenceMinor, bank.unexplainedMinor, bank.writtenOffMinor,
        bank.settledOn?.description,
        counts[.reference] ?? 0, counts[.batch] ?? 0, counts[.group] ?? 0,
        counts[.cancellation] ?? 0, counts[.amount] ?? 0, counts[.settlement] ?? 0,
        hasOpenItems ? bank.outstanding.count : nil, changesFigures ? 1 : 0, hasOpenItems ? 1 : 0,
        itemCount,
        try BankRecordDigest.items(of: record, in: db),
      ])
  }

  /// - Returns: how many rows were written.
  private func insert(_ matches: [BankMatch], ofRecord record: Int64) throws -> Int {
    var count = 0
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO stored_matched_item (
          record_id, match_number, number, rule, shared_reference, \(BankItemColumns.names)
        ) VALUES (\(BookWriter.marks(5 + BankItemColumns.count)))
        """)
    for (index, match) in matches.enumerated() {
      for (number, item) in match.items.enumerated() {
        try statement.execute(
          arguments: StatementArguments(
            [record, index + 1, number + 1, match.rule.rawValue, match.reference]
              + BankItemColumns.values(of: item)))
        count += 1
      }
    }
    return count
  }

  private func insert(_ outstanding: [OutstandingItem], ofRecord record: Int64) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO stored_open_item (
          record_id, number, since, ambiguous_group, \(BankItemColumns.names)
        ) VALUES (\(BookWriter.marks(4 + BankItemColumns.count)))
        """)
    for (index, open) in outstanding.enumerated() {
      try statement.execute(
        arguments: StatementArguments(
          [record, index + 1, open.since.description, open.ambiguousGroup]
            + BankItemColumns.values(of: open.item)))
    }
  }

  static func marks(_ count: Int) -> String {
    Array(repeating: "?", count: count).joined(separator: ", ")
  }
}

extension BankReconciliation {
  /// Whether its open items are stored: those of a date without a statement follow from the ledger's,
  /// unless somebody settled some.
  public var hasState: Bool { settledOn == nil && (status != .pending || !matches.isEmpty) }
}

extension ReconciliationVersion {
  /// Whether a figure that somebody may have certified is another one now. A statement that comes late and
  /// agrees changes none.
  func changesFigures(of previous: ReconciliationVersion) -> Bool {
    let (old, new) = (previous.reconciliation, reconciliation)
    if old.differenceMinor != new.differenceMinor || old.unexplainedMinor != new.unexplainedMinor {
      return true
    }
    guard let before = old.statement else { return false }
    return before.closingMinor != new.statement?.closingMinor
  }
}
