import LedgerDomain
import Testing

@testable import StatementReading

@Suite("A malformed OFX document")
struct OFXMalformedTests {
  /// A piece of the sample, what stands in its place, and what the finding must say.
  private static let ofOneStatement: [(piece: String, replacement: String, message: String)] = [
    ("<TRNAMT>-5.25", "", "line 11 has transaction 1, which has no TRNAMT"),
    ("<TRNAMT>-5.25", "<TRNAMT>", "has transaction 1, which has no TRNAMT"),
    ("-5.25", "-5.255", "has the TRNAMT '-5.255', which is not one amount of USD"),
    ("-5.25", "-5.2511", "has the TRNAMT '-5.2511'"),
    ("-5.25", "954,\u{33F}", "which is not one amount of USD"),
    ("-5.25", "9.\u{301}54", "which is not one amount of USD"),
    ("-5.25", "\u{FF15},25", "which is not one amount of USD"),
    ("-5.25", "1,234", "has the TRNAMT '1,234', which is not one amount"),
    ("-5.25", "1.234", "has the TRNAMT '1.234', which is not one amount"),
    ("-5.25", "5.25-", "has the TRNAMT '5.25-'"), ("-5.25", "--5.25", "has the TRNAMT '--5.25'"),
    ("-5.25", "5e2", "has the TRNAMT '5e2'"), ("-5.25", "(5.25)", "has the TRNAMT '(5.25)'"),
    ("-5.25", "1,234.5,6", "has the TRNAMT"), ("-5.25", "1,23,4.56", "has the TRNAMT"),
    ("-5.25", "92233720368547758.08", "has the TRNAMT '92233720368547758.08'"),
    ("-5.25", "-5.25<TRNAMT>5.25", "which has TRNAMT twice with two values"),
    ("F1", "F1<FITID>F2", "which has FITID twice with two values"),
    ("<DTPOSTED>20260331", "", "which has no DTPOSTED"),
    (
      "<DTPOSTED>20260331", "<DTPOSTED>20260231", "has the DTPOSTED '20260231', which is not a date"
    ),
    ("<DTPOSTED>20260331", "<DTPOSTED>31032026x", "has the DTPOSTED '31032026x'"),
    (
      "<FITID>", "<CURRENCY><CURRATE>1.1<CURSYM>EUR</CURRENCY><FITID>",
      "which is in EUR (CURRENCY), though the account is in USD"
    ),
    ("<CURDEF>USD", "", "names no currency (CURDEF) in statement 1"),
    ("<CURDEF>USD", "<CURDEF>US", "has the currency 'US' in statement 1"),
    ("<ACCTID>A1", "", "line 9 names no account (ACCTID) in statement 1"),
    ("<ACCTID>A1", "<ACCTID>A1<ACCTID>A3", "has ACCTID twice with two values in statement 1"),
    ("<BALAMT>94.75", "", "has no ledger balance (LEDGERBAL) in statement 1"),
    ("94.75", "94.7x", "has the BALAMT '94.7x' in statement 1"),
    ("94.75", "94.75<BALAMT>95", "has BALAMT twice with two values in statement 1"),
    ("<DTASOF>20260331", "", "has no date of the ledger balance (DTASOF) in statement 1"),
    ("<DTASOF>20260331", "<DTASOF>soon", "has the DTASOF 'soon' in statement 1"),
    (
      "<TRNUID>1<STATUS><CODE>0<SEVERITY>INFO", "<TRNUID>1<STATUS><CODE>2000<SEVERITY>ERROR",
      "has the error 2000 instead of statement 1"
    ),
    ("<TRNUID>1<STATUS><CODE>0<SEVERITY>INFO", "<TRNUID>1<STATUS><CODE>13000", "the error 13000"),
  ]

  @Test("of which one statement is wrong is a finding that names it, and the others count")
  func oneStatementIsAFinding() {
    for (piece, replacement, message) in Self.ofOneStatement {
      let file = SampleOFX.read(SampleOFX.with(piece, replacement))
      let found = file.findings.first?.message ?? "no finding"
      #expect(found.contains(message), "\(piece) → \(replacement): \(found)")
      #expect(found.hasPrefix("bank.ofx, line "), "\(found)")
      #expect(found.hasSuffix("Statement 1 of the file was ignored."), "\(found)")
      #expect(file.findings.count == 1 && file.statements.map(\.account) == ["A2"], "\(piece)")
    }
  }

  @Test("of which the form is wrong gives no statement")
  func wrongFormGivesNoStatement() {
    for (piece, replacement, message) in [
      ("</OFX>", "", "line 15 ends before the end of its OFX element"),
      ("<OFX>", "", "has no OFX element"),
      ("<CODE>0", "<CODE>15500", "has the error 15500 instead of statements"),
      ("<OFX>", "<!DOCTYPE OFX><OFX>", "line 7 has a document type declaration"),
      ("<OFX>", "<!ENTITY a \"b\"><OFX>", "has a document type declaration"),
      ("<NAME>RENT", "<NAME><!--RENT", "line 11 has a comment without its end"),
      ("<NAME>RENT", "<NAME><![CDATA[RENT", "has a CDATA section without its end"),
      ("<OFX>", "<?OFX <OFX>", "has a processing instruction without its end"),
    ] {
      // An error of the sign-on without a severity is told by its code.
      let text = SampleOFX.with(piece, replacement).replacing(
        "15500<SEVERITY>INFO", with: "15500")
      let file = SampleOFX.read(text)
      let found = file.findings.first?.message ?? "no finding"
      #expect(file.statements.isEmpty && file.findings.count == 1, "\(piece)")
      #expect(found.contains(message), "\(piece): \(found)")
      #expect(found.hasSuffix("The whole file was ignored."), "\(piece): \(found)")
    }
  }

  @Test("expands no entity but those of the specification, and each once")
  func entitiesAreExpandedOnce() {
    for (written, read) in [
      ("A &amp;lt; B", "A &lt; B"), ("&#65;&#x42;&#X43;", "ABC"), ("&lt;&gt;&quot;&apos;", "<>\"'"),
      ("&bomb; &#0; &#xD800; &#99999999999; &;", "&bomb; &#xD800; &#99999999999; &;"),
      ("A & B;", "A & B;"), ("&nbsp;A&#160;B", "A\u{A0}B"), ("&#150;", "–"),
    ] {
      let file = SampleOFX.read(SampleOFX.with("RENT", written))
      #expect(file.statements.first?.entries.first?.text == read, "\(written)")
    }
  }

  @Test("of elements without number, or with very long names and texts, is read in one pass")
  func deepAndLongDocumentsAreRead() {
    let deep = String(repeating: "<X>", count: 100_000)
    for piece in [
      deep, String(repeating: "<STMTTRN", count: 100_000), String(repeating: "<", count: 300_000),
      "<" + String(repeating: "X", count: 300_000) + ">", String(repeating: "&", count: 300_000),
    ] {
      let file = SampleOFX.read(SampleOFX.with("<NAME>RENT", "<NAME>RENT\(piece)"))
      #expect(file.statements.map(\.closing.amountMinor) == [9475, 700])
      #expect(file.statements.first?.entries.map(\.amountMinor) == [-525])
      #expect((file.statements.first?.entries.first?.text?.utf8.count ?? 0) <= 65_536)
    }
    let nested = SampleOFX.with("<NAME>", String(repeating: "<PAYEE>", count: 100_000) + "<NAME>")
    #expect(SampleOFX.read(nested).statements.first?.entries.map(\.amountMinor) == [-525])
  }

  @Test("of which very many statements are wrong says how many more there are")
  func veryManyFaultsAreCounted() {
    let count = 5000
    let statements = String(
      repeating: "<INVSTMTRS></INVSTMTRS>\n<STMTRS><CURDEF>USD</STMTRS>", count: count)
    let file = SampleOFX.read("<OFX>\(statements)</OFX>")
    #expect(file.statements.isEmpty && file.findings.count == 1001 && file.notes.count == 1)
    #expect(file.findings.last?.message.contains("has 4000 more statements") == true)
  }
}
