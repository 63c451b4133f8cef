import LedgerDomain

@testable import StatementReading

/// A short OFX document whose pieces a test can replace.
enum SampleOFX {
  static let text = """
    OFXHEADER:100
    DATA:OFXSGML
    VERSION:102
    ENCODING:USASCII
    CHARSET:1252

    <OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260401</SONRS>
    </SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS>
    <STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>1<ACCTID>A1</BANKACCTFROM>
    <BANKTRANLIST><DTSTART>20260331<DTEND>20260331
    <STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260331<TRNAMT>-5.25<FITID>F1<NAME>RENT</STMTTRN>
    </BANKTRANLIST><LEDGERBAL><BALAMT>94.75<DTASOF>20260331</LEDGERBAL></STMTRS></STMTTRNRS>
    <STMTTRNRS><TRNUID>2<STATUS><CODE>0<SEVERITY>INFO</STATUS>
    <STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>1<ACCTID>A2</BANKACCTFROM>
    <LEDGERBAL><BALAMT>7<DTASOF>20260330</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
    """

  /// The document with one piece, which must be in it, replaced where it stands first.
  static func with(_ piece: String, _ replacement: String) -> String {
    precondition(text.contains(piece), "there is no \(piece)")
    return text.replacing(piece, with: replacement, maxReplacements: 1)
  }

  static func read(_ text: String) -> StatementFile {
    StatementFile(
      name: "bank.ofx", format: .ofx,
      contents: OFXReader.contents(of: Array(text.utf8), name: "bank.ofx"))
  }
}
