import LedgerDomain
import Testing

@Suite("The banking calendar")
struct BankingCalendarTests {
  private func date(_ text: String) throws -> BusinessDate { try #require(BusinessDate(text)) }

  @Test("knows the day of the week of any date")
  func weekdaysAreThoseOfTheCalendar() throws {
    #expect(BankingCalendar.Weekday(try date("2026-11-29")) == .sunday)
    #expect(BankingCalendar.Weekday(try date("1970-01-01")) == .thursday)
    #expect(BankingCalendar.Weekday(try date("1969-12-29")) == .monday)
    #expect(BankingCalendar.Weekday(try date("0001-01-01")) == .monday)
    #expect(BankingCalendar.Weekday(try date("9999-12-31")) == .friday)
  }

  @Test("has no banking day on weekends and holidays")
  func weekendsAndHolidaysAreNoBankingDays() throws {
    let calendar = BankingCalendar(holidays: [try date("2026-12-25"), try date("2026-01-01")])
    for (text, isBankingDay) in [
      ("2026-12-24", true), ("2026-12-25", false), ("2026-12-26", false), ("2026-12-28", true),
      ("2026-01-01", false), ("2026-01-02", true),
    ] {
      #expect(calendar.isBankingDay(try date(text)) == isBankingDay, "\(text)")
    }
    let gulf = BankingCalendar(weekend: [.friday, .saturday])
    #expect(gulf.isBankingDay(try date("2026-11-29")))
    #expect(!gulf.isBankingDay(try date("2026-11-27")))
  }

  @Test("names the first banking day that is overdue, once enough have followed it")
  func firstOverdueIsNamed() throws {
    let monday = try date("2026-11-30")
    let calendar = BankingCalendar(holidays: [monday])
    let overdue = { (day: Int, days: Int) in
      calendar.firstOverdue(
        from: monday.advanced(by: -2), asOf: monday.advanced(by: day), overdueDays: days)
    }
    // From Saturday on, Tuesday is the first day on which banks book; Friday the third after it.
    #expect(overdue(4, 3) == nil)
    #expect(overdue(5, 3) == nil && overdue(6, 3) == nil)
    #expect(overdue(7, 3) == monday.advanced(by: 1))
    #expect(overdue(0, 0) == nil && overdue(1, 0) == nil && overdue(-9, 0) == nil)
    #expect(overdue(2, 0) == monday.advanced(by: 1))
    let never = BankingCalendar(weekend: Set(BankingCalendar.Weekday.allCases))
    #expect(never.firstOverdue(from: monday, asOf: monday.advanced(by: 99), overdueDays: 0) == nil)
  }

  @Test("counts the banking days after a date, as one by one")
  func bankingDaysAreCounted() throws {
    let first = try date("2026-12-18")
    let holidays = [25, 26, 27].map { first.advanced(by: $0 - 18) } + [first.advanced(by: 14)]
    let calendars = [
      BankingCalendar(holidays: holidays), BankingCalendar(weekend: [], holidays: holidays),
      BankingCalendar(weekend: Set(BankingCalendar.Weekday.allCases)),
      BankingCalendar(weekend: [.friday], holidays: holidays + holidays),
    ]
    for calendar in calendars {
      for start in 0..<9 {
        for length in -3..<30 {
          let from = first.advanced(by: start)
          let counted = (0..<max(0, length)).count {
            calendar.isBankingDay(from.advanced(by: $0 + 1))
          }
          #expect(calendar.bankingDays(from: from, to: from.advanced(by: length)) == counted)
        }
      }
    }
  }
}
