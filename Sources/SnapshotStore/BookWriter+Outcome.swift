import GRDB
public import LedgerDomain

/// A close whose books are written, but not what it found out about itself.
public struct PendingClose {
  /// The close's number.
  public let closeID: CloseID
  let tenant: TenantID
  let businessDate: BusinessDate
  let tenantReference: Int64
  let chartReference: Int64
  let previous: TenantState?
  let inputDigest: String
  let chainDigest: String
  /// The dates that the close wrote balances of.
  public let dates: [BusinessDate]
}

extension BookWriter {
  /// The balances that the close wrote, read back.
  public func storedBalances(of close: PendingClose) throws -> [BusinessDate: [Balance]] {
    var stored: [BusinessDate: [Balance]] = [:]
    for date in close.dates {
      stored[date] = try reader.balances(
        tenantReference: close.tenantReference, date: date, writtenBy: close.closeID)
    }
    return stored
  }

  /// Writes what the close found out about itself.
  ///
  /// - Returns: where the tenant's books stand now, and the head of the close.
  public func finish(
    _ close: PendingClose, _ outcome: CloseOutcome
  ) throws -> (state: TenantState, header: CloseHeader) {
    let header = CloseHeader(
      closeID: close.closeID, tenant: close.tenant, businessDate: close.businessDate,
      status: outcome.status, recordsRead: outcome.counts.read,
      entriesAccepted: outcome.counts.accepted, recordsQuarantined: outcome.counts.quarantined,
      startedAt: outcome.startedAt, finishedAt: outcome.finishedAt, inputDigest: close.inputDigest,
      chainDigest: close.chainDigest)
    try insert(header, close)
    for part in outcome.parts {
      try db.cachedStatement(sql: "INSERT INTO input_part VALUES (?, ?, ?, ?, ?)").execute(
        arguments: [close.closeID.number, part.file, part.bytes, part.sha256, part.records])
    }
    for (number, finding) in outcome.findings.enumerated() {
      try insert(finding, number: number + 1, close.closeID)
    }
    for count in outcome.findingCounts {
      try db.cachedStatement(sql: "INSERT INTO finding_count VALUES (?, ?, ?, ?, ?)").execute(
        arguments: [
          close.closeID.number, count.code.rawValue, count.code.severity.rawValue, count.count,
          count.kept,
        ])
    }
    for (number, tieOut) in outcome.tieOuts.enumerated() {
      try insert(tieOut, number: number + 1, close.closeID)
    }
    let state = TenantState(
      reference: close.tenantReference, tenant: close.tenant,
      firstDate: close.previous?.firstDate ?? close.businessDate,
      closedThrough: max(close.previous?.closedThrough ?? close.businessDate, close.businessDate),
      lastClose: close.closeID, chainDigest: close.chainDigest,
      chartReference: close.chartReference)
    return (state, header)
  }

  private func insert(_ header: CloseHeader, _ close: PendingClose) throws {
    try db.cachedStatement(
      sql: "INSERT INTO stored_close VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ).execute(
      arguments: [
        header.closeID.number, close.tenantReference, header.businessDate.description,
        header.status.rawValue, header.recordsRead, header.entriesAccepted,
        header.recordsQuarantined, header.startedAt, header.finishedAt, header.inputDigest,
        header.chainDigest, close.chartReference, close.previous?.lastClose.number,
        close.previous?.chartReference,
      ])
  }

  private func insert(_ finding: Finding, number: Int, _ close: CloseID) throws {
    try insertFinding.run { row in
      row.integer(1, close.number)
      row.integer(2, Int64(number))
      row.text(3, finding.code.rawValue)
      row.text(4, finding.code.severity.rawValue)
      row.text(5, finding.file)
      row.integer(6, finding.record.map(Int64.init))
      row.integer(7, finding.byteOffset.map(Int64.init))
      row.text(8, finding.entry?.description)
      row.text(9, finding.field)
      row.text(10, finding.account?.description)
      row.text(11, finding.currency?.description)
      row.text(12, finding.layer?.code)
      row.integer(13, finding.debitMinor)
      row.integer(14, finding.creditMinor)
      row.text(15, finding.message)
    }
  }

  private func insert(_ tieOut: TieOut, number: Int, _ close: CloseID) throws {
    try insertTieOut.run { row in
      row.integer(1, close.number)
      row.integer(2, Int64(number))
      row.text(3, tieOut.check.rawValue)
      row.text(4, tieOut.scope)
      row.text(5, tieOut.status.rawValue)
      row.integer(6, tieOut.expectedMinor)
      row.integer(7, tieOut.actualMinor)
      row.integer(8, tieOut.differenceMinor)
      row.text(9, tieOut.detail)
    }
  }
}
