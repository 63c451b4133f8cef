import DemoLedger
import LedgerDomain

/// Writes a statement as an OFX 2 document. It has no opening balance and no pages, as OFX has neither.
///
/// Source: Open Financial Exchange 2.2, sections 2.4 and 11.4.
enum OFXWriter {
  static func text(_ statement: BankStatement) -> String {
    let dates = statement.entries.map(\.bookingDate) + [statement.closing.date]
    let made = statement.createdAt.map { digits($0.date) + $0.clock.filter { $0 != ":" } }
    return """
      <?xml version="1.0" encoding="UTF-8" standalone="no"?>
      <?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>
      <OFX>
      <SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>\
      <DTSERVER>\(made ?? digits(statement.closing.date))</DTSERVER><LANGUAGE>ENG</LANGUAGE></SONRS></SIGNONMSGSRSV1>
      <BANKMSGSRSV1><STMTTRNRS><TRNUID>1</TRNUID><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>
      <STMTRS><CURDEF>\(statement.currency)</CURDEF><BANKACCTFROM><BANKID>1</BANKID>\
      <ACCTID>\(statement.account)</ACCTID><ACCTTYPE>CHECKING</ACCTTYPE></BANKACCTFROM>
      <BANKTRANLIST><DTSTART>\(digits(dates.min()))</DTSTART><DTEND>\(digits(statement.closing.date))</DTEND>

      """
        + statement.entries.map { transaction($0, statement) }.joined()
        + "</BANKTRANLIST>\n"
        + "<LEDGERBAL><BALAMT>\(amount(statement.closing.amountMinor, statement))</BALAMT>"
        + "<DTASOF>\(digits(statement.closing.date))</DTASOF></LEDGERBAL>\n"
        + "</STMTRS></STMTTRNRS></BANKMSGSRSV1>\n</OFX>\n"
  }

  private static func transaction(_ entry: StatementEntry, _ statement: BankStatement) -> String {
    var references = UnplacedReferences(entry.references)
    let cheque = entry.amountMinor < 0 ? references.take(.cheque) : nil
    let type = cheque != nil ? "CHECK" : entry.amountMinor < 0 ? "DEBIT" : "CREDIT"
    let own = references.take(.accountServicer) ?? "\(entry.bookingDate)/\(entry.number)"
    let number = references.take(
      .endToEnd, .customer, .instruction, .transaction, .uetr, .creditor)
    return "<STMTTRN><TRNTYPE>\(type)</TRNTYPE>"
      + "<DTPOSTED>\(digits(entry.bookingDate))</DTPOSTED>"
      + "<TRNAMT>\(amount(entry.amountMinor, statement))</TRNAMT><FITID>\(escaped(own))</FITID>"
      + element("CHECKNUM", cheque) + element("REFNUM", number)
      + element("MEMO", references.text(after: entry.text)) + "</STMTTRN>\n"
  }

  private static func digits(_ date: BusinessDate?) -> String {
    (date?.description ?? "").filter { $0 != "-" }
  }

  private static func amount(_ amountMinor: AmountMinor, _ statement: BankStatement) -> String {
    AmountText.decimal(amountMinor, digits: statement.currency.minorUnitDigits ?? 0)
  }

  private static func element(_ name: String, _ text: String?) -> String {
    text.map { $0.isEmpty ? "" : "<\(name)>\(escaped($0))</\(name)>" } ?? ""
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
