import LedgerDomain
import StatementReading

/// A short camt.053 document whose pieces a test can replace.
enum SampleDocument {
  static let text = """
    <?xml version="1.0" encoding="UTF-8"?>
    <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
    <Id>S1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>
    <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">10.00</Amt>\
    <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-31</Dt></Dt></Bal>
    <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">12.00</Amt>\
    <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-31</Dt></Dt></Bal>
    <Ntry><Amt Ccy="EUR">2.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>\
    <BookgDt><Dt>2026-03-31</Dt></BookgDt><AcctSvcrRef>Ä-1</AcctSvcrRef></Ntry>
    </Stmt></BkToCstmrStmt></Document>
    """

  /// The document with one piece, which must be in it, replaced everywhere.
  static func with(_ piece: String, _ replacement: String) -> String {
    precondition(text.contains(piece), "there is no \(piece)")
    return text.split(separator: piece, omittingEmptySubsequences: false).joined(
      separator: replacement)
  }

  static func read(_ text: String) -> StatementFile { read(Array(text.utf8)) }

  static func read(_ bytes: [UInt8]) -> StatementFile {
    StatementReader.camt053(bytes, name: "bank.xml")
  }

  /// The message of the finding that reading the text gives, after checks of its form.
  static func fault(_ text: String) -> String? { fault(Array(text.utf8)) }

  static func fault(_ bytes: [UInt8]) -> String? {
    let file = read(bytes)
    guard let finding = file.findings.first, file.findings.count == 1, file.statements.isEmpty,
      finding.code == .statementMalformed, finding.file == "bank.xml",
      finding.message.hasPrefix("bank.xml")
    else { return nil }
    return finding.message
  }
}
