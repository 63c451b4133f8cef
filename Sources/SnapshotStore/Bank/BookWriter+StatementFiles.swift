import GRDB
import LedgerDomain

extension BookWriter {
  /// Adds a file of the bank, with everything that was read in it, to a tenant's bank log.
  ///
  /// - Returns: its record.
  public func insert(
    _ state: StatementFileState, _ contents: [StatementFileContents], _ books: BankBooks,
    at timestamp: String
  ) throws -> Int64 {
    try addBankRecord(.file, tenantReference: books.reference, at: timestamp) { record in
      try db.cachedStatement(
        sql: "INSERT INTO stored_statement_file VALUES (?, ?, ?, ?, ?, ?)"
      ).execute(
        arguments: [
          record, state.file, state.bytes, state.modifiedAt, state.sha256, state.reading,
        ])
      var place = 0
      for file in contents {
        for statement in file.statements {
          place += 1
          try insert(statement, place: place, file, record, books)
        }
        for notification in file.notifications {
          place += 1
          try insert(notification, place: place, file, record, books)
        }
      }
      try insert(contents.flatMap(\.findings), ofRecord: record)
    }
  }

  func insert(_ findings: [Finding], ofRecord record: Int64) throws {
    for (index, finding) in findings.enumerated() {
      try db.cachedStatement(sql: "INSERT INTO stored_bank_finding VALUES (?, ?, ?, ?, ?, ?, ?)")
        .execute(
          arguments: [
            record, index + 1, finding.code.rawValue, finding.file, finding.account?.description,
            finding.currency?.description, finding.message,
          ])
    }
  }

  private static let insertStatement =
    "INSERT INTO stored_statement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

  private func insert(
    _ statement: BankStatement, place: Int, _ file: StatementFileContents, _ record: Int64,
    _ books: BankBooks
  ) throws {
    try db.cachedStatement(sql: Self.insertStatement).execute(
      arguments: [
        record, "statement", place, books.reference, file.file, file.format, statement.number,
        statement.account,
        statement.currency.description, statement.identifier, statement.sequence,
        statement.page?.number, statement.page?.isLast.map { $0 ? 1 : 0 },
        statement.createdAt?.date.description, statement.createdAt?.second,
        statement.opening?.amountMinor, statement.opening?.date.description,
        statement.opening.map { $0.isIntermediate ? 1 : 0 }, statement.closing.amountMinor,
        statement.closing.date.description, statement.closing.isIntermediate ? 1 : 0,
      ])
    try insert(statement.entries, "statement", place: place, record)
  }

  private func insert(
    _ notification: BankNotification, place: Int, _ file: StatementFileContents, _ record: Int64,
    _ books: BankBooks
  ) throws {
    guard let last = notification.entries.map(\.bookingDate).max() else { return }
    try db.cachedStatement(sql: Self.insertStatement).execute(
      arguments: [
        record, "notification", place, books.reference, file.file, file.format, notification.number,
        notification.account,
        notification.currency.description, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil,
        last.description, nil,
      ])
    try insert(notification.entries, "notification", place: place, record)
  }

  private func insert(
    _ entries: [StatementEntry], _ kind: String, place statement: Int, _ record: Int64
  ) throws {
    let insert = try RowStatement(
      db,
      "INSERT INTO stored_statement_entry VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
    )
    for (index, entry) in entries.enumerated() {
      try insert.run { row in
        row.place(record, kind, statement, index + 1, 0)
        row.integer(6, Int64(entry.number))
        row.integer(7, entry.amountMinor)
        row.text(8, entry.bookingDate.description)
        row.text(9, entry.valueDate?.description)
        row.text(10, entry.status.rawValue)
        row.integer(11, entry.isReversal ? 1 : 0)
        row.text(12, BankItemColumns.text(entry.references))
        row.text(13, entry.text)
      }
      for (number, transaction) in entry.transactions.enumerated() {
        try insert.run { row in
          row.place(record, kind, statement, index + 1, number + 1)
          row.integer(6, Int64(transaction.number))
          row.integer(7, transaction.amountMinor)
          row.text(8, nil)
          row.text(9, nil)
          row.text(10, nil)
          row.integer(11, nil)
          row.text(12, BankItemColumns.text(transaction.references))
          row.text(13, transaction.text)
        }
      }
    }
  }
}

extension RowStatement {
  /// Binds the key of an entry or transaction.
  fileprivate func place(
    _ record: Int64, _ kind: String, _ statement: Int, _ entry: Int, _ transaction: Int
  ) {
    integer(1, record)
    text(2, kind)
    integer(3, Int64(statement))
    integer(4, Int64(entry))
    integer(5, Int64(transaction))
  }
}
