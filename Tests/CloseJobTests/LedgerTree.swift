import CloseJob
import Foundation
import JobConfiguration
import LedgerDomain

/// A small ledger in its own temporary directory: exports, a chart, a store.
///
///     let ledger = try LedgerTree()
///     try ledger.export("2026-01-05", "2026-01-05 | 1000 DR 500 | 3000 CR 500")
///     let result = try ledger.close(through: "2026-01-05")
final class LedgerTree {
  static let tenant = "0f000000-0000-4000-8000-00000000000a"
  static let otherTenant = "0f000000-0000-4000-8000-00000000000b"
  static let chart = """
    account_code,account_name,normal_side
    1000,Cash,DR
    1100,Principal receivable,DR
    2000,Borrower liabilities,CR
    3000,Paid-in capital,CR
    4000,Interest income,CR

    """

  let directory: String
  /// The settings of the next close, except for its last date.
  var settings = JobSettings()
  /// Seconds since 1970: 2026-02-01 06:00 UTC.
  var now: Int64 = 1_769_925_600
  private var journal = JournalText()

  init() throws {
    directory = NSTemporaryDirectory() + "tieout-close-" + UUID().uuidString
    settings.exports = "\(directory)/exports"
    settings.chart = "\(directory)/chart.csv"
    settings.store = "\(directory)/books.sqlite"
    try write("chart.csv", Self.chart)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: directory)
  }

  /// Writes a part of a date, from the notation of `JournalText`.
  func export(
    _ date: String, part: String = "part-00000.ndjson", tenant: String = LedgerTree.tenant,
    _ text: String
  ) throws {
    let records = try journal.records(text, of: date)
    try write("exports/tenant_id=\(tenant)/date=\(date)/\(part)", records)
  }

  /// Writes a date without entries.
  func exportEmptyDate(_ date: String, tenant: String = LedgerTree.tenant) throws {
    try export(date, tenant: tenant, "")
  }

  /// Writes opening balances: rows of the file without its header.
  func open(with rows: String) throws {
    try write(
      "opening.csv", "account_code,currency,layer,dr_balance_minor,cr_balance_minor\n\(rows)\n")
    settings.opening = "\(directory)/opening.csv"
  }

  func write(_ path: String, _ text: String) throws {
    let url = URL(fileURLWithPath: "\(directory)/\(path)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func remove(_ path: String) throws {
    try FileManager.default.removeItem(atPath: "\(directory)/\(path)")
  }

  /// Closes every date up to that one.
  @discardableResult
  func close(through date: String) throws -> RunResult {
    settings.date = BusinessDate(date)
    return try run()
  }

  /// Closes with the settings as they are.
  @discardableResult
  func run(_ request: CloseRequest = CloseRequest()) throws -> RunResult {
    let now = now
    var request = request
    // A program that another test starts holds what is open here until it runs.
    request.waiting = request.waiting ?? {}
    return try CloseRun(settings: settings, clock: RunClock { now }, request: request).run()
  }

  var books: Books { Books(path: settings.store ?? "", ledger: self) }
}

extension RunResult {
  /// What stopped the only tenant.
  var failure: String { tenants.compactMap { $0.failure?.message }.joined(separator: "\n") }
  /// The date that stopped the only tenant.
  var failureDate: String { tenants.compactMap { $0.failure?.date?.description }.joined() }
  /// The notes on the only tenant.
  var notes: String { tenants.flatMap(\.notes).joined(separator: "\n") }
  /// How many dates were closed.
  var closedCount: Int { tenants.reduce(0) { $0 + $1.dates.count } }
}
