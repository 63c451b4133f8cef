import LedgerDomain
import Reports
import StatementReading

/// Statement files as JSON. Keys are an interface; amounts are texts, in minor units and in decimals.
struct StatementDocument: Encodable {
  struct File: Encodable {
    let file: String
    let format: String?
    let statements: [Statement]
    let notifications: [Notification]
    let notes: [Note]
    let findings: [Finding]
  }
  struct Statement: Encodable {
    let number: Int
    let account: String
    let currency: String
    let identifier: String?
    let sequence: Int?
    let page: Page?
    let created_at: String?
    let opening: Balance?
    let closing: Balance
    let proof: Proof
    let entries: [Entry]
  }
  struct Notification: Encodable {
    let number: Int
    let account: String
    let currency: String
    let entries: [Entry]
  }
  struct Page: Encodable {
    let number: Int
    let is_last: Bool?
  }
  struct Balance: Encodable {
    let date: String
    let amount: String
    let amount_minor: String
    let is_intermediate: Bool
  }
  struct Proof: Encodable {
    let status: String
    let booked_count: Int
    let booked: String
    let booked_minor: String
    let difference: String?
    let difference_minor: String?
  }
  struct Entry: Encodable {
    let number: Int
    let booking_date: String
    let value_date: String?
    let amount: String
    let amount_minor: String
    let status: String
    let is_reversal: Bool
    let references: [Reference]
    let text: String?
    let transactions: [Transaction]
  }
  struct Transaction: Encodable {
    let number: Int
    let amount: String
    let amount_minor: String
    let references: [Reference]
    let text: String?
  }
  struct Reference: Encodable {
    let kind: String
    let value: String
  }
  struct Note: Encodable {
    let line: Int?
    let message: String
  }
  struct Finding: Encodable {
    let code: String
    let message: String
  }

  let files: [File]

  /// The document of these files, harmless on a terminal too.
  static func text(_ files: [StatementFile]) throws -> String {
    HarmlessText.ofJSON(try JSONDocument.text(StatementDocument(files: files.map(File.init))))
  }
}

extension StatementDocument.File {
  init(_ file: StatementFile) {
    self.init(
      file: file.name, format: file.format?.rawValue,
      statements: file.statements.map(StatementDocument.Statement.init),
      notifications: file.notifications.map(StatementDocument.Notification.init),
      notes: file.notes.map { .init(line: $0.line, message: $0.message) },
      findings: file.findings.map { .init(code: $0.code.rawValue, message: $0.message) })
  }
}

extension StatementDocument.Statement {
  init(_ statement: BankStatement) {
    let currency = statement.currency
    self.init(
      number: statement.number, account: statement.account, currency: "\(currency)",
      identifier: statement.identifier, sequence: statement.sequence,
      page: statement.page.map { .init(number: $0.number, is_last: $0.isLast) },
      created_at: statement.createdAt.map(StatementWords.time),
      opening: statement.opening.map { .init($0, currency) },
      closing: .init(statement.closing, currency),
      proof: .init(StatementProof(statement), currency),
      entries: statement.entries.map { .init($0, currency) })
  }
}

extension StatementDocument.Notification {
  init(_ notification: BankNotification) {
    self.init(
      number: notification.number, account: notification.account,
      currency: "\(notification.currency)",
      entries: notification.entries.map { .init($0, notification.currency) })
  }
}

extension StatementDocument.Balance {
  init(_ balance: StatementBalance, _ currency: CurrencyCode) {
    self.init(
      date: "\(balance.date)", amount: StatementWords.decimal(balance.amountMinor, currency),
      amount_minor: "\(balance.amountMinor)", is_intermediate: balance.isIntermediate)
  }
}

extension StatementDocument.Proof {
  init(_ proof: StatementProof, _ currency: CurrencyCode) {
    self.init(
      status: proof.status, booked_count: proof.bookedCount,
      booked: StatementWords.decimal(proof.bookedMinor, currency),
      booked_minor: "\(proof.bookedMinor)",
      difference: proof.differenceMinor.map { StatementWords.decimal($0, currency) },
      difference_minor: proof.differenceMinor.map { "\($0)" })
  }
}

extension StatementDocument.Entry {
  init(_ entry: StatementEntry, _ currency: CurrencyCode) {
    self.init(
      number: entry.number, booking_date: "\(entry.bookingDate)",
      value_date: entry.valueDate?.description,
      amount: StatementWords.decimal(entry.amountMinor, currency),
      amount_minor: "\(entry.amountMinor)", status: entry.status.rawValue,
      is_reversal: entry.isReversal,
      references: entry.references.map { .init(kind: $0.kind.rawValue, value: $0.value) },
      text: entry.text,
      transactions: entry.transactions.map { transaction in
        .init(
          number: transaction.number,
          amount: StatementWords.decimal(transaction.amountMinor, currency),
          amount_minor: "\(transaction.amountMinor)",
          references: transaction.references.map { .init(kind: $0.kind.rawValue, value: $0.value) },
          text: transaction.text)
      })
  }
}
