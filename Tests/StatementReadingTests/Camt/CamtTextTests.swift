import LedgerDomain
import Testing

@testable import StatementReading

@Suite("The text of a camt element")
struct CamtTextTests {
  private func text(_ text: String, _ currency: String? = nil) -> CamtText {
    CamtText(Array(text.utf8), currency: currency.map { Array($0.utf8) })
  }

  @Test("is an amount in minor units, never rounded")
  func amountsAreExact() throws {
    for (written, currency, minor) in [
      ("0", "EUR", 0), ("12.34", "EUR", 1234), ("12.3", "EUR", 1230), (" 12 ", "EUR", 1200),
      ("+1.", "EUR", 100), (".5", "EUR", 50), ("1.50000", "EUR", 150), ("0007", "JPY", 7),
      ("7.00", "JPY", 7), ("1.234", "BHD", 1234), ("92233720368547758.07", "EUR", .max),
    ] as [(String, String, AmountMinor)] {
      let amount = try text(written, currency).amount("Amt")
      #expect(amount.magnitude == minor && amount.currency.description == currency, "\(written)")
    }
    for (written, currency) in [
      ("", "EUR"), (".", "EUR"), ("+", "EUR"), ("-1", "EUR"), ("1.234", "EUR"), ("1,00", "EUR"),
      ("1 000", "EUR"), ("1e3", "EUR"), ("1.0.0", "EUR"), ("++1", "EUR"), ("1+", "EUR"),
      ("92233720368547758.08", "EUR"), ("9223372036854775808", "JPY"), ("7.1", "JPY"),
      ("99999999999999999999999999", "EUR"), ("1", "eur"), ("1", "XQX"), ("1", ""), ("1", nil),
    ] as [(String, String?)] {
      #expect(throws: CamtFlaw.self, "\(written)") { try text(written, currency).amount("Amt") }
    }
  }

  @Test("is in one line, and a reference unless none was given")
  func textIsInOneLine() {
    #expect(text(" a\n\t b  c ").string == "a b c" && text("a b").string == "a b")
    #expect(text("").isEmpty && text(" \r\n").isEmpty)
    #expect(text("NOTPROVIDED").reference == nil && text(" NONREF ").reference == nil)
    #expect(text("NotProvided").reference == nil && text("not  provided").reference == nil)
    #expect(text("N").reference == "N" && text("").reference == "")
    #expect(text("NOTPROVIDED 1").reference == "NOTPROVIDED 1")
    #expect(text("0042").number == 42 && text("-1").number == nil && text("1.0").number == nil)
    #expect(text("99999999999999999999").number == nil)
  }

  @Test("is a date as it is written, wherever the bank is")
  func datesAreAsWritten() throws {
    for written in ["2026-03-31", "2026-03-31Z", "2026-03-31+14:00", "2026-03-31-11:00"] {
      #expect(try text(written).date("Dt").description == "2026-03-31")
    }
    for written in ["2026-03-31T23:30:00-08:00", "2026-03-31T00:00:00.000Z", "2026-03-31"] {
      #expect(try text(written).dateOfInstant("DtTm").description == "2026-03-31")
    }
    for written in ["", "2026-02-29", "2026-3-31", "31.03.2026", "2026-03-31 ", "2026-03-31X"] {
      #expect(throws: CamtFlaw.self) { try text(written + "T").date("Dt") }
    }
    #expect(throws: CamtFlaw.self) { try text("2026-03-31 10:00:00").dateOfInstant("DtTm") }
  }

  @Test("is a time in UTC where an offset is stated, in the bank's own time else")
  func timesAreMovedToUTC() {
    for (written, expected) in [
      ("2026-03-31T17:00:01", "2026-03-31 61201"), ("2026-03-31T17:00:01.999", "2026-03-31 61201"),
      ("2026-03-31T17:00:01Z", "2026-03-31 61201"),
      ("2026-03-31T01:00:00+02:00", "2026-03-30 82800"),
      ("2026-03-31T23:00:00.5-05:30", "2026-04-01 16200"), ("2026-12-31T24:00:00", "2027-01-01 0"),
      ("2026-03-31T23:59:60Z", "2026-03-31 86399"),
    ] {
      let time = text(written).time
      #expect(time.map { "\($0.date) \($0.second)" } == expected, "\(written)")
    }
    for written in [
      "", "2026-03-31", "2026-03-31T", "2026-03-31T25:00:00", "2026-03-31T10:60:00",
      "2026-03-31T10:00",
      "2026-03-31T10:00:61", "2026-03-31T10:00:00+2", "2026-03-31T10:00:00 Z",
      "2026-03-31t10:00:00",
    ] {
      #expect(text(written).time == nil, "\(written)")
    }
  }
}
