import GRDB
import LedgerDomain

/// Looks up accounts in the chart of the close that an answer comes from.
///
/// Each account is read once per chart, and the chart of a date once until another process commits.
struct AccountLookup {
  private struct TenantDate: Hashable {
    let tenant: Int64
    let date: BusinessDate
  }
  private struct ChartAccount: Hashable {
    let chart: Int64
    let code: AccountCode
  }
  private struct CloseAccount: Hashable {
    let close: CloseID
    let code: AccountCode
  }
  private typealias Close = (id: CloseID, chart: Int64)

  private static let entriesMax = 50_000
  private let queue: DatabaseQueue
  private let reader: BookReader
  private let currentClose: RowStatement
  private let account: RowStatement
  private let balanceOfAccount: RowStatement
  /// Accounts by chart. A stored chart never changes: a new chart has a new number.
  private var accounts: [ChartAccount: Account] = [:]
  /// The current close of each date.
  private var closes: [TenantDate: Close] = [:]
  /// Accounts that the chart of a close does not have; `nil` if no chart has them or they have no balance.
  private var others: [CloseAccount: Account?] = [:]

  init(_ db: Database, _ queue: DatabaseQueue, reader: BookReader) throws {
    self.queue = queue
    self.reader = reader
    currentClose = try RowStatement(
      db,
      """
      SELECT close_id, chart_ref FROM stored_close WHERE tenant_ref = ? AND business_date = ?
      ORDER BY close_id DESC LIMIT 1
      """)
    account = try RowStatement(
      db,
      """
      SELECT account_name, normal_side, has_left FROM chart_account
      WHERE chart_ref = ? AND account_code = ?
      """)
    balanceOfAccount = try RowStatement(
      db,
      """
      SELECT 1 FROM stored_snapshot WHERE tenant_ref = ? AND as_of_date = ? AND account_code = ?
      LIMIT 1
      """)
  }

  /// Drops what another process's commit may have changed.
  mutating func invalidate() {
    closes = [:]
    others = [:]
  }

  /// An account as a date's current close has it; `nil` if it is not in its chart and has no balance.
  ///
  /// For a date that is not closed, the chart of the tenant's last close counts.
  ///
  /// - Complexity: O(1) once the date and the account are known.
  mutating func account(
    _ code: AccountCode, _ state: TenantState, date: BusinessDate
  ) throws -> Account? {
    let close = try close(state, date)
    let key = ChartAccount(chart: close.chart, code: code)
    if let known = accounts[key] { return known }
    guard let account = try account(code, of: close.chart) else {
      return try other(code, state, date: date, close: close.id)
    }
    if accounts.count >= Self.entriesMax { accounts = [:] }
    accounts[key] = account
    return account
  }

  private mutating func close(_ state: TenantState, _ date: BusinessDate) throws -> Close {
    let key = TenantDate(tenant: state.reference, date: date)
    if let known = closes[key] { return known }
    var close: Close = (state.lastClose, state.chartReference)
    try currentClose.forEachRow { row in
      row.integer(1, state.reference)
      row.text(2, date.description)
    } _: { row in
      close = (CloseID(row.columnInteger(0)), row.columnInteger(1))
    }
    if closes.count >= Self.entriesMax { closes = [:] }
    closes[key] = close
    return close
  }

  private func account(_ code: AccountCode, of chart: Int64) throws -> Account? {
    var found: Account?
    try account.forEachRow { row in
      row.integer(1, chart)
      row.text(2, code.description)
    } _: { row in
      guard let side = NormalSide(code: row.columnText(1)) else {
        throw Row.altered("an invalid account")
      }
      found = Account(
        code: code, name: row.columnText(0), normalSide: side, hasLeft: row.columnInteger(2) != 0)
    }
    return found
  }

  /// An account with a balance that is missing from the close's chart: of an older store, or restated.
  private mutating func other(
    _ code: AccountCode, _ state: TenantState, date: BusinessDate, close: CloseID
  ) throws -> Account? {
    let key = CloseAccount(close: close, code: code)
    if let known = others[key] { return known }
    var hasBalance = false
    try balanceOfAccount.forEachRow { row in
      row.integer(1, state.reference)
      row.text(2, date.description)
      row.text(3, code.description)
    } _: { _ in
      hasBalance = true
    }
    let account =
      hasBalance
      ? try queue.unsafeRead { _ in try reader.chart(of: close, state, keeping: [code])[code] }
      : nil
    if others.count >= Self.entriesMax { others = [:] }
    others[key] = .some(account)
    return account
  }
}
