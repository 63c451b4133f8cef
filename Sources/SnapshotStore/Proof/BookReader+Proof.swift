import GRDB
public import LedgerDomain

/// The balances of a date, proved.
public struct ProvedBalances {
  /// The current close of the date.
  public let close: CloseID
  /// Every balance, in the order of the keys.
  public let balances: [Balance]
  /// The chart that the close used, in which accounts with balances are always found.
  public let chart: ChartOfAccounts
}

extension BookReader {
  /// The state of a tenant's books, proved; `nil` if the tenant has none.
  ///
  /// - Throws: `StoreError` with `altered_store` if it cannot be proved.
  public func provedState(_ tenant: TenantID) throws -> TenantState? {
    try TenantProofReader(db).head(of: tenant)?.state
  }

  func provedHead(_ tenant: TenantID) throws -> (state: TenantState, head: TenantHead)? {
    try TenantProofReader(db).head(of: tenant)
  }

  /// Every tenant that has books, proved, in the order of the store's numbers.
  public func provedTenants() throws -> [TenantID] { try TenantProofReader(db).all() }

  /// The current balances of a closed date, each proved, and that there are no others.
  ///
  /// - Throws: `StoreError` with `altered_store` if a balance cannot be proved, or one is missing.
  public func provedBalances(_ state: TenantState, date: BusinessDate) throws -> ProvedBalances {
    let proof = try ProofReader(db)
    let proved = try proof.date(state, date)
    let rows = try currentRows(state, date: date)
    let entries = rows.map {
      BalanceProof.Entry($0.row, writtenBy: $0.close, tenant: state.reference)
    }
    guard try proof.entries(state, date: date) == entries else {
      throw ProofReader.damaged("a balance as of \(date)", state.tenant)
    }
    let balances = rows.map { Balance(key: $0.row.key, totals: $0.row.totals) }
    let chart = try provedChart(proved)
    let missing = Set(balances.map(\.key.account)).filter { chart[$0] == nil }
    return ProvedBalances(
      close: proved.close, balances: balances,
      chart: chart.keeping(
        try missing.compactMap { try provedAccount($0, state, near: proved.close) }))
  }

  /// Proves the balances that a close restated.
  ///
  /// - Throws: `StoreError` with `altered_store` if one cannot be proved, or is missing.
  /// - Complexity: O(restatements), whatever else the dates hold.
  public func proveBalances(_ state: TenantState, of restatements: [Restatement]) throws {
    if restatements.isEmpty { return }
    let proof = try ProofReader(db)
    for restated in restatements
    where try proof.balance(state, key: restated.key, date: restated.asOfDate) == nil {
      throw ProofReader.damaged(
        "the balance of \(restated.key) as of \(restated.asOfDate)", state.tenant)
    }
  }

  /// The current rows of a date, each with the close that wrote it, in the order of the keys.
  func currentRows(
    _ state: TenantState, date: BusinessDate
  ) throws -> [(row: SnapshotRow, close: CloseID)] {
    var rows: [(row: SnapshotRow, close: CloseID)] = []
    try forEachVersion(state, date: date) { balance, close in
      // Versions of a key are adjacent; the last one counts.
      if rows.last?.row.key == balance.key { rows.removeLast() }
      rows.append(
        (SnapshotRow(key: balance.key, asOfDate: date, totals: balance.totals), close))
    }
    return rows
  }

  /// The chart of a date's close.
  func provedChart(_ proved: ProvedDate) throws -> ChartOfAccounts {
    try provedChart(proved.chart, digest: proved.chartDigest)
  }

  private func provedChart(_ reference: Int64, digest: String) throws -> ChartOfAccounts {
    let chart = try accounts(ofChart: reference)
    guard ChainDigest.chart(chart) == digest else {
      throw ProofReader.damaged("the chart of accounts number \(reference)")
    }
    return chart
  }

  /// An account that the chart of a close does not have, as the last earlier chart had it, or the first
  /// later one; `nil` if none had it.
  func provedAccount(
    _ code: AccountCode, _ state: TenantState, near close: CloseID
  ) throws -> Account? {
    let closes = try chartsOfCloses(state)
    let earlier = closes.last { $0.close <= close && $0.chart[code] != nil }
    guard let source = earlier ?? closes.first(where: { $0.chart[code] != nil }) else { return nil }
    try proveRecord(source.close, state)
    return source.chart[code]?.left
  }

  /// The closes of a tenant at which the chart changed, each with its chart.
  private func chartsOfCloses(
    _ state: TenantState
  ) throws -> [(close: CloseID, chart: ChartOfAccounts)] {
    var stored: [(close: CloseID, chart: Int64, digest: String)] = []
    let statement = try RowStatement(
      db,
      """
      SELECT c.close_id, c.chart_ref, g.digest
      FROM stored_close c JOIN chart g ON g.chart_ref = c.chart_ref
      WHERE c.tenant_ref = ?1 ORDER BY c.close_id
      """)
    try statement.forEachRow { row in
      row.integer(1, state.reference)
    } _: { row in
      stored.append((CloseID(row.columnInteger(0)), row.columnInteger(1), row.columnText(2)))
    }
    guard let head = try TenantProofReader(db).head(of: state.tenant)?.head,
      head.closeCount == Int64(stored.count)
    else { throw ProofReader.damaged("the list of closes", state.tenant) }
    var charts: [(close: CloseID, chart: ChartOfAccounts)] = []
    var last: Int64?
    for entry in stored where entry.chart != last {
      charts.append((entry.close, try provedChart(entry.chart, digest: entry.digest)))
      last = entry.chart
    }
    return charts
  }

  /// Proves everything that balances of a date as known at a close follow from.
  ///
  /// - Complexity: O(rows of the closes since the date's own), or, if versions of the date were pruned, of
  ///   all closes up to that one.
  /// - Throws: `StoreError` with `altered_store`, naming the close.
  public func proveKnown(
    _ state: TenantState, date: BusinessDate, at close: CloseID
  ) throws {
    let links = try links(state)
    try proveOrder(links, state)
    let isPruned = try isPruned(state, date: date, knownAt: close)
    let first = links.first { $0.businessDate == date }?.closeID
    for link in links where link.closeID <= close {
      if !isPruned, let first, link.closeID < first { continue }
      try proveClose(link.closeID, state)
      if link.businessDate == date { try proveRecord(link.closeID, state) }
      let chart = try accounts(ofChart: link.charts.own)
      let digest = try String.fetchOne(
        db.cachedStatement(sql: "SELECT digest FROM chart WHERE chart_ref = ?"),
        arguments: [link.charts.own])
      guard digest == ChainDigest.chart(chart) else {
        throw ProofReader.damaged("the chart of close \(link.closeID)", state.tenant)
      }
    }
  }

  /// Proves that no close of a tenant is missing, and that each closed the date that it says.
  private func proveOrder(_ links: [StoredLink], _ state: TenantState) throws {
    var (previous, last): (CloseID?, BusinessDate) = (nil, state.firstDate.advanced(by: -1))
    for link in links {
      let isNext = link.businessDate == last.advanced(by: 1)
      let isAgain = link.replaces != nil && link.businessDate <= last
      guard link.previous == previous, isNext || isAgain else {
        throw ProofReader.damaged("the order of closes", state.tenant)
      }
      (previous, last) = (link.closeID, max(last, link.businessDate))
    }
    guard let head = try TenantProofReader(db).head(of: state.tenant)?.head,
      head.closeCount == Int64(links.count), previous == state.lastClose,
      last == state.closedThrough, links.last?.chainDigest == head.chainDigest
    else { throw ProofReader.damaged("the list of closes", state.tenant) }
  }
}

extension BookReader {
  /// Proves the record of a close, which its digest covers. Closes of the first versions have no digest.
  func proveRecord(_ close: CloseID, _ head: TenantHead, _ state: TenantState) throws {
    guard let link = try links(state, only: close).first else {
      throw ProofReader.damaged("close \(close)", state.tenant)
    }
    if link.recordDigest == nil && close.number <= head.unrecordedThrough { return }
    guard try recordDigest(of: close) == link.recordDigest else {
      throw ProofReader.damaged("the record of close \(close)", state.tenant)
    }
  }

  /// Proves what is stored about the reconciliations of a date.
  func proveReconciliations(_ state: TenantState, date: BusinessDate) throws {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT k.record_id, k.number, k.kind, k.made_at, k.digest, ifnull(p.digest, '')
          FROM stored_reconciliation r JOIN bank_record k ON k.record_id = r.record_id
            LEFT JOIN bank_record p ON p.tenant_ref = k.tenant_ref AND p.number = k.number - 1
          WHERE r.tenant_ref = ? AND r.business_date = ?
          """),
      arguments: [state.reference, date.description])
    for row in rows {
      guard let kind = BankRecordKind(rawValue: try row.text(2)),
        try BankRecordDigest.of(
          row.integer(0), kind, tenant: state.tenant.description, number: row.integer(1),
          madeAt: row.text(3), previous: row.text(5), in: db) == row.text(4)
      else { throw ProofReader.damaged("a bank reconciliation of \(date)", state.tenant) }
    }
  }
}
