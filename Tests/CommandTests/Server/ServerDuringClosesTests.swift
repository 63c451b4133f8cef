import Foundation
import TestSupport
import Testing

@Suite("Server during closes")
struct ServerDuringClosesTests {
  @Test("responses are from complete closes only, and tags change only with closes")
  func responsesAreFromCompleteCloses() async throws {
    let dates = CampaignSize.number("TIEOUT_CLOSES", otherwise: 30)
    let place = try TestDirectory()
    var day = try #require(DayText("2026-01-01"))
    // Each date, in its own close, moves an amount equal to its number from capital to cash.
    for number in 1...dates {
      try place.export(day.text, [TestDirectory.entry(number, on: day.text, "\(number)")])
      day.advance()
    }
    #expect(try place.close(through: "2026-01-01").exitCode == 0)
    let server = try ServerProcess(place)
    let token = server.forge.good(tenant: TestDirectory.tenant)
    let closing = try TieoutProcess(
      [
        "close", "--exports", "exports", "--chart", "chart.csv", "--store", "books.sqlite",
        "--date", day.previous, "--findings-limit", "10",
      ], in: place)
    var (lookups, tags): (Int, [String: String]) = (0, [:])
    var isLast = false
    while !isLast {
      isLast = !closing.isRunning
      let cash = try server.ask("/accounts/1000/balance?currency=USD", token: token)
      #expect(cash.status == 200)
      let date = try #require(cash.member("as_of_date"))
      let number =
        try #require(DayText(date)).number - (try #require(DayText("2026-01-01"))).number + 1
      #expect(cash.member("dr_balance_minor") == "\(number * (number + 1) / 2)")
      let tag = try #require(cash.fields["etag"])
      #expect(tags.updateValue(date, forKey: tag) ?? date == date, "one tag, one state")
      lookups += 1
    }
    #expect(try closing.wait().exitCode == 0)
    #expect(lookups > 2)
    #expect(Set(tags.values).count == tags.count, "one state, one tag")
  }
}

/// A calendar date as text, which can be advanced.
private struct DayText {
  private(set) var number: Int

  init?(_ text: String) {
    guard let date = Self.format.date(from: text) else { return nil }
    number = Int(date.timeIntervalSince1970) / 86_400
  }

  var text: String {
    Self.format.string(from: Date(timeIntervalSince1970: Double(number) * 86_400))
  }
  var previous: String {
    Self.format.string(from: Date(timeIntervalSince1970: Double(number - 1) * 86_400))
  }

  mutating func advance() { number += 1 }

  private static var format: DateFormatter {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(secondsFromGMT: 0)
    format.dateFormat = "yyyy-MM-dd"
    return format
  }
}
