import GRDB
public import LedgerDomain

/// The books, open for reading.
public final class BookReader {
  let db: Database
  private let balancesByClose: RowStatement
  private let currentBalancesByDate: RowStatement
  private let balanceByKey: RowStatement
  private let futureDatedMovements: Statement
  /// Charts by their numbers in the store. A stored chart never changes, unless its number is rolled back.
  private var charts: [Int64: ChartOfAccounts] = [:]
  private static let chartsMax = 64
  private var preparedIdentifierStatements: IdentifierStatements?

  init(_ db: Database) throws {
    self.db = db
    balancesByClose = try RowStatement(
      db,
      """
      SELECT account_code, currency, layer, dr_balance_minor, cr_balance_minor
      FROM stored_snapshot WHERE tenant_ref = ? AND as_of_date = ? AND close_id = ?
      ORDER BY account_code, currency, layer
      """)
    currentBalancesByDate = try RowStatement(
      db,
      """
      SELECT account_code, currency, layer, dr_balance_minor, cr_balance_minor, close_id
      FROM stored_snapshot WHERE tenant_ref = ?1 AND as_of_date = ?2 AND close_id <= ?3
      ORDER BY account_code, currency, layer, close_id
      """)
    balanceByKey = try RowStatement(
      db,
      """
      SELECT account_code, currency, layer, dr_balance_minor, cr_balance_minor
      FROM stored_snapshot
      WHERE tenant_ref = ?1 AND as_of_date = ?2 AND account_code = ?3 AND currency = ?4
        AND layer = ?5 AND close_id BETWEEN ?6 AND ?7
      ORDER BY close_id DESC LIMIT 1
      """)
    futureDatedMovements = try db.cachedStatement(
      sql: """
        SELECT m.account_code, m.currency, m.layer, m.dr_minor, m.cr_minor, m.line_count
        FROM stored_movement m
        WHERE m.tenant_ref = ?1 AND m.effective_date = ?2 AND m.is_dated_ahead = 1
          AND m.close_id <= ?3
          AND NOT EXISTS (
            SELECT 1 FROM stored_close r
            WHERE r.replaces_close_id = m.close_id AND r.close_id <= ?3)
        ORDER BY m.account_code, m.currency, m.layer
        """)
  }

  func identifierStatements() throws -> IdentifierStatements {
    if let preparedIdentifierStatements { return preparedIdentifierStatements }
    let statements = try IdentifierStatements(db)
    preparedIdentifierStatements = statements
    return statements
  }

  /// The state of each tenant's books, in the order of the tenant IDs.
  public func tenantStates() throws -> [TenantState] {
    let tenants = try String.fetchAll(db, sql: "SELECT tenant_id FROM tenant ORDER BY tenant_id")
    return try tenants.compactMap { text in
      // A tenant spelled differently would not be found by its ID.
      guard let tenant = TenantID(text), tenant.description == text else {
        throw Row.altered("the tenant ID '\(text)', which is not a lower-case UUID")
      }
      return try tenantState(tenant)
    }
  }

  /// The state of a tenant's books; `nil` if no date has been closed yet.
  public func tenantState(_ tenant: TenantID) throws -> TenantState? {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT t.tenant_ref, t.first_date, c.close_id, c.chain_digest, c.chart_ref,
            (SELECT max(d.business_date) FROM stored_close d WHERE d.tenant_ref = t.tenant_ref)
          FROM tenant t JOIN stored_close c ON c.tenant_ref = t.tenant_ref
          WHERE t.tenant_id = ? ORDER BY c.close_id DESC LIMIT 1
          """),
      arguments: [tenant.description])
    return try row.map {
      TenantState(
        reference: try $0.integer(0), tenant: tenant, firstDate: try $0.date(at: 1),
        closedThrough: try $0.date(at: 5), lastClose: CloseID(try $0.integer(2)),
        chainDigest: try $0.text(3), chartReference: try $0.integer(4))
    }
  }

  /// Every balance of a tenant's closed date, in the order of the keys.
  ///
  /// - Parameters:
  ///   - state: the state of the tenant's books.
  ///   - date: the business date.
  ///   - knownAt: as known at that close; `nil` for the current version. A pruned
  ///     version is reconstructed from the movements.
  public func balances(
    _ state: TenantState, date: BusinessDate, knownAt: CloseID? = nil
  ) throws -> [Balance] {
    if let knownAt, try isPruned(state, date: date, knownAt: knownAt) {
      return try derivedBalances(state, date: date, knownAt: knownAt)
    }
    var balances: [Balance] = []
    try forEachVersion(state, date: date, knownAt: knownAt) { balance, _ in
      // Versions of a key are adjacent; the last one counts.
      if balances.last?.key == balance.key { balances.removeLast() }
      balances.append(balance)
    }
    return balances
  }

  /// Every version of a date's balances with the close that wrote it, in the order of keys and closes.
  func forEachVersion(
    _ state: TenantState, date: BusinessDate, knownAt: CloseID? = nil,
    _ body: (Balance, CloseID) throws -> Void
  ) throws {
    try currentBalancesByDate.forEachRow { row in
      row.integer(1, state.reference)
      row.text(2, date.description)
      row.integer(3, knownAt?.number ?? Int64.max)
    } _: { row in
      try body(row.balance(), CloseID(row.columnInteger(5)))
    }
  }

  /// The current balance of a key at a tenant's closed date; `nil` if it has none.
  public func balance(
    _ state: TenantState, key: BalanceKey, date: BusinessDate
  ) throws -> DebitCreditTotals? {
    try balance(
      tenantReference: state.reference, key: key, date: date, closes: 0...Int64.max)
  }

  /// One balance that a close wrote; `nil` if it wrote none for that key and date.
  func balance(
    tenantReference: Int64, key: BalanceKey, date: BusinessDate, writtenBy close: CloseID
  ) throws -> DebitCreditTotals? {
    try balance(
      tenantReference: tenantReference, key: key, date: date, closes: close.number...close.number)
  }

  func balance(
    tenantReference: Int64, key: BalanceKey, date: BusinessDate, closes: ClosedRange<Int64>
  ) throws -> DebitCreditTotals? {
    var found: DebitCreditTotals?
    try balanceByKey.forEachRow { row in
      row.integer(1, tenantReference)
      row.text(2, date.description)
      row.key(3, key)
      row.integer(6, closes.lowerBound)
      row.integer(7, closes.upperBound)
    } _: { row in
      found = try row.balance().totals
    }
    return found
  }

  /// A chart by its number in the store, read once.
  func chart(_ reference: Int64) throws -> ChartOfAccounts {
    if let known = charts[reference] { return known }
    let chart = try accounts(ofChart: reference)
    if charts.count >= Self.chartsMax { charts = [:] }
    charts[reference] = chart
    return chart
  }

  /// Drops the charts that were read: a transaction that may have written some was rolled back.
  func forgetCharts() { charts = [:] }

  /// The movements on a date from future-dated entries of earlier closes.
  ///
  /// - Parameters:
  ///   - state: the state of the tenant's books.
  ///   - date: the business date.
  ///   - knownAt: as known at that close; `nil` for all.
  /// - Throws: `BalanceOverflow` if a sum passes 2^63 − 1.
  public func nowEffectiveMovements(
    _ state: TenantState, date: BusinessDate, knownAt: CloseID? = nil
  ) throws -> [Movement] {
    try movements(
      Row.fetchCursor(
        futureDatedMovements,
        arguments: [state.reference, date.description, knownAt?.number ?? Int64.max]),
      date: date)
  }

  /// Movements of one date, added up by key.
  ///
  /// - Parameter rows: account, currency, layer, debits, credits and lines, in the order of the keys.
  func movements(_ rows: RowCursor, date: BusinessDate) throws -> [Movement] {
    var movements: [Movement] = []
    while let row = try rows.next() {
      let key = try row.balanceKey(at: 0)
      var (totals, lineCount): (DebitCreditTotals, Int) = (
        try row.totals(at: 3), try row.lineCount(at: 5)
      )
      // Movements of a key are adjacent; add them up.
      if let last = movements.last, last.key == key {
        guard let sum = last.totals.adding(totals) else {
          throw BalanceOverflow(key: key, date: date)
        }
        (totals, lineCount) = (sum, last.lineCount + lineCount)
        movements.removeLast()
      }
      movements.append(
        Movement(key: key, effectiveDate: date, totals: totals, lineCount: lineCount))
    }
    return movements
  }

  /// The balances that one close wrote for a date, in the order of the keys.
  func balances(
    tenantReference: Int64, date: BusinessDate, writtenBy close: CloseID
  ) throws -> [Balance] {
    var balances: [Balance] = []
    try balancesByClose.forEachRow { row in
      row.integer(1, tenantReference)
      row.text(2, date.description)
      row.integer(3, close.number)
    } _: { row in
      balances.append(try row.balance())
    }
    return balances
  }
}
