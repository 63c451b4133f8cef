public import LedgerDomain

/// `reconciliation.json`: the outcome of the close, for programs.
///
/// Amounts are strings of digits, as in the balance API, so that no parser rounds them.
public struct ReconciliationJSON: ReportFile {
  /// The name of the file in the report set.
  public let name = "reconciliation.json"

  /// The report file.
  public init() {}

  /// Writes the content of the file.
  public func write(
    _ record: CloseRecord, to output: inout ReportOutput
  ) throws(ReportError) {
    do {
      try output.write(try JSONDocument.text(Document(record)))
    } catch let error as ReportError {
      throw error
    } catch {
      throw ReportError(path: name, reason: "\(error)")
    }
  }
}

private struct Document: Encodable {
  struct Records: Encodable {
    let read: Int
    let accepted: Int
    let quarantined: Int
  }
  struct Count: Encodable {
    let code: String
    let severity: String
    let count: Int
    let listed: Int
  }
  struct Part: Encodable {
    let file: String
    let bytes: Int
    let sha256: String
    let records: Int
  }
  struct Comparison: Encodable {
    let scope: String
    let status: String
    let expected_minor: String?
    let actual_minor: String?
    let difference_minor: String?
    let detail: String
  }
  struct Check: Encodable {
    let status: String
    let comparisons: [Comparison]
  }
  struct Total: Encodable {
    let currency: String
    let layer: String
    let minor_unit_digits: Int?
    let accounts: Int
    let dr_balance_minor: String
    let cr_balance_minor: String
  }

  let tenant_id: String
  let business_date: String
  let close_id: Int64
  let replaces_close_id: Int64?
  let status: String
  let started_at: String
  let finished_at: String
  let input_digest: String
  let chain_digest: String
  let records: Records
  let parts: [Part]
  let findings: [Count]
  let quarantine: QuarantineDocument
  let tie_outs: [String: Check]
  let trial_balance: [Total]
  let restated_balances: Int
  let bank_accounts: [BankAccountDocument]
  let reconciliation_status: StatusDocument

  init(_ record: CloseRecord) {
    let header = record.header
    tenant_id = header.tenant.description
    business_date = header.businessDate.description
    close_id = header.closeID.number
    replaces_close_id = header.replaces?.number
    status = header.status.rawValue
    started_at = header.startedAt
    finished_at = header.finishedAt
    input_digest = header.inputDigest
    chain_digest = header.chainDigest
    records = Records(
      read: header.recordsRead, accepted: header.entriesAccepted,
      quarantined: header.recordsQuarantined)
    parts = record.parts.map {
      Part(file: $0.file, bytes: $0.bytes, sha256: $0.sha256, records: $0.records)
    }
    findings = record.findingCounts.map {
      Count(
        code: $0.code.rawValue, severity: $0.code.severity.rawValue, count: $0.count,
        listed: $0.kept)
    }
    quarantine = QuarantineDocument(record.quarantine)
    tie_outs = Self.checks(record.tieOuts)
    trial_balance = Self.totals(record.rollforward)
    restated_balances = record.restatements.count
    bank_accounts = record.bankAccounts.map { BankAccountDocument($0) }
    reconciliation_status = StatusDocument(ReconciliationStatus(record))
  }

  private static func checks(_ tieOuts: [TieOut]) -> [String: Check] {
    var checks: [String: Check] = [:]
    for check in TieOutCheck.allCases {
      let comparisons = tieOuts.filter { $0.check == check }.map { tieOut in
        Comparison(
          scope: tieOut.scope, status: tieOut.status.rawValue,
          expected_minor: tieOut.expectedMinor.map { String($0) },
          actual_minor: tieOut.actualMinor.map { String($0) },
          difference_minor: tieOut.differenceMinor.map { String($0) }, detail: tieOut.detail)
      }
      checks[check.rawValue] = Check(
        status: tieOuts.status(of: check).rawValue, comparisons: comparisons)
    }
    return checks
  }

  private static func totals(_ rows: [RollforwardRow]) -> [Total] {
    var sums: [CurrencyLayer: (totals: WideTotals, count: Int)] = [:]
    for row in rows {
      var sum = sums[row.key.pair] ?? (WideTotals(), 0)
      sum.totals.add(row.closing)
      sum.count += 1
      sums[row.key.pair] = sum
    }
    return sums.sorted { $0.key < $1.key }.map { pair, sum in
      Total(
        currency: pair.currency.description, layer: pair.layer.code,
        minor_unit_digits: pair.currency.minorUnitDigits, accounts: sum.count,
        dr_balance_minor: String(sum.totals.debitMinor),
        cr_balance_minor: String(sum.totals.creditMinor))
    }
  }
}
