import Foundation
import LedgerDomain
import Reports

/// Small closes to be reported, and the directory their reports go to.
final class SampleRecord {
  let root = NSTemporaryDirectory() + "tieout-reports-" + UUID().uuidString

  deinit {
    try? FileManager.default.removeItem(atPath: root)
  }

  /// Writes the report set of a close.
  ///
  /// - Returns: the set's directory.
  @discardableResult
  func write(_ record: CloseRecord = SampleRecord.record()) throws -> String {
    try ReportSet.write(
      [record], ReportOptions(reviewThreshold: record.reviewThreshold), below: root)
    return ReportSet.directory(
      below: root, tenant: record.header.tenant, date: record.header.businessDate)
  }

  /// Writes the report set of a close.
  ///
  /// - Returns: the content of each file by its name.
  func report(_ record: CloseRecord = SampleRecord.record()) throws -> [String: Data] {
    let set = try write(record)
    let names = try FileManager.default.contentsOfDirectory(atPath: set)
    return try Dictionary(
      uniqueKeysWithValues: names.map { name in
        (name, try Data(contentsOf: URL(fileURLWithPath: "\(set)/\(name)")))
      })
  }

  func text(_ name: String, _ record: CloseRecord = SampleRecord.record()) throws -> String {
    String(decoding: try report(record)[name] ?? Data(), as: UTF8.self)
  }

  static let tenant = TenantID(LedgerUUID(high: 0xA, low: 1))
  static let date = BusinessDate(dayNumber: 20_458)

  static func header(closeID: Int64 = 7) -> CloseHeader {
    CloseHeader(
      closeID: CloseID(closeID), tenant: tenant, businessDate: date, status: .withBreaks,
      recordsRead: 12, entriesAccepted: 10, recordsQuarantined: 2,
      startedAt: "2026-01-06T01:00:00Z", finishedAt: "2026-01-06T01:00:09Z", inputDigest: "1f",
      chainDigest: "c\(closeID)")
  }

  static func record(closeID: Int64 = 7) -> CloseRecord {
    CloseRecord(
      header: header(closeID: closeID), chart: chart, rollforward: rollforward,
      restatements: [
        Restatement(
          key: key("1100 USD SETTLED"), asOfDate: date.advanced(by: -1), before: .zero,
          after: of(849, 0))
      ], tieOuts: tieOuts, findings: findings,
      findingCounts: [
        FindingCount(code: .unbalanced, count: 5, kept: 1),
        FindingCount(code: .backdated, count: 1, kept: 1),
      ], parts: [InputPart(file: "part-00000.ndjson.gz", bytes: 120, sha256: "ab12", records: 12)])
  }

  private static let chart = ChartOfAccounts([
    Account(code: AccountCode(number: 1100), name: "Loans, \"secured\"", normalSide: .debit),
    Account(code: AccountCode(number: 2000), name: "=HYPERLINK(1)", normalSide: .credit),
  ])

  private static let rollforward = [
    RollforwardRow(
      key: key("1100 USD SETTLED"), opening: of(80_000, 0), backdated: of(849, 0),
      movement: of(8_000, 0), closing: of(88_849, 0)),
    RollforwardRow(
      key: key("2000 JPY SETTLED"), opening: .zero, backdated: .zero, movement: of(5, 3),
      closing: of(5, 3)),
    RollforwardRow(
      key: key("9000 BHD PENDING"), opening: of(0, 7), backdated: .zero, movement: .zero,
      closing: of(0, 7)),
  ]

  private static let tieOuts = [
    TieOut.inconclusive(.completeness, detail: "No manifest."),
    TieOut(.doubleEntry, scope: "day USD SETTLED", expected: 100, actual: 130, detail: "a/b \"c\""),
    TieOut(.rollforward, scope: "keys", expected: 0, actual: 0, detail: "Keys."),
  ]

  private static var findings: [Finding] {
    var unbalanced = Finding(.unbalanced, message: "Debits are 100, credits 130.")
    unbalanced.file = "part-00000.ndjson.gz"
    unbalanced.record = 3
    unbalanced.byteOffset = 120
    unbalanced.entry = JournalEntryID(LedgerUUID(high: 0xE, low: 5))
    unbalanced.field = "lines[0].amount_minor"
    unbalanced.account = AccountCode("1100")
    unbalanced.currency = CurrencyCode("USD")
    unbalanced.layer = .settled
    unbalanced.debitMinor = 100
    unbalanced.creditMinor = 130
    return [unbalanced, Finding(.backdated, message: "-1 day\nafter")]
  }

  private static func of(_ debitMinor: Int64, _ creditMinor: Int64) -> DebitCreditTotals {
    DebitCreditTotals(debitMinor: debitMinor, creditMinor: creditMinor)
  }

  private static func key(_ text: String) -> BalanceKey {
    let words = text.split(separator: " ")
    guard words.count == 3, let account = AccountCode(words[0]),
      let currency = CurrencyCode(words[1]), let layer = EntryLayer(code: words[2])
    else { preconditionFailure("'\(text)' is no key") }
    return BalanceKey(account: account, currency: currency, layer: layer)
  }
}

/// Lines as a report in CSV ends them.
func csv(_ lines: String...) -> String { lines.map { $0 + "\r\n" }.joined() }
