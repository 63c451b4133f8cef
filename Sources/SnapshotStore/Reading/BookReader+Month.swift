import GRDB
public import LedgerDomain

/// A balance with the close that gave it its current version.
public struct BalanceVersion: Hashable, Sendable {
  /// The balance.
  public let balance: Balance
  /// The close that wrote it.
  public let close: CloseID
}

extension BookReader {
  /// Every current balance of a tenant's closed date, in the order of the keys.
  public func currentVersions(
    _ state: TenantState, date: BusinessDate
  ) throws -> [BalanceVersion] {
    var versions: [BalanceVersion] = []
    try forEachVersion(state, date: date) { balance, close in
      // Versions of a key are adjacent; the last one counts.
      if versions.last?.balance.key == balance.key { versions.removeLast() }
      versions.append(BalanceVersion(balance: balance, close: close))
    }
    return versions
  }

  /// How every balance moved over several closed dates, as known now, in the order of the keys.
  ///
  /// The opening is the stored balance of the day before the first date, the closing that of the last date.
  /// What moved between them is added up from the movements: as `backdated` what closes of later dates
  /// posted into the dates, as `movement` everything else.
  ///
  /// - Parameter dates: closed dates.
  /// - Throws: `StoreError` with `altered_store` if something moved that has no balance; `BalanceOverflow`.
  /// - Complexity: O(movements stored in the closes from the first date on).
  public func rollforward(
    _ state: TenantState, over dates: ClosedRange<BusinessDate>
  ) throws -> [RollforwardRow] {
    var rows: [BalanceKey: RollforwardRow] = [:]
    for balance in try balances(state, date: dates.upperBound) {
      rows[balance.key] = RollforwardRow(
        key: balance.key, opening: .zero, backdated: .zero, movement: .zero,
        closing: balance.totals)
    }
    let isFirst = dates.lowerBound == state.firstDate
    let opening =
      isFirst
      ? try openings(state) : try balances(state, date: dates.lowerBound.advanced(by: -1))
    for balance in opening {
      guard rows[balance.key] != nil else {
        throw Row.altered("a balance of \(balance.key) that later dates lack")
      }
      rows[balance.key]?.opening = balance.totals
    }
    let last = dates.upperBound.description
    let posted = try movements(
      effective: dates, postedIn: "business_date <= '\(last)'", isFirst, state)
    for movement in posted { try add(movement, to: \.movement, of: &rows) }
    let late = try movements(
      effective: dates, postedIn: "business_date > '\(last)'", isFirst, state)
    for movement in late { try add(movement, to: \.backdated, of: &rows) }
    return rows.values.sorted { $0.key < $1.key }
  }

  /// What closes that stand moved on some dates, added up to one movement per key.
  ///
  /// - Parameter isFirst: whether what is effective before the dates counts from their first on.
  private func movements(
    effective dates: ClosedRange<BusinessDate>, postedIn closes: String, _ isFirst: Bool,
    _ state: TenantState
  ) throws -> [Movement] {
    let first = isFirst ? "" : dates.lowerBound.description
    return try movements(
      Row.fetchCursor(
        db.cachedStatement(
          sql: """
            SELECT m.account_code, m.currency, m.layer, m.dr_minor, m.cr_minor, m.line_count
            FROM stored_close c CROSS JOIN stored_movement m ON m.close_id = c.close_id
            WHERE c.tenant_ref = ?1 AND c.\(closes) AND m.effective_date BETWEEN ?2 AND ?3
              AND NOT EXISTS (
                SELECT 1 FROM stored_close r WHERE r.replaces_close_id = c.close_id)
            ORDER BY 1, 2, 3
            """),
        arguments: [state.reference, first, dates.upperBound.description]),
      date: dates.upperBound)
  }

  /// Every close of some dates, also those that were replaced, in the order of their numbers.
  public func closeHeaders(
    _ state: TenantState, of dates: ClosedRange<BusinessDate>
  ) throws -> [CloseHeader] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(Row.headerColumns)
          FROM stored_close WHERE tenant_ref = ? AND business_date BETWEEN ? AND ?
          ORDER BY close_id
          """),
      arguments: [
        state.reference, dates.lowerBound.description, dates.upperBound.description,
      ]
    ).map { try $0.closeHeader(of: state.tenant) }
  }

  /// The closes that gave balances of some dates new versions, in order.
  public func restatingCloses(
    _ state: TenantState, of dates: ClosedRange<BusinessDate>
  ) throws -> [CloseHeader] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(Row.headerColumns)
          FROM stored_close c WHERE tenant_ref = ?1 AND business_date >= ?2 AND EXISTS (
            SELECT 1 FROM stored_restatement r
            WHERE r.close_id = c.close_id AND r.as_of_date BETWEEN ?2 AND ?3)
          ORDER BY close_id
          """),
      arguments: [
        state.reference, dates.lowerBound.description, dates.upperBound.description,
      ]
    ).map { try $0.closeHeader(of: state.tenant) }
  }
}
