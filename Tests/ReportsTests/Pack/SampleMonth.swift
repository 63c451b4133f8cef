import Foundation
import LedgerDomain

@testable import Reports

/// A month that fills every section of a pack, and the directory it goes to.
final class SampleMonth {
  let root = NSTemporaryDirectory() + "tieout-pack-" + UUID().uuidString

  deinit {
    try? FileManager.default.removeItem(atPath: root)
  }

  /// Writes the page of a tenant.
  ///
  /// - Returns: its path.
  func writePage(_ record: MonthRecord = SampleMonth.record()) throws -> String {
    try write("index.html") { output in
      try MonthPage(
        record: record, digests: [.trialBalance: String(repeating: "a", count: 64)], hasIndex: true
      ).write(to: &output)
    }
  }

  /// Writes the index of several tenants.
  ///
  /// - Returns: its path.
  func writeIndex(_ records: [MonthRecord], faults: [String] = []) throws -> String {
    try write("index.html") { output in
      try PackIndex(
        month: records[0].month, tenants: records.map { PackIndex.Tenant($0) }, faults: faults
      ).write(to: &output)
    }
  }

  func write(
    _ name: String, _ body: (inout ReportOutput) throws -> Void
  ) throws -> String {
    try ReportSet.makeDirectories(root)
    var output = try ReportOutput(path: "\(root)/\(name)")
    try body(&output)
    _ = try output.finish()
    return "\(root)/\(name)"
  }

  static let dates = BusinessDate(dayNumber: 20_454)...BusinessDate(dayNumber: 20_484)

  /// January 2026: its first date is closed by close 1, its second by close 2, and so on.
  ///
  /// - Parameter text: the value of every field that can hold untrusted text.
  static func record(
    _ text: String? = nil, tenant: TenantID = SampleRecord.tenant, isProved: Bool = true,
    matters: [OpenMatter]? = nil, last: BusinessDate = dates.upperBound, accounts: Int = 0
  ) -> MonthRecord {
    let full = FullRecord.record(text: text)
    let dates = dates.lowerBound...last
    let rows = accounts == 0 ? balanced : (0..<accounts).map(row)
    return MonthRecord(
      tenant: tenant, name: text ?? "Harbor Lending", month: CalendarMonth(of: dates.lowerBound),
      dates: dates, isFirst: false, head: header(dates.upperBound.advanced(by: 3), 34),
      chart: full.chart, rollforward: rows, writers: rows.map { _ in CloseID(31) },
      proof: proof, days: dates.all.map { day($0, text) },
      closes: dates.all.map { header($0, Int64(dates.lowerBound.days(to: $0) + 1)) },
      restatements: restatements, bankAccounts: full.bankAccounts,
      settlements: [settlement(text)], matters: matters ?? openMatters(text),
      verification: PackVerification(
        closes: 34, balances: 12_400, dates: dates,
        differences: isProved ? [] : [text ?? "close 3 no longer matches its chain digest"],
        failures: [], notes: []))
  }

  static func header(_ date: BusinessDate, _ close: Int64) -> CloseHeader {
    CloseHeader(
      closeID: CloseID(close), tenant: SampleRecord.tenant, businessDate: date, status: .clean,
      recordsRead: 1_204, entriesAccepted: 1_203, recordsQuarantined: 1,
      startedAt: "2026-02-01T04:15:00Z", finishedAt: "2026-02-01T04:15:09Z",
      inputDigest: "1f", chainDigest: String(repeating: "c", count: 64))
  }

  private static let balanced = [
    row("1100 USD SETTLED", (80_000, 0), (849, 0), (8_000, 0)),
    row("2000 USD SETTLED", (0, 80_000), (0, 849), (0, 8_000)),
    row("2000 JPY PENDING", (0, 0), (0, 0), (5, 5)),
  ]

  private static func row(_ number: Int) -> RollforwardRow {
    row("\(1_000 + number) USD SETTLED", (5, 5), (0, 0), (1, 1))
  }

  private static func row(
    _ text: String, _ opening: (Int64, Int64), _ backdated: (Int64, Int64),
    _ movement: (Int64, Int64)
  ) -> RollforwardRow {
    let words = text.split(separator: " ")
    guard let account = AccountCode(words[0]), let currency = CurrencyCode(words[1]),
      let layer = EntryLayer(code: words[2])
    else { preconditionFailure("'\(text)' is no key") }
    func totals(_ sides: (Int64, Int64)) -> DebitCreditTotals {
      DebitCreditTotals(debitMinor: sides.0, creditMinor: sides.1)
    }
    return RollforwardRow(
      key: BalanceKey(account: account, currency: currency, layer: layer),
      opening: totals(opening), backdated: totals(backdated), movement: totals(movement),
      closing: totals(
        (opening.0 + backdated.0 + movement.0, opening.1 + backdated.1 + movement.1)))
  }

  private static let proof = [
    TieOut(.rollforward, scope: "keys", expected: 0, actual: 0, detail: "Every key adds up."),
    TieOut(.rollforward, scope: "USD SETTLED DR", expected: 1, actual: 1, detail: ""),
    TieOut(.rollforward, scope: "USD SETTLED CR", expected: 1, actual: 1, detail: ""),
    TieOut(.rollforward, scope: "JPY PENDING DR", expected: 1, actual: 1, detail: ""),
    TieOut(.rollforward, scope: "JPY PENDING CR", expected: 1, actual: 1, detail: ""),
  ]

  /// Every third date is not certified; the certification of the fifth was withdrawn.
  private static func day(_ date: BusinessDate, _ text: String?) -> MonthDay {
    let offset = dates.lowerBound.days(to: date)
    let standing = DateStanding.allCases[offset % DateStanding.allCases.count]
    let certification: CertificationStanding =
      offset == 4 ? .withdrawn : offset % 3 == 2 ? .missing : .valid
    let close = Int64(offset + 1)
    return MonthDay(
      header: header(date, close), cell: CalendarCell(standing, certification),
      tieOuts: standing == .breaks
        ? [
          TieOut(
            .doubleEntry, scope: text ?? "day USD SETTLED", expected: 1, actual: 2,
            detail: text ?? "Debits and credits.")
        ] : [],
      certification: certification == .missing
        ? nil
        : Certification(
          closeID: CloseID(close), chainDigest: "c", name: text ?? "Ada Lovelace",
          note: text ?? (offset == 0 ? "The bank fee is in transit." : ""),
          certifiedAt: "2026-02-02T09:00:00Z",
          withdrawnBy: certification == .withdrawn ? CloseID(33) : nil),
      banks: FullRecord.record(text: text).bankAccounts.map { MonthBank($0.version) })
  }

  private static let restatements = [
    MonthRestatement(
      header: header(dates.lowerBound.advanced(by: 9), 10),
      restatements: [
        Restatement(
          key: FullRecord.usd, asOfDate: dates.lowerBound.advanced(by: 7), before: .zero,
          after: DebitCreditTotals(debitMinor: 849, creditMinor: 0))
      ], end: dates.upperBound),
    MonthRestatement(
      header: header(dates.upperBound.advanced(by: 2), 33),
      restatements: [
        Restatement(
          key: FullRecord.usd, asOfDate: dates.upperBound, before: .zero,
          after: DebitCreditTotals(debitMinor: 123_456_789, creditMinor: 0))
      ], end: dates.upperBound),
  ]

  private static func settlement(_ text: String?) -> MonthSettlement {
    let bank = FullRecord.record(text: text).bankReconciliations[0]
    return MonthSettlement(
      account: bank.account,
      decision: SettlementDecision(
        number: 4, kind: .writeOff, date: dates.upperBound,
        items: bank.outstanding.prefix(1).map {
          SettlementDecision.Item(
            key: $0.item.key, amountMinor: $0.item.amountMinor, date: $0.item.date)
        }, name: text ?? "Ada Lovelace", note: text ?? "Bank fee",
        settledAt: "2026-02-02T10:00:00Z"))
  }

  /// One matter of each kind.
  private static func openMatters(_ text: String?) -> [OpenMatter] {
    let amounts = [
      MatterAmount(-12_345, FullRecord.usd.currency, .settled),
      MatterAmount(7, FullRecord.usd.currency, nil),
    ]
    return OpenMatter.Kind.allCases.map { kind in
      OpenMatter(
        kind, date: dates.lowerBound.advanced(by: kind.rawValue),
        check: kind == .brokenCheck ? .doubleEntry : nil, subject: text ?? "operating", count: 2,
        amounts: kind == .openQuarantine || kind == .unreconciledBank ? amounts : [])
    }
  }
}
