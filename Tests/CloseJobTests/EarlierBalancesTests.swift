import CloseJob
import Foundation
import JobConfiguration
import LedgerDomain
import Testing

@Suite("Balances of earlier dates in the reports")
struct EarlierBalancesTests {
  /// The cells of a date's `changes.csv` by key: date, balance and change for each date of comparison.
  private func changes(
    _ ledger: LedgerTree, _ date: String, root: String = "reports"
  ) throws -> [String: [String]] {
    let path = "\(ledger.directory)/\(root)/\(LedgerTree.tenant)/\(date)/changes.csv"
    let rows = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\r\n")
      .dropFirst()
    return Dictionary(
      rows.map { row in
        let cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return ("\(cells[0]) \(cells[2]) \(cells[3])", Array(cells[4...13]) + [cells.last ?? ""])
      }, uniquingKeysWith: { $1 })
  }

  @Test("are what the store had at the close, for every key")
  func balancesAreTheStores() throws {
    let ledger = try FullBooks.ledger(hasReports: true)
    var compared = 0
    for date in ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08", "2026-01-09"] {
      let close = try ledger.books.rows(
        """
        SELECT max(close_id) FROM close_run
        WHERE tenant_id = '\(LedgerTree.tenant)' AND business_date = '\(date)'
        """)[0]
      for (key, cells) in try changes(ledger, date) {
        let words = key.split(separator: " ")
        func stored(_ date: String) throws -> Int {
          let rows = try ledger.books.rows(
            """
            SELECT dr_balance_minor - cr_balance_minor FROM balance_snapshot
            WHERE tenant_id = '\(LedgerTree.tenant)' AND account_code = '\(words[0])'
              AND currency = '\(words[1])' AND layer = '\(words[2])' AND as_of_date = '\(date)'
              AND close_id <= \(close) ORDER BY close_id DESC LIMIT 1
            """)
          if let balance = rows.first { return Int(balance) ?? 0 }
          // The day before the first close has the opening balances.
          let openings = try ledger.books.rows(
            """
            SELECT dr_balance_minor - cr_balance_minor FROM opening_balance
            WHERE tenant_id = '\(LedgerTree.tenant)' AND account_code = '\(words[0])'
              AND currency = '\(words[1])' AND layer = '\(words[2])' AND '\(date)' = '2026-01-04'
            """)
          return Int(openings.first ?? "0") ?? 0
        }
        let sign = ["1000", "1100"].contains(words[0]) ? 1 : -1
        #expect(try Int(cells[0]) == sign * stored(date), "\(key) \(date)")
        if !cells[1].isEmpty {
          #expect(try Int(cells[2]) == sign * stored(cells[1]), "\(key) before \(date)")
        }
        for index in [2, 5, 8] {
          #expect(Int(cells[index + 1]) == (Int(cells[0]) ?? 0) - (Int(cells[index]) ?? 0))
        }
        #expect(cells[4].isEmpty && cells[5] == "0" && cells[7].isEmpty && cells[8] == "0")
        compared += 1
      }
    }
    #expect(compared > 20)
  }

  @Test("are compared over month ends and years, and stay as they were known")
  func monthEndsAndYearsAreCompared() throws {
    let ledger = try LedgerTree()
    ledger.settings.reports = "\(ledger.directory)/reports"
    ledger.settings.missingDates = .empty
    ledger.settings.reviewThreshold = ReviewThreshold("6")
    try ledger.export("2025-01-05", "2025-01-05 | 1000 DR 500 | 3000 CR 500")
    try ledger.export("2025-12-31", "2025-12-31 | 1000 DR 700 | 3000 CR 700")
    try ledger.export("2026-01-05", "2026-01-05 | 1000 DR 30 | 3000 CR 30")
    try ledger.close(through: "2026-01-05")
    let expected = [
      "1230", "2026-01-04", "1200", "30", "2025-12-31", "1200", "30", "2025-01-05", "500", "730",
      "year_ago",
    ]
    #expect(try changes(ledger, "2026-01-05")["1000 USD SETTLED"] == expected)
    #expect(try changes(ledger, "2026-01-05")["3000 USD SETTLED"] == expected)
    // A later close restates the dates of comparison; this close's report does not change.
    try ledger.export("2026-01-06", "2025-01-05 | 1000 DR 9000 | 3000 CR 9000")
    try ledger.close(through: "2026-01-06")
    let written = try Data(
      contentsOf: URL(
        fileURLWithPath:
          "\(ledger.directory)/reports/\(LedgerTree.tenant)/2026-01-05/changes.csv"))
    var own = ledger.settings
    own.reports = "\(ledger.directory)/again"
    let date = try #require(BusinessDate("2026-01-05"))
    _ = try ReportRun(settings: own, dates: date...date).run {}
    #expect(try changes(ledger, "2026-01-05", root: "again")["1000 USD SETTLED"] == expected)
    #expect(
      try Data(
        contentsOf: URL(
          fileURLWithPath: "\(ledger.directory)/again/\(LedgerTree.tenant)/2026-01-05/changes.csv"))
        == written)
    #expect(try changes(ledger, "2026-01-06")["1000 USD SETTLED"]?[2] == "10230")
  }
}
