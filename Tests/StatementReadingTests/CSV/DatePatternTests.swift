import LedgerDomain
import StatementReading
import Testing

@Suite("A date pattern")
struct DatePatternTests {
  @Test(
    "reads dates that are written like it",
    arguments: [
      ("YYYY-MM-DD", "2026-03-05"), ("DD.MM.YYYY", "05.03.2026"), ("DD.MM.YY", "05.03.26"),
      ("MM/DD/YYYY", "03/05/2026"), ("M/D/YY", "3/5/26"), ("M/D/YYYY", "03/05/2026"),
      ("YYYYMMDD", "20260305"), ("DD-Mon-YYYY", "05-Mar-2026"), ("DD-Mon-YYYY", "05-MAR-2026"),
      ("D Mon YYYY", "5 march 2026"), ("Mon D, YYYY", "Mar 5, 2026"), ("DD Mon YY", "05 Mar. 26"),
      ("YYYY年M月D日", "2026年3月5日"), ("YYYY. MM. DD.", "2026. 03. 05."), ("DDMMYYYY", "05032026"),
      ("yyyy/mm/dd", "2026/03/05"), ("DDMonYYYY", "05Mar2026"), ("YYMMDD", "260305"),
    ])
  func datesAreRead(pattern: String, text: String) throws {
    let date = try #require(DatePattern(pattern)).date(text)
    #expect(date?.description == "2026-03-05")
  }

  @Test(
    "passes over a time after the date",
    arguments: [
      ("YYYY-MM-DD", "2026-03-05T10:15:30Z"), ("YYYY-MM-DD", "2026-03-05 10:15:30.123456+02:00"),
      ("YYYY-MM-DD", "2026-03-05-10.15.30.000000"), ("DD.MM.YYYY", "05.03.2026, 10:15"),
      ("MM/DD/YYYY", "03/05/2026 9:05 PM"), ("YYYYMMDD", "20260305101530"),
      ("YYYYMMDD", "20260305T101530"), ("DD/MM/YYYY HH:mm", "05/03/2026 10:15"),
      ("YYYY-MM-DDTHH:mm:ss", "2026-03-05T10:15:30"), ("DD/MM/YYYY", "05/03/2026 10h15"),
    ])
  func timesAreSkipped(pattern: String, text: String) throws {
    let date = try #require(DatePattern(pattern)).date(text)
    #expect(date?.description == "2026-03-05")
  }

  @Test("takes years of two digits for 1970 to 2069")
  func shortYearsHaveTheirCentury() throws {
    let pattern = try #require(DatePattern("DD.MM.YY"))
    for (text, year) in [
      ("01.01.00", 2000), ("01.01.69", 2069), ("01.01.70", 1970), ("01.01.99", 1999),
    ] {
      #expect(pattern.date(text)?.calendar.year == year)
    }
  }

  @Test(
    "reads nothing else",
    arguments: [
      ("YYYY-MM-DD", "2026-3-5"), ("YYYY-MM-DD", "26-03-05"), ("YYYY-MM-DD", "2026-02-29"),
      ("YYYY-MM-DD", "2026-03-05x"), ("YYYY-MM-DD", "2026-03-055"), ("YYYY-MM-DD", "x2026-03-05"),
      ("YYYY-MM-DD", "2026-03"), ("YYYY-MM-DD", ""), ("YYYY-MM-DD", "0026-03-05"),
      ("DD.MM.YY", "05.03.2026"), ("DD.MM.YYYY", "05.03.26"), ("DD.MM.YYYY", "05.13.2026"),
      ("DD-Mon-YYYY", "05-Mrz-2026"), ("DD-Mon-YYYY", "05-Marc-2026"), ("M/D/YY", "003/5/26"),
      ("YYYYMMDD", "202603051"), ("DD.MM.YYYY", "05.03.2026 and more"),
      ("DD.MM.YYYY", "05.03.2026 7"),
    ])
  func otherTextsAreNoDates(pattern: String, text: String) throws {
    #expect(try #require(DatePattern(pattern)).date(text) == nil)
  }

  @Test(
    "has one year, month and day, and shows where each ends",
    arguments: [
      "", "YYYY", "MM/DD", "DD.MM.YYYY.YY", "YYY-MM-DD", "YYYYY-MM-DD", "MDYY", "D.M.YYYYx", "QQ",
      "DD.MM.2026", "YYYY-MM-DDDD", "MM-MM-YYYY",
    ])
  func otherPatternsAreRefused(text: String) {
    #expect(DatePattern(text) == nil)
  }

  @Test("is written as it was given")
  func patternIsDescribed() {
    #expect(DatePattern("DD-Mon-YYYY")?.description == "DD-Mon-YYYY")
    #expect(DatePattern("YYYY-MM-DD") == .yearMonthDay)
  }
}
