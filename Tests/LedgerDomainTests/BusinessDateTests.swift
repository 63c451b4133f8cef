import LedgerDomain
import TestSupport
import Testing

@Suite("Business dates")
struct BusinessDateTests {
  private static let firstDayNumber: Int32 = -719_162
  private static let lastDayNumber: Int32 = 2_932_896

  private func digits(_ value: Int, width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: width - text.count) + text
  }

  private func text(_ year: Int, _ month: Int, _ day: Int) -> String {
    "\(digits(year, width: 4))-\(digits(month, width: 2))-\(digits(day, width: 2))"
  }

  /// The calendar as a table, to be compared with the arithmetic.
  private func lastDay(_ year: Int, _ month: Int) -> Int {
    let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// Whether the date is that text and that day number, both ways.
  private func agrees(_ text: String, _ dayNumber: Int32) -> Bool {
    let date = BusinessDate(dayNumber: dayNumber)
    return date.description == text && BusinessDate(text) == date
  }

  @Test("every first and last of a month from 0001 to 9999 is what the calendar says")
  func monthsHaveTheirLastDays() {
    var dayNumber = Self.firstDayNumber
    var wrong: [String] = []
    for year in 1...9999 {
      for month in 1...12 {
        let last = lastDay(year, month)
        let end = dayNumber + Int32(last) - 1
        let isRight =
          agrees(text(year, month, 1), dayNumber) && agrees(text(year, month, last), end)
          && BusinessDate(dayNumber: end).advanced(by: 1).dayNumber == end + 1
          && BusinessDate(year: year, month: month, day: last + 1) == nil
        if !isRight { wrong.append(text(year, month, last)) }
        dayNumber = end + 1
      }
    }
    #expect(wrong.prefix(5).isEmpty)
    #expect(dayNumber - 1 == Self.lastDayNumber)
  }

  @Test("every day from 1999 to 2101 follows the one before and round trips")
  func everyDateRoundTrips() throws {
    var date = try #require(BusinessDate(year: 1999, month: 1, day: 1))
    var wrong: [String] = []
    for year in 1999...2101 {
      for month in 1...12 {
        for day in 1...lastDay(year, month) {
          let (foundYear, foundMonth, foundDay) = date.calendar
          let isRight =
            (foundYear, foundMonth, foundDay) == (year, month, day)
            && agrees(text(year, month, day), date.dayNumber)
          if !isRight { wrong.append(text(year, month, day)) }
          date = date.advanced(by: 1)
        }
      }
    }
    #expect(wrong.prefix(5).isEmpty)
    #expect(date.description == "2102-01-01")
  }

  @Test(
    "known dates have their day numbers",
    arguments: [
      ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2026-01-05", 20_458),
      ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
    ] as [(String, Int32)])
  func knownDatesHaveTheirDayNumbers(text: String, dayNumber: Int32) {
    #expect(BusinessDate(text)?.dayNumber == dayNumber)
    #expect(BusinessDate(dayNumber: dayNumber).description == text)
  }

  @Test(
    "a text that is not exactly a date is rejected",
    arguments: [
      "", "2026", "2026-1-05", "2026-01-5", "2026-01-00", "2026-01-32", "2026-00-10",
      "2026-13-01", "2026-02-29", "1900-02-29", "2100-02-29", "2026-04-31", "0000-01-01",
      "2026/01/05", "2026-01/05", "2026-01-05 ", " 2026-01-05", "20260-1-05", "2026-0105",
      "+026-01-05", "-026-01-05", "2026-01-0a", "2026-01-05T00:00:00Z", "２026-01-05",
      "2026-01-\u{0}5", "10000-01-01", "2026-01-٠٥",
    ])
  func invalidTextsAreRejected(text: String) {
    #expect(BusinessDate(text) == nil)
  }

  @Test("the order of dates is the order of their texts, and days(to:) undoes advanced(by:)")
  func datesSortAsTheirText() {
    let seed: UInt64 = 11
    var numbers = SeededNumbers(seed: seed)
    for _ in 0..<500 {
      let range = Self.firstDayNumber...Self.lastDayNumber
      let left = BusinessDate(dayNumber: .random(in: range, using: &numbers))
      let right = BusinessDate(dayNumber: .random(in: range, using: &numbers))
      #expect((left < right) == (left.description < right.description), "seed \(seed)")
      #expect(left.advanced(by: left.days(to: right)) == right, "seed \(seed)")
    }
  }
}
