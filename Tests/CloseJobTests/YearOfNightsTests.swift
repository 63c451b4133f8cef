import CloseJob
import Foundation
import JobConfiguration
import LedgerDomain
import Testing

/// A ledger closed night after night, with late parts, repeated entries and changes of the chart.
///
/// `TIEOUT_NIGHTS` is the number of dates, `TIEOUT_NIGHT_ENTRIES` that of entries a date (2,000 if
/// only the dates are given), `TIEOUT_SEED` the seed. In a year, 40 parts come late, 200 entries are
/// repeated over 1 to 40 dates, and the chart changes 20 times.
@Suite("A year of nights")
struct YearOfNightsTests {
  private static func number(_ variable: String) -> Int? {
    ProcessInfo.processInfo.environment[variable].flatMap { Int($0) }
  }

  @Test("finds what was planted on the first night after it, once, and nothing else")
  func everyPlantIsFoundOnce() throws {
    let nights = Self.number("TIEOUT_NIGHTS")
    let dates = max(nights ?? 40, 40)
    let entries = Self.number("TIEOUT_NIGHT_ENTRIES") ?? (nights == nil ? 50 : 2_000)
    let run = try NightRun(
      YearOfNights(
        dates: dates, entriesPerDate: entries, lateParts: max(6, dates * 40 / 365),
        replays: max(40, dates * 200 / 365), chartChanges: max(6, dates * 20 / 365),
        seed: UInt64(Self.number("TIEOUT_SEED") ?? 1)))
    let began = ContinuousClock.now
    for date in 0..<dates { try run.night(date) }
    try run.checkYear()
    if nights != nil {
      let time = ContinuousClock.now - began
      print("\(dates) nights of \(entries) entries: \(run.figures) in \(time)")
    }
  }
}

/// The nights of a plan, each compared with it.
private final class NightRun {
  private let ledger: LedgerTree
  private var plan: YearOfNights
  /// Late parts that came and whose date was not closed again.
  private var open: [YearOfNights.LatePart] = []
  private var planted: [Int: [String]] = [:]
  private var (closedAgain, lateRows, chartFindings) = (0, 0, 0)

  init(_ plan: YearOfNights) throws {
    self.plan = plan
    ledger = try LedgerTree()
    ledger.settings.duplicateWindow = 40
    try ledger.write("chart.csv", plan.chartText)
  }

  /// What comes before a date's close, the close, and what it must say.
  func night(_ date: Int) throws {
    for part in plan.lateParts where part.night == date - 1 && part.isClosedAgain {
      try closeAgain(part, through: date - 1)
    }
    let (text, records) = plan.export(of: date)
    planted[date] = records
    try ledger.write(Self.path(date, "part-00000.ndjson"), text)
    for part in plan.lateParts where part.night == date {
      try ledger.write(Self.path(part.date, part.file), plan.export(part))
      open.append(part)
    }
    let change = plan.changeChart(before: date)
    if change != nil { try ledger.write("chart.csv", plan.chartText) }
    ledger.now = Int64(YearOfNights.firstDate.advanced(by: date + 1).dayNumber) * 86_400 + 21_600
    let result = try ledger.close(through: YearOfNights.date(date))
    #expect(result.failure == "" && result.closedCount == 1)
    let close = try #require(result.tenants[0].dates.first).header.closeID
    #expect(try recordFindings(close) == records, "\(YearOfNights.date(date))")
    let chart = try accountFindings(close)
    #expect(chart == (change.map { [$0] } ?? []), "\(YearOfNights.date(date))")
    chartFindings += chart.count
    try checkLateInput(close, closedThrough: date - 1)
  }

  /// Closes the date of a late part again, and compares what the new close says.
  private func closeAgain(_ part: YearOfNights.LatePart, through last: Int) throws {
    var request = CloseRequest()
    request.from = BusinessDate(YearOfNights.date(part.date))
    request.recloses = true
    ledger.settings.date = request.from
    let result = try ledger.run(request)
    #expect(result.failure == "" && result.closedCount == 1)
    open.removeAll { $0.file == part.file }
    plan.count(part)
    closedAgain += 1
    let header = try #require(result.tenants[0].dates.first).header
    // The records are those of the close that it replaces, and some more.
    #expect(try recordFindings(header.closeID) == planted[part.date])
    let before = try accountFindings(#require(header.replaces))
    #expect(Set(try accountFindings(header.closeID)).isSubset(of: before))
    try checkLateInput(header.closeID, closedThrough: last)
  }

  /// Each late part among the 35 dates before is a row that names date and part; nothing else is.
  private func checkLateInput(_ close: CloseID, closedThrough last: Int) throws {
    let rows = try ledger.books.rows(
      """
      SELECT scope, detail FROM tie_out
      WHERE check_name = 'late_input' AND status = 'fail' AND close_id = \(close.number)
      ORDER BY scope
      """)
    let late = open.filter { $0.date > last - 35 }.sorted { $0.date < $1.date }
    #expect(rows.count == late.count, "close \(close)")
    for (row, part) in zip(rows, late) {
      #expect(row.hasPrefix("\(YearOfNights.date(part.date)) "))
      #expect(row.contains("\(part.file) is new"))
    }
    lateRows += rows.count
  }

  /// At the end: every balance, what all closes said, and what verify says of them.
  func checkYear() throws {
    for date in stride(from: plan.dates - 1, through: 0, by: -30) {
      #expect(
        try ledger.books.balances(YearOfNights.date(date)) == plan.balances(of: date),
        "\(YearOfNights.date(date))")
    }
    let first = "close_id IN (SELECT close_id FROM close_run WHERE replaces_close_id IS NULL)"
    #expect(
      try ledger.books.rows(
        "SELECT count(*), count(DISTINCT journal_entry_id) FROM finding "
          + "WHERE journal_entry_id IS NOT NULL AND severity = 'error' AND \(first)")
        == ["\(replayCount) \(replayCount)"])
    #expect(chartFindings == plan.chartChanges.count)
    #expect(try ledger.verify(storeOnly: true).exitCode == 0)
    for part in open { try ledger.remove(Self.path(part.date, part.file)) }
    let verified = try ledger.verify()
    #expect(verified.exitCode == 0, "\(VerifySummary.text(verified))")
  }

  var figures: String {
    "\(plan.lateParts.count) late parts (\(closedAgain) dates closed again, \(lateRows) rows), "
      + "\(replayCount) repeated entries and \(chartFindings) chart changes"
  }

  private var replayCount: Int { plan.replays.values.reduce(0) { $0 + $1.count } }

  /// Findings about records, but for those of effective dates: code, record, entry.
  private func recordFindings(_ close: CloseID) throws -> [String] {
    try ledger.books.rows(
      """
      SELECT code, record, journal_entry_id FROM finding WHERE close_id = \(close.number)
        AND record IS NOT NULL AND code <> 'backdated'
      """
    ).sorted()
  }

  /// Findings about accounts, but for abnormal balances: code, account, field.
  private func accountFindings(_ close: CloseID) throws -> [String] {
    try ledger.books.rows(
      """
      SELECT code, account_code, field FROM finding WHERE close_id = \(close.number)
        AND record IS NULL AND code <> 'abnormal_balance'
      """
    ).sorted()
  }

  private static func path(_ date: Int, _ part: String) -> String {
    "exports/tenant_id=\(LedgerTree.tenant)/date=\(YearOfNights.date(date))/\(part)"
  }
}
