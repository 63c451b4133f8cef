import LedgerDomain
import Testing

@testable import StatementReading

@Suite("An OFX document")
struct OFXReaderTests {
  @Test("is told by its header or first element, and nothing else is taken for one")
  func headerTellsTheFormat() {
    func recognizes(_ text: String) -> Bool { OFXReader.recognizes(Array(text.utf8)[...]) }
    for text in [
      SampleOFX.text, "\n ofxheader:100", "<OFX>", "<ofx >", "\u{FEFF}<?xml version=\"1.0\"?><OFX>",
      "<?xml version=\"1.0\"?>\n<?OFX OFXHEADER=\"200\"?>", "<!-- a --><OFX>",
    ] {
      #expect(recognizes(text), "\(text)")
    }
    for text in [
      "", "<", "<OFX", "<OFXX>", "<?xml version=\"1.0\"?><Document><OFX>", "<!DOCTYPE html><html>",
      "date,amount\n<OFX>", ":20:OFXHEADER", "01,OFX",
    ] {
      #expect(!recognizes(text), "\(text)")
    }
  }

  @Test(
    "says when the server made it, in UTC if it has a zone",
    arguments: [
      ("20260401", "2026-04-01", 0), ("20260401053000.123[-5:EST]", "2026-04-01", 37_800),
      ("20260331233000[-5]", "2026-04-01", 16_200),
      ("20260401010000[+5.5:IST]", "2026-03-31", 70_200),
      ("202604010130", "2026-04-01", 5400), ("20260401013015Z", "2026-04-01", 5415),
      ("20260401250000", "2026-04-01", 0), ("20260401013099[x]", "2026-04-01", 5459),
    ])
  func serverTimeIsKept(written: String, date: String, second: Int) throws {
    let file = SampleOFX.read(SampleOFX.with("<DTSERVER>20260401", "<DTSERVER>\(written)"))
    let expected = StatementTime(date: try #require(BusinessDate(date)), second: second)
    #expect(file.statements.map(\.createdAt) == [expected, expected])
  }

  @Test(
    "has dates in many forms, none of which a zone shifts",
    arguments: [
      "20260331", "20260331235959", "20260331235959.999[-11:SST]", "20260331000000[+13:NZDT]",
      "2026-03-31", "2026-03-31T23:59:59Z", "202603312359", "20260331 12:00",
    ])
  func datesAreAsWritten(written: String) {
    let file = SampleOFX.read(SampleOFX.with("<DTPOSTED>20260331", "<DTPOSTED>\(written)"))
    #expect(file.statements.first?.entries.map(\.bookingDate.description) == ["2026-03-31"])
  }

  @Test(
    "has amounts with point or comma, with a sign or none",
    arguments: [
      ("-5.25", -525), ("+5,25", 525), ("5", 500), ("-.5", -50), ("5.", 500), ("0,250", 25),
      ("1,234.50", 123_450), ("1.234,5", 123_450), ("1,234,567", 123_456_700),
      ("-1.234.567,89", -123_456_789), ("1234.500", 123_450), ("5.2500", 525), ("0", 0),
      ("-0.00", 0),
      ("92233720368547758.07", AmountMinor.max), ("-92233720368547758.07", -AmountMinor.max),
    ])
  func amountsAreRead(written: String, amount: AmountMinor) {
    let file = SampleOFX.read(SampleOFX.with("-5.25", written))
    #expect(file.statements.first?.entries.map(\.amountMinor) == [amount])
  }

  @Test(
    "has amounts in the decimals of the account's currency",
    arguments: [
      ("JPY", "525", 525, 9475), ("KWD", "5.250", 5250, 94_750), ("usd", "5.25", 525, 9475),
    ])
  func decimalsAreThoseOfTheCurrency(
    code: String, written: String, amount: AmountMinor, closing: AmountMinor
  ) {
    let text = SampleOFX.with("<CURDEF>USD", "<CURDEF>\(code)").replacing("-5.25", with: written)
      .replacing("94.75", with: code == "JPY" ? "9475.00" : "94.75")
    let statement = SampleOFX.read(text).statements.first
    #expect(statement?.entries.map(\.amountMinor) == [amount])
    #expect(statement?.closing.amountMinor == closing)
    #expect(statement?.currency.description == code.uppercased())
  }

  @Test("may leave elements open, or end them where others begin")
  func openElementsAreEnded() {
    for (piece, replacement) in [
      ("</STMTTRN>", ""), ("</BANKTRANLIST>", ""), ("</BANKACCTFROM>", ""), ("</LEDGERBAL>", ""),
      ("</STATUS>", ""), ("</STMTTRNRS>", ""), ("<NAME>RENT", "<NAME>RENT</NAME>"),
      ("</STMTTRN>", "</STMTTRN></STMTTRN>"), ("<FITID>", "<UNKNOWN><FITID>"),
      ("<FITID>", "<MEMO><FITID>"),
      ("-5.25", " -5.25 \n"), ("F1", "<![CDATA[F1]]>"), ("<FITID>", "<MEMO/><FITID>"),
    ] {
      let file = SampleOFX.read(SampleOFX.with(piece, replacement))
      #expect(file.findings.isEmpty, "\(piece)")
      #expect(file.statements.map(\.account) == ["A1", "A2"], "\(piece)")
      let entry = file.statements.first?.entries.first
      #expect(entry?.amountMinor == -525 && entry?.reference(.accountServicer) == "F1", "\(piece)")
      #expect(entry?.text == "RENT", "\(piece) \(replacement)")
    }
  }

  @Test("without statements says so, and is none for an account")
  func documentWithoutStatementSaysSo() {
    let file = SampleOFX.read(
      "<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</STATUS></SONRS></SIGNONMSGSRSV1></OFX>")
    #expect(file.statements.isEmpty && file.findings.isEmpty)
    #expect(file.notes.map(\.message) == ["The file holds no statement of an account."])
  }
}
