import DoubleEntryRules
import LedgerDomain
import TestSupport
import Testing

@Suite("Entries were posted on the business date")
struct PostedDateRuleTests {
  private static let date = BusinessDate(dayNumber: 20_458)
  private static let midnight: Int64 = 20_458 * 86_400

  private func rule(seconds: Range<Int64>) -> PostedDateRule {
    PostedDateRule(date: Self.date, seconds: seconds)
  }

  private func entry(posted second: Int64, nanosecond: UInt32 = 0) -> SampleEntry {
    var entry = SampleEntry("1 DR 1100 USD SETTLED 5")
    entry.posted = PostedInstant(second: second, nanosecond: nanosecond)
    return entry
  }

  @Test("from the first second of the date to the last fraction of it")
  func within() {
    let rule = rule(seconds: Self.midnight..<Self.midnight + 86_400)
    #expect(rule.findings(of: entry(posted: Self.midnight)).isEmpty)
    let last = entry(posted: Self.midnight + 86_399, nanosecond: 999_999_999)
    #expect(rule.findings(of: last).isEmpty)
  }

  @Test("what was posted before or after is reported as that")
  func outside() throws {
    let rule = rule(seconds: Self.midnight..<Self.midnight + 86_400)
    let early = entry(posted: Self.midnight - 1, nanosecond: 999_999_999)
    let before = try #require(rule.findings(of: early).first)
    let after = try #require(rule.findings(of: entry(posted: Self.midnight + 86_400)).first)
    #expect(before.code == .postedOutsideDate)
    #expect(before.field == "posted_at")
    #expect(before.entry == early.id)
    #expect(before.message.contains("before 2026-01-05"))
    #expect(after.message.contains("after 2026-01-05"))
  }

  @Test("a date of 23 or 25 hours is as long as the ledger's time zone has it")
  func shortAndLongDates() {
    for hours in [23, 25] as [Int64] {
      let end = Self.midnight + hours * 3_600
      let rule = rule(seconds: Self.midnight..<end)
      #expect(rule.findings(of: entry(posted: end - 1)).isEmpty)
      #expect(rule.findings(of: entry(posted: end)).count == 1)
    }
  }

  @Test("holds exactly if there is no finding")
  func agreement() {
    let rule = rule(seconds: Self.midnight..<Self.midnight + 86_400)
    let seed: UInt64 = 104
    var numbers = SeededNumbers(seed: seed)
    for number in 0..<500 {
      let entry = SampleEntry.random(&numbers)
      if !rule.agreesWithItself(on: entry) { Issue.record("seed \(seed), entry \(number)") }
    }
  }
}
