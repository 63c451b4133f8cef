import GRDB
public import LedgerDomain

/// A close whose books are written but whose outcome is not yet.
public struct PendingClose {
  /// The close's number.
  public let closeID: CloseID
  let tenant: TenantID
  let businessDate: BusinessDate
  let tenantReference: Int64
  let chartReference: Int64
  let previous: TenantState?
  let replaces: CloseID?
  let inputDigest: String
  /// The close's link in the tenant's chain.
  public let chainDigest: String
  let restatements: [Restatement]

  /// Whether it uses the same chart as the tenant's close before.
  public var usesPreviousChart: Bool { previous?.chartReference == chartReference }
}

extension BookWriter {
  /// The balances that the close wrote, read back.
  public func storedBalances(of close: PendingClose) throws -> [BusinessDate: [Balance]] {
    var stored = [
      close.businessDate: try reader.balances(
        tenantReference: close.tenantReference, date: close.businessDate, writtenBy: close.closeID)
    ]
    // A close writes few of the many rows of other dates, so each is looked up by its key.
    for restated in close.restatements where restated.asOfDate != close.businessDate {
      let totals = try reader.balance(
        tenantReference: close.tenantReference, key: restated.key, date: restated.asOfDate,
        writtenBy: close.closeID)
      guard let totals else { continue }
      stored[restated.asOfDate, default: []].append(Balance(key: restated.key, totals: totals))
    }
    return stored
  }

  /// Writes the outcome of a close.
  ///
  /// - Returns: the new state of the tenant's books and the header of the close.
  public func finish(
    _ close: PendingClose, _ outcome: CloseOutcome
  ) throws -> (state: TenantState, header: CloseHeader) {
    let header = CloseHeader(
      closeID: close.closeID, tenant: close.tenant, businessDate: close.businessDate,
      status: outcome.status, recordsRead: outcome.counts.read,
      entriesAccepted: outcome.counts.accepted, recordsQuarantined: outcome.counts.quarantined,
      startedAt: outcome.startedAt, finishedAt: outcome.finishedAt, inputDigest: close.inputDigest,
      chainDigest: close.chainDigest, replaces: close.replaces)
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
    try insert(outcome.restatingEntries, outcome.restatingCounts, close.closeID)
    for total in outcome.totals {
      try db.cachedStatement(sql: "INSERT INTO stored_close_total VALUES (?, ?, ?, ?, ?)").execute(
        arguments: [
          close.closeID.number, total.pair.currency.description, total.pair.layer.code,
          String(total.totals.debitMinor), String(total.totals.creditMinor),
        ])
    }
    try insert(outcome.bankPositions, close)
    if let portfolio = outcome.portfolio { try insert(portfolio, close.closeID) }
    try insert(outcome.quarantineCounts, outcome.quarantinedRecords, close.closeID)
    try identifiers().insert(outcome.basis, close)
    try seal(close)
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
      sql: """
        INSERT INTO stored_close VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)
        """
    ).execute(
      arguments: [
        header.closeID.number, close.tenantReference, header.businessDate.description,
        header.status.rawValue, header.recordsRead, header.entriesAccepted,
        header.recordsQuarantined, header.startedAt, header.finishedAt, header.inputDigest,
        header.chainDigest, close.chartReference, close.previous?.lastClose.number,
        close.previous?.chartReference, close.replaces?.number,
      ])
  }

  /// Stores the digest of the close's record and makes the close the head of its tenant's chain.
  private func seal(_ close: PendingClose) throws {
    let digest = try RecordDigest.of(close.closeID, in: db)
    try db.cachedStatement(
      sql: "UPDATE stored_close SET record_digest = ? WHERE close_id = ?"
    ).execute(arguments: [digest, close.closeID.number])
    try db.cachedStatement(
      sql: """
        INSERT INTO chain_head VALUES (?1, ?2, 1, ?3, 0, 0, 0, 0, '')
        ON CONFLICT (tenant_ref) DO UPDATE
          SET close_id = ?2, close_count = close_count + 1, chain_digest = ?3
        """
    ).execute(arguments: [close.tenantReference, close.closeID.number, close.chainDigest])
    try proofs.proveTenant(
      close.tenantReference,
      closedThrough: max(close.previous?.closedThrough ?? close.businessDate, close.businessDate))
  }

  private func insert(
    _ entries: [RestatingEntry], _ counts: [RestatingCount], _ close: CloseID
  ) throws {
    for (number, entry) in entries.enumerated() {
      try db.cachedStatement(
        sql: "INSERT INTO stored_restating_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
      ).execute(
        arguments: [
          close.number, entry.key.account.description, entry.key.currency.description,
          entry.key.layer.code, number + 1, entry.entry.description,
          entry.effectiveDate.description, entry.posted.description, entry.totals.debitMinor,
          entry.totals.creditMinor, entry.file, entry.record,
        ])
    }
    for count in counts {
      try db.cachedStatement(
        sql: "INSERT INTO restating_count VALUES (?, ?, ?, ?, ?, ?)"
      ).execute(
        arguments: [
          close.number, count.key.account.description, count.key.currency.description,
          count.key.layer.code, count.count, count.kept,
        ])
    }
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
