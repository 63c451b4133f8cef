import LedgerDomain
import Testing

@Suite("A month of the calendar")
struct CalendarMonthTests {
  @Test(
    "has its first and last date",
    arguments: [
      ("2026-01", "2026-01-31"), ("2026-02", "2026-02-28"), ("2024-02", "2024-02-29"),
      ("2100-02", "2100-02-28"), ("2026-04", "2026-04-30"), ("9999-12", "9999-12-31"),
    ])
  func datesOfMonth(text: String, last: String) throws {
    let month = try #require(CalendarMonth(text))
    #expect(month.description == text)
    #expect(month.dates.lowerBound.description == "\(text)-01")
    #expect(month.dates.upperBound.description == last)
    #expect(month.dates.all.count == month.dates.upperBound.calendar.day)
    #expect(try CalendarMonth(of: #require(BusinessDate(last))) == month)
  }

  @Test(
    "is not another text",
    arguments: [
      "", "2026", "2026-1", "2026-00", "2026-13", "2026-01-01", "26-01", "2026-01 ", "2026/01",
      "0000-01", "２０２６-01",
    ])
  func otherTextIsNone(text: String) { #expect(CalendarMonth(text) == nil) }
}
