import GRDB
public import LedgerDomain

extension BookReader {
  /// The files of the bank that were taken up: of each path, the last reading.
  public func knownStatementFiles(_ books: BankBooks) throws -> [String: KnownStatementFile] {
    var known: [String: KnownStatementFile] = [:]
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT f.record_id, f.file, f.bytes, f.modified_at, f.sha256, f.reading,
            EXISTS (SELECT 1 FROM stored_bank_finding b WHERE b.record_id = f.record_id)
          FROM bank_record k CROSS JOIN stored_statement_file f ON f.record_id = k.record_id
          WHERE k.tenant_ref = ? ORDER BY k.number
          """),
      arguments: [books.reference])
    while let row = try rows.next() {
      let state = StatementFileState(
        file: try row.text(1), bytes: row[2], modifiedAt: row[3], sha256: try row.text(4),
        reading: try row.text(5))
      known[state.file] = KnownStatementFile(
        record: row[0], state: state, hasFindings: row[6])
    }
    return known
  }

  /// What was wrong with a file, or with the statements of a reconciliation.
  public func bankFindings(ofRecord record: Int64) throws -> [Finding] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT code, file, account_code, currency, message FROM stored_bank_finding
          WHERE record_id = ? ORDER BY number
          """),
      arguments: [record]
    ).map { row in
      guard let code = FindingCode(rawValue: try row.text(0)) else {
        throw Row.altered("an invalid finding code")
      }
      var finding = Finding(code, message: try row.text(4))
      finding.file = row[1]
      finding.account = (row[2] as String?).flatMap { AccountCode($0) }
      finding.currency = (row[3] as String?).flatMap { CurrencyCode($0) }
      return finding
    }
  }

  /// The accounts and closing dates of the statements of a file.
  public func statementDates(
    ofFile file: KnownStatementFile
  ) throws -> [(account: String, currency: CurrencyCode, date: BusinessDate)] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT account, currency, closing_date FROM stored_statement WHERE record_id = ?"),
      arguments: [file.record]
    ).map { row in
      guard let currency = CurrencyCode(try row.text(1)) else {
        throw Row.altered("an invalid bank statement")
      }
      return (try row.text(0), currency, try row.date(at: 2))
    }
  }

  /// The statements that close on a date or later, in the order of their deliveries. A file that was read
  /// again counts as it was read last.
  public func deliveredStatements(
    _ books: BankBooks, from date: BusinessDate
  ) throws -> [StoredDelivery<BankStatement>] {
    try deliveries("statement", books, from: date).compactMap { row in
      guard let currency = CurrencyCode(try row.text(6)), let closing: Int64 = row[15] else {
        throw Row.altered("an invalid bank statement")
      }
      var opening: StatementBalance?
      if let amount: Int64 = row[12] {
        opening = StatementBalance(
          amountMinor: amount, date: try row.date(at: 13), isIntermediate: row[14] == 1)
      }
      var created: StatementTime?
      if row[10] != nil {
        created = StatementTime(date: try row.date(at: 10), second: row[11] ?? 0)
      }
      let page: Int? = row[8]
      return StoredDelivery(
        record: row[0], path: try row.text(1), format: row[2],
        content: BankStatement(
          account: try row.text(5), currency: currency, identifier: row[18], sequence: row[7],
          page: page.map { StatementPage(number: $0, isLast: (row[9] as Int?).map { $0 == 1 }) },
          createdAt: created, opening: opening,
          closing: StatementBalance(
            amountMinor: closing, date: try row.date(at: 16), isIntermediate: row[17] == 1),
          entries: try entries("statement", row[0], place: row[3]), file: try row.text(19),
          number: row[4]))
    }
  }

  /// The notifications of batches booked on a date or later, in the order of their deliveries.
  public func deliveredNotifications(
    _ books: BankBooks, from date: BusinessDate
  ) throws -> [StoredDelivery<BankNotification>] {
    try deliveries("notification", books, from: date).map { row in
      guard let currency = CurrencyCode(try row.text(6)) else {
        throw Row.altered("an invalid notification of the bank")
      }
      return StoredDelivery(
        record: row[0], path: try row.text(1), format: row[2],
        content: BankNotification(
          account: try row.text(5), currency: currency,
          entries: try entries("notification", row[0], place: row[3]), file: try row.text(19),
          number: row[4]))
    }
  }

  /// Rows of deliveries that count: record, file, format, place, number and the other columns.
  private func deliveries(
    _ kind: String, _ books: BankBooks, from date: BusinessDate
  ) throws -> [Row] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT s.record_id, f.file, s.format, s.place, s.number, s.account, s.currency, s.sequence,
            s.page, s.is_last_page, s.created_date, s.created_second, s.opening_minor,
            s.opening_date, s.opening_is_intermediate, s.closing_minor, s.closing_date,
            s.closing_is_intermediate, s.identifier, s.file
          FROM stored_statement s JOIN stored_statement_file f ON f.record_id = s.record_id
          WHERE s.tenant_ref = ?1 AND s.closing_date >= ?2 AND s.kind = ?3
            AND NOT EXISTS (
              SELECT 1 FROM stored_statement_file n
                JOIN bank_record k ON k.record_id = n.record_id AND k.tenant_ref = ?1
              WHERE n.file = f.file AND n.sha256 = f.sha256 AND n.record_id > f.record_id)
          ORDER BY s.record_id, s.place
          """),
      arguments: [books.reference, date.description, kind])
  }

  private func entries(_ kind: String, _ record: Int64, place: Int) throws -> [StatementEntry] {
    var entries: [StatementEntry] = []
    var (head, transactions): (Row?, [StatementTransaction]) = (nil, [])
    func finish() throws {
      guard let row = head else { return }
      guard let status = StatementEntryStatus(rawValue: try row.text(5)) else {
        throw Row.altered("a statement's entry with an unknown status")
      }
      entries.append(
        StatementEntry(
          number: row[1], amountMinor: row[2], bookingDate: try row.date(at: 3),
          valueDate: row[4] == nil ? nil : try row.date(at: 4),
          references: try BankItemColumns.references(row.text(7)), transactions: transactions,
          text: row[8], status: status, isReversal: row[6] == 1))
      transactions = []
    }
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT transaction_place, number, amount_minor, booking_date, value_date, status,
            is_reversal, item_references, item_text
          FROM stored_statement_entry WHERE record_id = ? AND kind = ? AND statement_place = ?
          ORDER BY place, transaction_place
          """),
      arguments: [record, kind, place])
    while let row = try rows.next() {
      if row[0] == 0 {
        try finish()
        head = row.copy()
      } else {
        transactions.append(
          StatementTransaction(
            number: row[1], amountMinor: row[2],
            references: try BankItemColumns.references(row.text(7)), text: row[8]))
      }
    }
    try finish()
    return entries
  }
}
