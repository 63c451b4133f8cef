import Foundation
import LedgerDomain
import Testing

@testable import Reports

@Suite("changes.csv")
struct ChangesCSVTests {
  private static let header =
    "account_code,account_name,currency,layer,balance_minor,"
    + "previous_close_date,previous_close_balance_minor,previous_close_change_minor,"
    + "month_end_date,month_end_balance_minor,month_end_change_minor,"
    + "year_ago_date,year_ago_balance_minor,year_ago_change_minor,balance,"
    + "previous_close_balance,previous_close_change,previous_close_change_percent,"
    + "month_end_balance,month_end_change,month_end_change_percent,"
    + "year_ago_balance,year_ago_change,year_ago_change_percent,review"

  @Test(
    "compares each balance with three dates, what moved most first, and marks what is to be reviewed"
  )
  func changesAreCompared() throws {
    #expect(
      try SampleRecord().text("changes.csv", FullRecord.record())
        == csv(
          Self.header,
          "1100,Principal receivable,USD,SETTLED,88849,2026-01-04,80849,8000,2025-12-31,90000,-1151,,0,"
            + "88849,888.49,808.49,80.00,9.9,900.00,-11.51,-1.3,0.00,888.49,,previous_close",
          "2000,Customer deposits,JPY,SETTLED,-2,2026-01-04,0,-2,2025-12-31,-8,6,,0,-2,-2,0,-2,,-8,6,75.0,"
            + "0,-2,,",
          "9000,,BHD,PENDING,-7,2026-01-04,-7,0,2025-12-31,-7,0,,0,-7,-0.007,-0.007,0.000,0.0,-0.007,"
            + "0.000,0.0,0.000,-0.007,,"))
  }

  @Test("has only its header for a record that compares nothing")
  func nothingIsCompared() throws {
    #expect(try SampleRecord().text("changes.csv") == csv(Self.header))
  }

  @Test("holds changes of more than 64 bits")
  func wideChangesAreExact() throws {
    var record = FullRecord.record()
    record.earlierBalances = FullRecord.earlierBalances.map { earlier in
      EarlierBalances(
        basis: earlier.basis, date: earlier.date,
        totals: [DebitCreditTotals(debitMinor: 0, creditMinor: .max), .zero, .zero])
    }
    let text = try SampleRecord().text("changes.csv", record)
    #expect(text.contains(",-9223372036854775807,9223372036854864656,"))
    #expect(text.contains(",92233720368548646.56,100.0,"))
  }

  @Test("is on the page: what moved, by how much, and what must be looked at")
  func pageHasChanges() throws {
    let page = try SampleRecord().text("reconciliation.html", FullRecord.record())
    for part in [
      "2 of 3 balances moved. To be looked at, from 50, 9% on: 1. changes.csv has all.",
      "<span class=\"review\">review</span>",
      "<data value=\"8000\">+80.00</data></td><td class=\"n\">+9.9 %<",
      "<data value=\"-1151\">−11.51</data></td><td class=\"n\">−1.3 %<",
      "A year ago<br>zero: no 2025-01-05<",
    ] {
      #expect(page.contains(part), "\(part)")
    }
    var record = FullRecord.record()
    record.reviewThreshold = nil
    let unmarked = try SampleRecord().text("reconciliation.html", record)
    #expect(unmarked.contains("Set review_threshold to mark what"))
    #expect(!unmarked.contains("<span class=\"review\">review"))
  }
}
