import LedgerDomain
import StatementReading
import Testing

@Suite("An amount of a table")
struct CSVAmountTests {
  @Test(
    "may have any sign, marks and currency around it",
    arguments: [
      ("1234.50", 123450), ("-1234.50", -123450), ("1234.50-", -123450), ("+1234.50", 123450),
      ("(1234.50)", -123450), ("\u{2212}1234.50", -123450), ("- 1234.50", -123450),
      ("\u{2013}1234.50", -123450), ("1234.5", 123450), ("1234", 123400), (".50", 50), ("0", 0),
      ("-0.00", 0), ("1234.500", 123450), ("1234.50 CR", 123450), ("1234.50DR", -123450),
      ("1234.50 Cr.", 123450), ("1234.50 Dr.", -123450), ("1234.50 D", -123450),
      ("1234.50 C", 123450), ("1234.50 S", -123450), ("1234.50 H", 123450), ("DR 1234.50", -123450),
      ("-1234.50 DR", -123450), ("EUR 1234.50", 123450), ("1234.50 EUR", 123450),
      ("€1234.50", 123450), ("-€1234.50", -123450), ("€-1234.50", -123450),
      ("€ (1234.50)", -123450),
      ("(€1234.50)", -123450), ("1234.50\u{A0}€", 123450), ("€\u{2212}1234.50", -123450),
      ("1234.50- EUR", -123450), ("-1234.50 EUR", -123450), ("\u{A0}1234.50\u{202F}", 123450),
      ("EUR 1234.50 CR", 123450), ("1 234.50", 123450), ("1\u{A0}234.50", 123450),
      ("1\u{202F}234.50", 123450), ("1'234.50", 123450), ("1’234.50", 123450), ("1,234.50", 123450),
      ("12,34,567.50", 123_456_750), ("1,234,567.50", 123_456_750), ("1'234", 123400),
      ("92233720368547758.07", Int64.max),
    ])
  func marksAreUnderstood(text: String, amountMinor: AmountMinor) {
    #expect(CSVSample.amount(text) == amountMinor)
    let comma = text.replacing(",", with: "_").replacing(".", with: ",").replacing("_", with: ".")
    guard !text.contains("r.") else { return }
    #expect(CSVSample.amount(comma) { $0.decimalSeparator = .comma } == amountMinor, "\(comma)")
  }

  @Test(
    "is refused rather than rounded or guessed",
    arguments: [
      "1234.501", "1.2.3", "--1.00", "+-1.00", "(-1.00)", "(1.00", "1.00)", "1.00-CR", "-1.00 CR",
      "+1.00 DR", "(1.00) CR", "1.00 CR DR", "1,23", "1,234", "12,3456.00", "1,2345.00", "1 23.00",
      "1'2'3.00", "1,234'567.00", "1.", "1.-", "x", "1e3", "0x10", "1.00 USD", "$1.00", "£1.00",
      "USD 1.00", "1.00 kr", "1.00x", "x1.00", "1.00 2.00", "٣", "１", "1/2", "99999999999999999999",
      "92233720368547758.08", "1,,234.00", ",234.00", "1,234,.00", "(((1.00)))", "()", "€", "CR",
      "N/A",
    ])
  func othersAreRefused(text: String) {
    #expect(CSVSample.amount(text) == nil)
  }

  @Test("has the decimals of its currency")
  func currencyGivesTheDecimals() {
    #expect(
      CSVSample.amount("1,234") {
        $0.currency = .named("JPY"); $0.groupingSeparator = ","
      } == 1234)
    #expect(CSVSample.amount("12.5") { $0.currency = .named("JPY") } == nil)
    #expect(CSVSample.amount("12.00") { $0.currency = .named("JPY") } == 12)
    #expect(CSVSample.amount("¥1234") { $0.currency = .named("JPY") } == 1234)
    #expect(CSVSample.amount("1.234") { $0.currency = .named("KWD") } == 1234)
    #expect(CSVSample.amount("$1,234.50") { $0.currency = .named("MXN") } == 123450)
    #expect(
      CSVSample.amount("R$ 1.234,50") {
        $0.currency = .named("BRL"); $0.decimalSeparator = .comma
      } == 123450)
    #expect(CSVSample.amount("Rs.1,23,456.50") { $0.currency = .named("INR") } == 12_345_650)
    #expect(
      CSVSample.amount("1 234,50 zł") {
        $0.currency = .named("PLN"); $0.decimalSeparator = .comma
      } == 123450)
    #expect(
      CSVSample.amount("kr. 12,50") {
        $0.currency = .named("DKK"); $0.decimalSeparator = .comma
      } == 1250)
  }

  @Test("may be grouped alone by comma or point only if the mapping says so")
  func groupingWithoutDecimalsNeedsTheSetting() {
    #expect(CSVSample.amount("1,234") == nil)
    #expect(CSVSample.amount("1,234") { $0.groupingSeparator = "," } == 123400)
    #expect(CSVSample.amount("1,234.50") { $0.groupingSeparator = "'" } == nil)
    #expect(CSVSample.amount("1.234") { $0.decimalSeparator = .comma } == nil)
    #expect(
      CSVSample.amount("1.234") {
        $0.decimalSeparator = .comma; $0.groupingSeparator = "."
      } == 123400)
    #expect(
      CSVSample.amount("1.23") {
        $0.decimalSeparator = .comma; $0.groupingSeparator = "."
      } == nil)
  }

  @Test("names line, column, text and setting if it cannot be read")
  func faultsNameTheSetting() {
    let head = "Date;Amount;Balance\n2026-03-31;"
    for (cell, says) in [
      (
        "1.234,50",
        "line 2 has '1.234,50' in 'Amount', which is not an amount of EUR. Set csv_decimal: ','"
      ),
      ("1,234", "csv_grouping: ','"), ("5 USD", "the account is in EUR, not in USD"),
      ("-5.00 CR", "whose sign contradicts its DR or CR"),
      ("abc1", "Compare csv_amount, csv_decimal"),
    ] {
      let message = CSVSample.message(CSVSample.read("\(head)\(cell);1.00\n"))
      #expect(message.contains(says), "\(message)")
    }
  }
}
