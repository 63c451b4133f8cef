import Foundation
import LedgerDomain
import StatementReading
import Testing

/// A sample of how a kind of bank writes its tables, with the mapping that reads it.
///
/// All samples but the quiet one say the same: 1,000.00 at first; −25.50 and 200.00 on the first
/// day, −74.50 and 1,234.56 on the second; 2,334.56 at the end. The Indian ones begin with more.
struct CSVBank: CustomTestStringConvertible {
  let name: String
  let mapping: StatementCSVMapping

  var testDescription: String { name }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Corpus/CSV")

  /// The sample as text.
  func text() throws -> String {
    try String(contentsOf: Self.folder.appendingPathComponent("\(name).csv"), encoding: .utf8)
  }

  /// The statements that it should give.
  func expected() throws -> String {
    try String(contentsOf: Self.folder.appendingPathComponent("\(name).txt"), encoding: .utf8)
  }

  /// A text as the bank encodes it.
  func encoded(_ text: String) -> [UInt8] {
    let encoding: String.Encoding
    switch mapping.encoding {
    case .utf8: encoding = .utf8
    case .latin1: encoding = .isoLatin1
    case .latin2: encoding = .isoLatin2
    case .windows1250: encoding = .windowsCP1250
    case .windows1252: encoding = .windowsCP1252
    case .utf16, .latin9: encoding = .utf16
    case .utf16LittleEndian: encoding = .utf16LittleEndian
    case .utf16BigEndian: encoding = .utf16BigEndian
    }
    return Array(text.data(using: encoding) ?? Data())
  }

  func bytes() throws -> [UInt8] { encoded(try text()) }

  func read(_ bytes: [UInt8]) -> StatementFile {
    StatementReader.table(bytes, name: "\(name).csv", mapping: mapping)
  }

  private init(_ name: String, _ mapping: StatementCSVMapping) {
    self.name = name
    self.mapping = mapping
  }

  private init(
    _ name: String, date: String, _ format: String, _ amount: StatementCSVMapping.Amount,
    _ balances: StatementCSVMapping.Balances, _ currency: String = "EUR",
    _ change: (inout StatementCSVMapping) -> Void = { _ in }
  ) {
    var mapping = StatementCSVMapping(
      dateColumn: date, dateFormat: DatePattern(format) ?? .yearMonthDay, amount: amount,
      balances: balances, account: .named("12345678"), currency: .named(currency))
    change(&mapping)
    self.init(name, mapping)
  }

  static let all = german + swissAndFrench + british + american + indian + nordic + others

  private static let german = [
    CSVBank(
      "german-cooperative", date: "Buchungstag", "DD.MM.YYYY", .signed("Betrag"),
      .column("Saldo nach Buchung")
    ) {
      $0.decimalSeparator = .comma
      $0.groupingSeparator = "."
      $0.valueDateColumn = "Valutadatum"
      $0.account = .column("IBAN Auftragskonto")
      $0.currency = .column("Waehrung")
      $0.references = [.init("Mandatsreferenz", .customer)]
      $0.textColumns = ["Name Zahlungsbeteiligter", "Verwendungszweck"]
    },
    CSVBank(
      "german-flagged", date: "Buchungstag", "DD.MM.YYYY",
      .flagged("Umsatz", .init(column: "#8", debit: ["S"], credit: ["H"])),
      .rows(opening: "Anfangssaldo", closing: "Endsaldo")
    ) {
      $0.decimalSeparator = .comma
      $0.encoding = .latin1
      $0.references = [.init("Kundenreferenz", .endToEnd)]
    },
    CSVBank(
      "german-direct", date: "Buchungsdatum", "DD.MM.YY", .signed("Betrag (€)"),
      .rows(opening: nil, closing: "Kontostand vom")
    ) {
      $0.decimalSeparator = .comma
      $0.references = [.init("Kundenreferenz", .endToEnd)]
      $0.bookedRows = .init(column: "Status", values: ["Gebucht"])
    },
    CSVBank(
      "german-same-names", date: "Buchung", "DD.MM.YYYY", .signed("#8"), .column("Saldo")
    ) {
      $0.decimalSeparator = .comma
      $0.currency = .column("#9")
    },
    CSVBank(
      "german-two-columns", date: "Buchungstag", "DD.MM.YYYY",
      .debitAndCredit(debit: "Soll", credit: "Haben"),
      .rows(opening: "Alter Kontostand", closing: "Kontostand")
    ) {
      $0.decimalSeparator = .comma
      $0.encoding = .windows1252
      $0.references = [.init("Kundenreferenz", .endToEnd)]
    },
  ]

  private static let swissAndFrench = [
    CSVBank(
      "swiss-last-of-day", date: "Buchungsdatum", "YYYY-MM-DD",
      .debitAndCredit(debit: "Belastung", credit: "Gutschrift"), .column("Saldo"), "CHF"
    ) { $0.references = [.init("Transaktions-Nr.", .accountServicer)] },
    CSVBank(
      "swiss-typographic", date: "Datum", "DD.MM.YYYY",
      .debitAndCredit(debit: "Belastung", credit: "Gutschrift"), .column("Saldo"), "CHF"
    ) {
      $0.encoding = .windows1252
      $0.valueDateColumn = "Valuta"
    },
    CSVBank(
      "french-spaces", date: "Date", "DD/MM/YYYY",
      .debitAndCredit(debit: "Débit euros", credit: "Crédit euros"),
      .rows(opening: nil, closing: "Solde au")
    ) {
      $0.encoding = .windows1252
      $0.decimalSeparator = .comma
      $0.references = [.init("Référence", .accountServicer)]
    },
  ]

  private static let british = [
    CSVBank(
      "british-two-lines", date: "Date", "DD Mon YYYY", .signed("Value"), .column("Balance"), "GBP"
    ) { $0.textColumns = ["Type", "Description"] },
    CSVBank(
      "british-paid-in", date: "Transaction Date", "DD/MM/YYYY",
      .debitAndCredit(debit: "Debit Amount", credit: "Credit Amount"), .column("Balance"), "GBP"
    ) { $0.account = .column("Account Number") },
    CSVBank(
      "australian-no-header", date: "#1", "DD/MM/YYYY", .signed("#2"), .column("#4"), "AUD"
    ) { $0.textColumns = ["#3"] },
  ]

  private static let american = [
    CSVBank(
      "american-trailing-comma", date: "Posting Date", "M/D/YYYY", .signed("Amount"),
      .column("Balance"), "USD"
    ) {
      $0.references = [.init("Check or Slip #", .cheque)]
      $0.textColumns = ["Description"]
    },
    CSVBank(
      "american-summary", date: "Date", "MM/DD/YYYY", .signed("Amount"),
      .init(
        column: "Running Bal.", openingLabel: "Beginning balance as of",
        closingLabel: "Ending balance as of"), "USD"),
    CSVBank(
      "american-parentheses", date: "Date", "MM/DD/YY", .signed("Amount"),
      .rows(opening: nil, closing: "Ledger balance"), "USD"
    ) {
      $0.references = [.init("Reference", .accountServicer)]
      $0.bookedRows = .init(column: "Status", values: ["POSTED"])
      $0.skippedRows = ["Total"]
    },
    CSVBank(
      "mexican", date: "Fecha", "DD/MM/YYYY", .debitAndCredit(debit: "Cargo", credit: "Abono"),
      .column("Saldo"), "MXN"
    ) {
      $0.references = [.init("Referencia", .customer)]
      $0.skippedRows = ["Total"]
    },
    CSVBank(
      "brazilian", date: "Data", "DD/MM/YYYY",
      .debitAndCredit(debit: "Débito (R$)", credit: "Crédito (R$)"),
      .init(column: "Saldo (R$)", openingLabel: "SALDO ANTERIOR"), "BRL"
    ) {
      $0.encoding = .latin1
      $0.decimalSeparator = .comma
      $0.groupingSeparator = "."
      $0.skippedRows = ["Total"]
      $0.references = [.init("Docto.", .accountServicer)]
    },
  ]

  private static let indian = [
    CSVBank(
      "indian-summary", date: "Date", "DD/MM/YY",
      .debitAndCredit(debit: "Withdrawal Amt.", credit: "Deposit Amt."), .column("Closing Balance"),
      "INR"
    ) {
      $0.references = [.init("Chq./Ref.No.", .accountServicer)]
      $0.endRow = "STATEMENT SUMMARY*"
    },
    CSVBank(
      "indian-suffix", date: "Tran Date", "DD-Mon-YYYY",
      .flagged("Amount", .init(column: "Dr/Cr")), .column("Balance"), "INR"
    ) { $0.references = [.init("Chq No", .cheque)] },
  ]

  private static let nordic = [
    CSVBank(
      "swedish", date: "Bokföringsdag", "YYYY-MM-DD", .signed("Belopp"), .column("Bokfört saldo")
    ) {
      $0.currency = .column("Valuta")
      $0.references = [.init("Referens", .accountServicer)]
    },
    CSVBank(
      "finnish-minus", date: "Kirjauspäivä", "DD.MM.YYYY", .signed("Määrä"),
      .rows(opening: "Alkusaldo", closing: "Loppusaldo")
    ) {
      $0.decimalSeparator = .comma
      $0.references = [.init("Viite", .creditor)]
    },
    CSVBank("danish", date: "Dato", "DD-MM-YYYY", .signed("Beløb"), .column("Saldo"), "DKK") {
      $0.encoding = .windows1252
      $0.decimalSeparator = .comma
      $0.bookedRows = .init(column: "Status", values: ["Udført"])
    },
    CSVBank(
      "norwegian-no-balance", date: "Dato", "DD.MM.YYYY",
      .debitAndCredit(debit: "Ut fra konto", credit: "Inn på konto"),
      .rows(opening: nil, closing: "Utgående saldo"), "NOK"
    ) {
      $0.encoding = .latin1
      $0.decimalSeparator = .comma
      $0.references = [.init("Arkivref", .accountServicer)]
    },
  ]

  private static let others = [
    CSVBank(
      "japanese", date: "日付", "YYYY年M月D日", .debitAndCredit(debit: "お支払金額", credit: "お預り金額"),
      .column("差引残高"), "JPY"
    ) {
      $0.encoding = .utf16
      $0.groupingSeparator = ","
      $0.textColumns = ["摘要"]
    },
    CSVBank(
      "polish", date: "#Data operacji", "YYYY-MM-DD", .signed("#Kwota"),
      .init(
        column: "#Saldo po operacji", openingLabel: "#Saldo początkowe",
        closingLabel: "#Saldo końcowe"), "PLN"
    ) {
      $0.encoding = .windows1250
      $0.decimalSeparator = .comma
      $0.textColumns = ["#Tytuł"]
    },
    CSVBank(
      "dutch", date: "Datum", "YYYYMMDD",
      .flagged("Bedrag (EUR)", .init(column: "Af Bij", debit: ["Af"], credit: ["Bij"])),
      .column("Saldo na mutatie")
    ) {
      $0.decimalSeparator = .comma
      $0.account = .column("Rekening")
    },
    CSVBank(
      "italian-signs", date: "Data Contabile", "DD/MM/YYYY",
      .flagged("Importo", .init(column: "Segno", debit: ["D"], credit: ["A"])),
      .rows(opening: nil, closing: "Saldo contabile finale")
    ) {
      $0.decimalSeparator = .comma
      $0.currency = .column("Divisa")
    },
    CSVBank(
      "spanish-trailing-minus", date: "Fecha", "DD/MM/YYYY", .signed("Importe"), .column("Saldo")
    ) { $0.decimalSeparator = .comma },
    CSVBank(
      "online-accounts", date: "Completed Date", "YYYY-MM-DD", .signed("Amount"), .column("Balance")
    ) {
      $0.currency = .column("Currency")
      $0.bookedRows = .init(column: "State", values: ["COMPLETED"])
    },
    CSVBank(
      "czech", date: "datum zaúčtování", "D.M.YYYY", .signed("částka"), .column("zůstatek"), "CZK"
    ) {
      $0.encoding = .utf16LittleEndian
      $0.decimalSeparator = .comma
      $0.references = [.init("variabilní symbol", .customer)]
    },
    CSVBank(
      "quiet-day", date: "Date", "DD.MM.YYYY", .signed("Amount"),
      .rows(opening: "Opening balance", closing: "Closing balance")
    ) { $0.decimalSeparator = .comma },
  ]
}
