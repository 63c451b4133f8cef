import GRDB
import LedgerDomain

/// Looks up accounts in the chart of the close that an answer comes from, and proves them.
///
/// Each chart is read and compared with its digest once, and the chart of a date once until another
/// process commits.
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

  private static let entriesMax = 50_000
  private static let accountsMax = 200_000
  private let queue: DatabaseQueue
  private let reader: BookReader
  private let proof: ProofReader
  /// Accounts by chart. A stored chart never changes: a new chart has a new number.
  private var accounts: [ChartAccount: Account] = [:]
  /// The charts that were read.
  private var charts: Set<Int64> = []
  /// The current close of each date, and its chart.
  private var dates: [TenantDate: ProvedDate] = [:]
  /// Accounts that the chart of a close does not have; `nil` if no chart has them or they have no balance.
  private var others: [CloseAccount: Account?] = [:]

  init(_ queue: DatabaseQueue, reader: BookReader, proof: ProofReader) {
    self.queue = queue
    self.reader = reader
    self.proof = proof
  }

  /// Drops what another process's commit may have changed.
  mutating func invalidate() {
    dates = [:]
    others = [:]
  }

  /// An account as a closed date's current close has it; `nil` if it is not in its chart and has no
  /// balance.
  ///
  /// - Complexity: O(1) once the date and the chart are known.
  mutating func account(
    _ code: AccountCode, _ state: TenantState, date: BusinessDate
  ) throws -> Account? {
    let proved = try provedDate(state, date)
    if !charts.contains(proved.chart) { try read(proved) }
    if let known = accounts[ChartAccount(chart: proved.chart, code: code)] { return known }
    return try other(code, state, date: date, close: proved.close)
  }

  private mutating func provedDate(
    _ state: TenantState, _ date: BusinessDate
  ) throws -> ProvedDate {
    let key = TenantDate(tenant: state.reference, date: date)
    if let known = dates[key] { return known }
    let proved = try proof.date(state, date)
    if dates.count >= Self.entriesMax { dates = [:] }
    dates[key] = proved
    return proved
  }

  private mutating func read(_ proved: ProvedDate) throws {
    let chart = try queue.unsafeRead { _ in try reader.provedChart(proved) }
    if accounts.count >= Self.accountsMax { (accounts, charts) = ([:], []) }
    for account in chart.accounts {
      accounts[ChartAccount(chart: proved.chart, code: account.code)] = account
    }
    charts.insert(proved.chart)
  }

  /// An account with a balance that is missing from the close's chart: of an older store, or restated.
  private mutating func other(
    _ code: AccountCode, _ state: TenantState, date: BusinessDate, close: CloseID
  ) throws -> Account? {
    let key = CloseAccount(close: close, code: code)
    if let known = others[key] { return known }
    let account =
      try proof.hasBalance(code, state, date: date)
      ? try queue.unsafeRead { _ in try reader.provedAccount(code, state, near: close) } : nil
    if others.count >= Self.entriesMax { others = [:] }
    others[key] = .some(account)
    return account
  }
}
