import JobConfiguration
import LedgerDomain
import Testing

@testable import CloseJob
@testable import Operations

/// Results of runs, to be shown.
struct SampleRun {
  var result: RunResult

  init(names: [String] = []) throws {
    var tenantNames = TenantNames()
    for (index, name) in names.enumerated() { try tenantNames.add(name, for: Self.tenant(index)) }
    result = RunResult(reports: "reports", tenantNames: tenantNames)
    result.seconds = 1.25
  }

  static func tenant(_ index: Int) throws -> TenantID {
    let digits = String(index, radix: 16)
    let padded = String(repeating: "0", count: 8 - digits.count) + digits
    return try #require(TenantID("\(padded)-0000-4000-8000-00000000000a"))
  }

  static func date(_ day: Int) throws -> BusinessDate {
    try #require(BusinessDate("2026-01-\(day < 10 ? "0" : "")\(day)"))
  }

  /// Adds a tenant that closed a date.
  mutating func close(
    _ index: Int, _ day: Int = 5, records: Int = 1_204,
    findings: [(code: FindingCode, count: Int)] = [], tieOuts: [TieOut] = [],
    with change: (inout TenantResult) throws -> Void = { _ in }
  ) throws {
    var tenant = TenantResult(tenant: try Self.tenant(index))
    let quarantined = findings.filter { $0.code.severity == .error }.reduce(0) { $0 + $1.count }
    let isClean = quarantined == 0 && !tieOuts.contains { $0.status == .fail }
    let header = CloseHeader(
      closeID: CloseID(Int64(index + 1)), tenant: tenant.tenant, businessDate: try Self.date(day),
      status: isClean ? .clean : .withBreaks, recordsRead: records,
      entriesAccepted: records - quarantined, recordsQuarantined: quarantined,
      startedAt: "2026-01-06T04:15:00Z", finishedAt: "2026-01-06T04:15:01Z", inputDigest: "",
      chainDigest: "")
    tenant.dates = [
      DateResult(
        header: header,
        findingCounts: findings.map {
          FindingCount(code: $0.code, count: $0.count, kept: $0.count)
        },
        tieOuts: tieOuts, restated: RestatedCount([]), quarantineSum: QuarantineSum(),
        bankCurrencies: [:],
        recordBytes: 480_000,
        reconciliation: ReconciliationStatus(header, tieOuts: tieOuts, banks: [], rollup: nil))
    ]
    try change(&tenant)
    result.tenants.append(tenant)
  }

  func text(columns: Int?, isVerbose: Bool = false, isColoured: Bool = false) -> String {
    RunSheet(
      result, of: .close, isVerbose: isVerbose,
      style: TerminalStyle(columns: columns, isColoured: isColoured)
    ).text()
  }
}
