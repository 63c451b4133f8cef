import LedgerDomain
import Testing

@Suite("The threshold for review, and the dates of comparison")
struct ReviewThresholdTests {
  @Test("is an amount, a percentage, or both")
  func thresholdIsRead() {
    #expect(ReviewThreshold("10000")?.amountTenThousandths == 100_000_000)
    #expect(ReviewThreshold("0.05, 7.5%")?.percentHundredths == 750)
    #expect(ReviewThreshold("5%")?.amountTenThousandths == nil)
    #expect(ReviewThreshold("10000.5,5%")?.description == "10000.5, 5%")
    for text in [
      "", "%", ",", "5%,10", "10,10", "5%,5%", "-1", "1.", ".5", "1e3", "1.23456", "5.123%", "ten",
      "10000000000000000", "1, ", "１",
    ] {
      #expect(ReviewThreshold(text) == nil, "\(text)")
    }
  }

  @Test("is reached by amount and percentage together, in the units of each currency")
  func thresholdIsReached() throws {
    let both = try #require(ReviewThreshold("100.00, 5%"))
    let usd = try #require(CurrencyCode("USD"))
    let (jpy, bhd) = (try #require(CurrencyCode("JPY")), try #require(CurrencyCode("BHD")))
    #expect(both.isReached(by: 10_000, from: 200_000, of: usd))
    #expect(!both.isReached(by: 9_999, from: 100, of: usd))
    #expect(!both.isReached(by: -10_000, from: -200_001, of: usd))
    #expect(both.isReached(by: -10_000, from: -200_000, of: usd))
    #expect(both.isReached(by: 100, from: 0, of: jpy) && !both.isReached(by: 99, from: 0, of: jpy))
    #expect(both.isReached(by: 100_000, from: 1, of: bhd))
    let any = try #require(ReviewThreshold("0"))
    #expect(!any.isReached(by: 0, from: 0, of: usd) && any.isReached(by: 1, from: .max, of: usd))
    #expect(both.isReached(by: -Int128(Int64.max) * 2, from: .max, of: usd))
  }

  @Test("compares with the day before, the month end before and the same date a year ago")
  func basesHaveDates() throws {
    func dates(_ text: String) throws -> [String] {
      let date = try #require(BusinessDate(text))
      return ChangeBasis.allCases.map { $0.date(before: date).description }
    }
    #expect(try dates("2026-01-31") == ["2026-01-30", "2025-12-31", "2025-01-31"])
    #expect(try dates("2026-03-01") == ["2026-02-28", "2026-02-28", "2025-03-01"])
    #expect(try dates("2024-02-29") == ["2024-02-28", "2024-01-31", "2023-02-28"])
  }
}
