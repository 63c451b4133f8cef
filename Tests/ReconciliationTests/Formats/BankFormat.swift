import DemoLedger
import LedgerDomain
import StatementReading
import Testing

/// A format in which a bank delivers statements, as a file that is written and read again.
enum BankFormat: String, CaseIterable {
  case camt053 = "camt.053"
  case mt940 = "MT940"
  case bai2 = "BAI2"
  case ofx = "OFX"
  case csv = "CSV"

  /// What statements of the format have.
  func abilities(_ calendar: BankingCalendar) -> BankDeliveries.Abilities {
    BankDeliveries.Abilities(
      hasPages: self == .camt053 || self == .mt940, hasTimes: self != .mt940 && self != .csv,
      calendar: calendar)
  }

  /// Whether an entry can have its transactions with it.
  var hasTransactions: Bool { self == .camt053 }

  /// Which entries have a reference of the bank's: in OFX all must.
  func ownReferences(seed: UInt64) -> KnownBooks.OwnReferences {
    self == .ofx || seed % 2 == 0 ? .all : .batches
  }

  private func text(_ statement: BankStatement) -> String {
    switch self {
    case .camt053: CamtWriter.statements([statement], identifier: "M-1")
    case .mt940: MT940Writer.text([statement])
    case .bai2: BAI2Writer.text([statement])
    case .ofx: OFXWriter.text(statement)
    case .csv: CSVStatementWriter.text(statement)
    }
  }

  /// The statements of the file with a statement.
  func delivered(_ statement: BankStatement, name: String) -> [BankStatement] {
    let content = hasTransactions ? statement : statement.withoutBatches
    let found = Self.read(text(content), name: name)
    #expect(found.flatMap(\.findings).isEmpty, "\(found.flatMap(\.findings).map(\.message))")
    #expect(found.map(\.format?.rawValue) == [rawValue], "\(name)")
    return found.flatMap(\.statements)
  }

  /// The notifications of the file with a statement's batches; none if it has none.
  static func notified(_ statement: BankStatement, name: String) -> [BankNotification] {
    let batches = statement.entries.filter { $0.transactions.count > 1 }
    if batches.isEmpty { return [] }
    let content = BankNotification(
      account: statement.account, currency: statement.currency, entries: batches, file: "",
      number: 1)
    let text = CamtWriter.notification(
      content, identifier: "N-1",
      createdAt: StatementTime(date: statement.closing.date, second: 0))
    let found = read(text, name: name)
    #expect(found.flatMap(\.findings).isEmpty, "\(found.flatMap(\.findings).map(\.message))")
    return found.flatMap(\.notifications)
  }

  private static func read(_ text: String, name: String) -> [StatementFile] {
    StatementReader.read(
      Array(text.utf8), name: name,
      mappings: [NamedMapping(reference: BankAccount.sample.reference, mapping: mapping)])
  }

  private static let mapping: StatementCSVMapping = {
    var mapping = StatementCSVMapping(
      dateColumn: "date", valueDateColumn: "value_date", amount: .signed("amount"),
      references: [
        StatementCSVMapping.ReferenceColumn("bank_reference", .accountServicer),
        StatementCSVMapping.ReferenceColumn("reference", .endToEnd),
      ],
      balances: .rows(
        opening: CSVStatementWriter.openingRow, closing: CSVStatementWriter.closingRow),
      account: .named(BankAccount.sample.statementAccount), currency: .named(.sample))
    mapping.textColumns = ["text"]
    return mapping
  }()
}

extension StatementCSVMapping.Source {
  fileprivate static func named(_ currency: CurrencyCode) -> Self { .named("\(currency)") }
}

extension BankStatement {
  /// The statement as a format has it in which an entry has no transactions: a single one is the entry.
  fileprivate var withoutBatches: BankStatement {
    let entries = entries.map { entry in
      guard entry.transactions.count == 1 else { return entry.withoutTransactions }
      return StatementEntry(
        number: entry.number, amountMinor: entry.amountMinor, bookingDate: entry.bookingDate,
        valueDate: entry.valueDate,
        references: entry.references + entry.transactions[0].references, text: entry.text,
        status: entry.status, isReversal: entry.isReversal)
    }
    return BankStatement(
      account: account, currency: currency, identifier: identifier, sequence: sequence, page: page,
      createdAt: createdAt, opening: opening, closing: closing, entries: entries, file: file,
      number: number)
  }
}
