import GRDB
public import LedgerDomain

extension BookReader {
  /// The chart that a close used, with the accounts that had left it but have balances.
  ///
  /// In closes of stores before version 5, the latter are missing: see `chart(of:_:keeping:knownAt:)`.
  public func chart(of close: CloseID) throws -> ChartOfAccounts {
    let reference = try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT chart_ref FROM stored_close WHERE close_id = ?"),
      arguments: [close.number])
    return try chart(reference ?? 0)
  }

  /// The chart that a tenant's last close used.
  public func lastChart(_ state: TenantState) throws -> ChartOfAccounts {
    try chart(state.chartReference)
  }

  /// The chart that a close used, in which accounts with balances are always found.
  ///
  /// - Parameters:
  ///   - close: the close.
  ///   - state: the state of the tenant's books.
  ///   - accounts: the accounts with balances. One that the chart does not have is marked as having left,
  ///     with its name and normal side in the last earlier chart that had it. If there is none, the first
  ///     later one counts: a restatement can bring an account that a date did not have.
  ///   - knownAt: only charts of closes up to that one; `nil` for all.
  public func chart(
    of close: CloseID, _ state: TenantState, keeping accounts: some Sequence<AccountCode>,
    knownAt: CloseID? = nil
  ) throws -> ChartOfAccounts {
    let chart = try chart(of: close)
    let missing = Set(accounts.filter { chart[$0] == nil })
    if missing.isEmpty { return chart }
    return chart.keeping(
      try missing.compactMap { code in
        try lastAccount(code, state, through: close)
          ?? firstAccount(code, state, after: close, through: knownAt)
      })
  }

  /// An account as the last chart had it, of the closes up to one; `nil` if none had it.
  public func lastAccount(
    _ code: AccountCode, _ state: TenantState, through close: CloseID
  ) throws -> Account? {
    try account(
      code, state, closes: 0...close.number, order: "c.close_id DESC")
  }

  private func firstAccount(
    _ code: AccountCode, _ state: TenantState, after close: CloseID, through last: CloseID?
  ) throws -> Account? {
    guard close.number < last?.number ?? .max else { return nil }
    return try account(
      code, state, closes: close.number...(last?.number ?? .max), order: "c.close_id")
  }

  private func account(
    _ code: AccountCode, _ state: TenantState, closes: ClosedRange<Int64>, order: String
  ) throws -> Account? {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT a.account_name, a.normal_side, a.has_left FROM stored_close c
            CROSS JOIN chart_account a ON a.chart_ref = c.chart_ref AND a.account_code = ?2
          WHERE c.tenant_ref = ?1 AND c.close_id BETWEEN ?3 AND ?4
          ORDER BY \(order) LIMIT 1
          """),
      arguments: [state.reference, code.description, closes.lowerBound, closes.upperBound])
    return try row.map { row in
      guard let side = NormalSide(code: try row.text(1)) else {
        throw Row.altered("an invalid account")
      }
      return Account(
        code: code, name: try row.text(0), normalSide: side, hasLeft: row[2] != 0)
    }
  }

  /// A chart as it is stored now.
  func accounts(ofChart reference: Int64) throws -> ChartOfAccounts {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT account_code, account_name, normal_side, has_left FROM chart_account
          WHERE chart_ref = ?
          """),
      arguments: [reference])
    return ChartOfAccounts(
      try rows.map { row in
        let left = try row.integer(3)
        guard let code = AccountCode(try row.text(0)), let side = NormalSide(code: try row.text(2)),
          left == 0 || left == 1
        else { throw Row.altered("an invalid account") }
        return Account(code: code, name: try row.text(1), normalSide: side, hasLeft: left == 1)
      })
  }
}
