import GRDB
public import LedgerDomain

extension BookReader {
  /// The movements on a date from closes of other dates: future-dated entries of earlier closes and
  /// backdated entries of later ones.
  ///
  /// - Parameters:
  ///   - state: the state of the tenant's books.
  ///   - date: the business date.
  ///   - knownAt: as known at that close; `nil` for all.
  /// - Throws: `BalanceOverflow` if a sum passes 2^63 − 1.
  public func movementsFromOtherDates(
    _ state: TenantState, on date: BusinessDate, knownAt: CloseID? = nil
  ) throws -> [Movement] {
    try movements(
      Row.fetchCursor(
        db.cachedStatement(
          sql: """
            SELECT m.account_code, m.currency, m.layer, m.dr_minor, m.cr_minor, m.line_count
            FROM stored_movement m
            WHERE m.tenant_ref = ?1 AND m.effective_date = ?2 AND m.is_dated_ahead = 1
              AND m.close_id <= ?3 AND \(Self.isCurrent)
            UNION ALL
            SELECT m.account_code, m.currency, m.layer, m.dr_minor, m.cr_minor, m.line_count
            FROM stored_close c CROSS JOIN stored_movement m ON m.close_id = c.close_id
            WHERE c.tenant_ref = ?1 AND c.business_date > ?2 AND c.close_id <= ?3
              AND m.effective_date = ?2 AND \(Self.isCurrent)
            ORDER BY 1, 2, 3
            """),
        arguments: [state.reference, date.description, knownAt?.number ?? Int64.max]),
      date: date)
  }

  /// The movements of all closes before a date, added up to one movement per key.
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
              AND \(Self.isCurrent)
            ORDER BY 1, 2, 3
            """),
        arguments: [state.reference, date.description, knownAt?.number ?? Int64.max]),
      date: date.advanced(by: -1))
  }

  /// Whether the close of movement `m` had not been replaced by another as known at close `?3`.
  private static let isCurrent = """
    NOT EXISTS (
      SELECT 1 FROM stored_close r WHERE r.replaces_close_id = m.close_id AND r.close_id <= ?3)
    """

  /// The backdated movements of a date that is closed again.
  ///
  /// - Parameters:
  ///   - state: the state of the tenant's books.
  ///   - date: the business date.
  ///   - changes: what the reclose changes, in the order of key and effective date.
  /// - Returns: the changes effective on earlier dates. For the tenant's first date, which has no earlier
  ///   closed date, everything effective before it.
  public func backdatedAtReclose(
    _ state: TenantState, date: BusinessDate, changes: [Movement]
  ) throws -> [Movement] {
    let backdated = changes.filter { $0.effectiveDate < date }
    guard date == state.firstDate else { return backdated }
    return try movementsBefore(state, date: date, knownAt: nil) + backdated
  }

  /// The rollforward of every key from the previous date, reconstructed from what the close stored.
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
      : try movementsFromOtherDates(state, on: date, knownAt: header.closeID)
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
