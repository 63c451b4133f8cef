import GRDB
public import LedgerDomain

extension BookReader {
  /// What all closes but those of a date itself move on it: entries dated ahead before it, and
  /// entries backdated after it.
  ///
  /// - Parameter knownAt: as known at that close; `nil` for all.
  /// - Throws: `BalanceOverflow` if a sum passes 2^63 − 1.
  public func movementsFromElsewhere(
    _ state: TenantState, on date: BusinessDate, knownAt: CloseID? = nil
  ) throws -> [Movement] {
    try movements(
      Row.fetchCursor(
        db.cachedStatement(
          sql: """
            SELECT m.account_code, m.currency, m.layer, m.dr_minor, m.cr_minor, m.line_count
            FROM stored_movement m
            WHERE m.tenant_ref = ?1 AND m.effective_date = ?2 AND m.is_dated_ahead = 1
              AND m.close_id <= ?3 AND \(Self.isStanding)
            UNION ALL
            SELECT m.account_code, m.currency, m.layer, m.dr_minor, m.cr_minor, m.line_count
            FROM stored_close c CROSS JOIN stored_movement m ON m.close_id = c.close_id
            WHERE c.tenant_ref = ?1 AND c.business_date > ?2 AND c.close_id <= ?3
              AND m.effective_date = ?2 AND \(Self.isStanding)
            ORDER BY 1, 2, 3
            """),
        arguments: [state.reference, date.description, knownAt?.number ?? Int64.max]),
      date: date)
  }

  /// What all closes move before a date, as one movement of each key.
  ///
  /// - Parameter knownAt: as known at that close; `nil` for all.
  /// - Throws: `BalanceOverflow` if a sum passes 2^63 − 1.
  func movementsBefore(
    _ state: TenantState, date: BusinessDate, knownAt: CloseID?
  ) throws -> [Movement] {
    try movements(
      Row.fetchCursor(
        db.cachedStatement(
          sql: """
            SELECT m.account_code, m.currency, m.layer, m.dr_minor, m.cr_minor, m.line_count
            FROM stored_close c CROSS JOIN stored_movement m ON m.close_id = c.close_id
            WHERE c.tenant_ref = ?1 AND c.close_id <= ?3 AND m.effective_date < ?2
              AND \(Self.isStanding)
            ORDER BY 1, 2, 3
            """),
        arguments: [state.reference, date.description, knownAt?.number ?? Int64.max]),
      date: date.advanced(by: -1))
  }

  /// Whether the close of movement `m` had not been replaced by another as known at close `?3`.
  private static let isStanding = """
    NOT EXISTS (
      SELECT 1 FROM stored_close r WHERE r.replaces_close_id = m.close_id AND r.close_id <= ?3)
    """

  /// What is effective before a date that is closed again.
  ///
  /// - Parameter changes: what the reclose changes, in the order of key and effective date.
  /// - Returns: what the reclose changes about earlier dates; at the first date, which has none, all
  ///   that is effective before it.
  public func backdatedAtReclose(
    _ state: TenantState, date: BusinessDate, changes: [Movement]
  ) throws -> [Movement] {
    let backdated = changes.filter { $0.effectiveDate < date }
    guard date == state.firstDate else { return backdated }
    return try movementsBefore(state, date: date, knownAt: nil) + backdated
  }

  /// Every key's way from the day before, put together again from what the close stored.
  func rollforward(_ state: TenantState, _ header: CloseHeader) throws -> [RollforwardRow] {
    let date = header.businessDate
    let before = CloseID(header.closeID.number - 1)
    let isFirst = date == state.firstDate
    var rows: [BalanceKey: RollforwardRow] = [:]
    for balance in try balances(state, date: date, knownAt: header.closeID) {
      rows[balance.key] = RollforwardRow(
        key: balance.key, opening: .zero, backdated: .zero, movement: .zero,
        closing: balance.totals)
    }
    let opening =
      isFirst
      ? try openings(state) : try balances(state, date: date.advanced(by: -1), knownAt: before)
    for balance in opening { rows[balance.key]?.opening = balance.totals }
    let own = try movements(header.closeID)
    for movement in try backdated(own, state, header) {
      try add(movement, to: \.backdated, of: &rows)
    }
    let elsewhere =
      header.replaces == nil
      ? try nowEffectiveMovements(state, date: date, knownAt: before)
      : try movementsFromElsewhere(state, on: date, knownAt: header.closeID)
    for movement in own.filter({ $0.effectiveDate == date }) + elsewhere {
      try add(movement, to: \.movement, of: &rows)
    }
    return rows.values.sorted { $0.key < $1.key }
  }

  private func backdated(
    _ own: [Movement], _ state: TenantState, _ header: CloseHeader
  ) throws -> [Movement] {
    let date = header.businessDate
    if date == state.firstDate {
      return try movementsBefore(state, date: date, knownAt: header.closeID)
    }
    let backdated = own.filter { $0.effectiveDate < date }
    guard let replaced = header.replaces else { return backdated }
    return backdated
      + (try movements(replaced)).filter { $0.effectiveDate < date }.map { movement in
        var movement = movement
        movement.totals = DebitCreditTotals.zero.subtracting(movement.totals)
        return movement
      }
  }

  private func add(
    _ movement: Movement, to part: WritableKeyPath<RollforwardRow, DebitCreditTotals>,
    of rows: inout [BalanceKey: RollforwardRow]
  ) throws {
    guard let sum = rows[movement.key]?[keyPath: part].adding(movement.totals) else {
      throw Row.altered("a movement of \(movement.key) without a balance")
    }
    rows[movement.key]?[keyPath: part] = sum
  }
}
