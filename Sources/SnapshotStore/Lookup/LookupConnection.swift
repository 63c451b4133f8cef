import Digests
import GRDB
import LedgerDomain
import Synchronization

/// A connection to the store on which a server looks up single balances.
///
/// Its statements stay prepared. Tenants' positions and the balances looked up are cached until another
/// process commits, so a look-up is one search in a B-tree, or none. Successive look-ups can share a
/// transaction, in which the books cannot change; `endReadTransaction` ends it.
///
/// Frequent statements run on SQLite directly, since GRDB's queue costs as much as the search. That is
/// safe because one thread uses the connection at a time, which every entry point asserts.
// Unchecked: `LookupPool` hands a connection to one thread at a time; `exclusively` asserts it.
final class LookupConnection: @unchecked Sendable {
  private typealias Tenant = (state: TenantState, position: BookPosition)

  /// The file that was opened.
  let file: FileIdentity
  private let path: String
  private let queue: DatabaseQueue
  private let statements: Statements
  /// Whether a thread is using the connection.
  private let isInUse = Atomic(false)
  private var tenants: [TenantID: Tenant] = [:]
  /// Accounts by chart and code. A stored chart never changes: a new chart has a new number.
  private var accounts: [ChartAccount: Account] = [:]
  private static let accountsMax = 50_000
  /// Balances looked up since another process last committed.
  private var balances = BalanceCache()
  private var (dataVersion, schemaVersion): (Int64?, Int64?)
  /// Whether a transaction is open.
  private(set) var isInTransaction = false
  /// Whether an open read transaction blocks commits. With a write-ahead log it does not, and look-ups
  /// that share a transaction would miss what was committed.
  let readersBlockCommits: Bool

  /// The prepared statements.
  private struct Statements {
    let reader: BookReader
    let begin: RowStatement
    let rollback: RowStatement
    let dataVersion: RowStatement
    let schemaVersion: RowStatement
    let account: RowStatement
    let lastKnownAccount: RowStatement

    init(_ db: Database) throws {
      reader = try BookReader(db)
      begin = try RowStatement(db, "BEGIN DEFERRED")
      rollback = try RowStatement(db, "ROLLBACK")
      dataVersion = try RowStatement(db, "PRAGMA data_version")
      schemaVersion = try RowStatement(db, "PRAGMA schema_version")
      account = try RowStatement(
        db,
        "SELECT account_name, normal_side FROM chart_account WHERE chart_ref = ? AND account_code = ?"
      )
      lastKnownAccount = try RowStatement(
        db,
        """
        SELECT a.account_name, a.normal_side FROM stored_close c
          JOIN chart_account a ON a.chart_ref = c.chart_ref AND a.account_code = ?2
        WHERE c.tenant_ref = ?1 ORDER BY c.close_id DESC LIMIT 1
        """)
    }
  }

  /// Opens the store at a path for look-ups.
  ///
  /// - Throws: `StoreError` if there is no store, or it has another version.
  init(_ path: String) throws {
    let before = FileIdentity(path)
    queue = try BookStore.lookupQueue(path)
    guard let before, before == FileIdentity(path) else {
      throw StoreError(.locked, "\(path) was replaced while being opened. Try again.")
    }
    (file, self.path) = (before, path)
    (statements, readersBlockCommits) = try BookStore.translating(path) { [queue] in
      try queue.unsafeRead { db in
        let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode")
        return (try Statements(db), mode != "wal")
      }
    }
  }

  func balance(_ tenant: TenantID, key: BalanceKey, date: BusinessDate?) throws -> BalanceLookup? {
    try reading { statements in
      guard let (state, position) = try self.tenant(tenant) else { return nil }
      let date = date ?? state.closedThrough
      let isClosed = date >= state.firstDate && date <= state.closedThrough
      let totals = isClosed ? try self.totals(state, key: key, date: date) : nil
      var account = try chartAccount(key.account, of: state.chartReference)
      if account == nil, totals != nil {
        // It is no longer in the chart: use the name and side of the last chart that had it.
        account = try self.account(statements.lastKnownAccount, key.account, of: state.reference)
      }
      return BalanceLookup(position: position, account: account, totals: totals)
    }
  }

  func status(_ tenant: TenantID, date: BusinessDate?) throws -> StatusLookup? {
    try reading { statements in
      guard let (state, position) = try self.tenant(tenant) else { return nil }
      let date = date ?? state.closedThrough
      let status = try queue.unsafeRead { _ in try Self.status(statements.reader, state, date) }
      return StatusLookup(position: position, status: status)
    }
  }

  private static func status(
    _ reader: BookReader, _ state: TenantState, _ date: BusinessDate
  ) throws -> ReconciliationStatus? {
    guard let header = try reader.closeHeader(state, date: date) else { return nil }
    return ReconciliationStatus(
      header, tieOuts: try reader.tieOuts(header.closeID),
      banks: try reader.bankReconciliations(
        header.closeID, date: date, listingOutstanding: false),
      rollup: try reader.portfolioRollup(header.closeID, listingDifferences: false))
  }

  func check() throws {
    try reading { statements in
      _ = try queue.unsafeRead { _ in try statements.reader.tenantStates() }
    }
  }

  /// Runs look-ups in a read transaction, which stays open until `endReadTransaction`.
  private func reading<Outcome>(_ body: (Statements) throws -> Outcome) throws -> Outcome {
    try exclusively {
      try BookStore.translating(path) {
        do {
          if !isInTransaction {
            try statements.begin.run { _ in }
            isInTransaction = true
            try invalidateCachesIfChanged()
          }
          return try body(statements)
        } catch {
          rollBack()
          throw error
        }
      }
    }
  }

  /// Ends the open transaction, if any: the next look-up sees what was committed in the meantime.
  func endReadTransaction() {
    exclusively { rollBack() }
  }

  private func rollBack() {
    guard isInTransaction else { return }
    isInTransaction = false
    // Nothing was written. This fails if SQLite has already ended the transaction itself.
    try? statements.rollback.run { _ in }
  }

  /// Runs a body and asserts that no other thread uses the connection in the meantime.
  ///
  /// The statements are stepped off GRDB's queue, so GRDB cannot detect that.
  private func exclusively<Outcome>(_ body: () throws -> Outcome) rethrows -> Outcome {
    let wasInUse = isInUse.exchange(true, ordering: .acquiring)
    precondition(!wasInUse, "a look-up connection was used by two threads at once")
    defer { isInUse.store(false, ordering: .releasing) }
    return try body()
  }

  /// Drops the cached positions and balances if another process has committed since they were read.
  private func invalidateCachesIfChanged() throws {
    // The first read of a transaction determines the state that it sees.
    let dataVersion = try integer(statements.dataVersion)
    guard dataVersion != self.dataVersion else { return }
    let schemaVersion = try integer(statements.schemaVersion)
    guard self.schemaVersion == nil || schemaVersion == self.schemaVersion else {
      throw StoreError(.notAStore, "\(path) was migrated while open. Try again.")
    }
    (self.dataVersion, self.schemaVersion) = (dataVersion, schemaVersion)
    tenants = [:]
    balances.invalidate()
  }

  private func integer(_ statement: RowStatement) throws -> Int64? {
    var value: Int64?
    try statement.forEachRow({ _ in }) { value = $0.columnInteger(0) }
    return value
  }

  private func tenant(_ tenant: TenantID) throws -> Tenant? {
    if let known = tenants[tenant] { return known }
    let found = try queue.unsafeRead { _ -> Tenant? in
      guard let state = try statements.reader.tenantState(tenant) else { return nil }
      let position = BookPosition(
        firstDate: state.firstDate, closedThrough: state.closedThrough,
        version: try statements.reader.version(of: state))
      return (state, position)
    }
    tenants[tenant] = found
    return found
  }

  private func totals(
    _ state: TenantState, key: BalanceKey, date: BusinessDate
  ) throws -> DebitCreditTotals? {
    let cacheKey = BalanceCache.Key(tenant: state.reference, balance: key, date: date)
    if let known = balances.totals(cacheKey) { return known }
    let totals = try statements.reader.balance(state, key: key, date: date)
    balances.store(totals, for: cacheKey)
    return totals
  }

  private struct ChartAccount: Hashable {
    let chart: Int64
    let code: AccountCode
  }

  private func chartAccount(_ code: AccountCode, of chart: Int64) throws -> Account? {
    let key = ChartAccount(chart: chart, code: code)
    if let known = accounts[key] { return known }
    guard let account = try account(statements.account, code, of: chart) else { return nil }
    if accounts.count >= Self.accountsMax { accounts = [:] }
    accounts[key] = account
    return account
  }

  private func account(
    _ statement: RowStatement, _ code: AccountCode, of reference: Int64
  ) throws -> Account? {
    var account: Account?
    try statement.forEachRow { row in
      row.integer(1, reference)
      row.text(2, code.description)
    } _: { row in
      guard let side = NormalSide(code: row.columnText(1)) else {
        throw Row.altered("an invalid account")
      }
      account = Account(code: code, name: row.columnText(0), normalSide: side)
    }
    return account
  }
}

extension BookReader {
  /// Identifies the state of a tenant's books.
  fileprivate func version(of state: TenantState) throws -> String {
    let record = try String.fetchOne(
      db.cachedStatement(sql: "SELECT record_digest FROM stored_close WHERE close_id = ?"),
      arguments: [state.lastClose.number])
    let text =
      "tieout-version-1|\(state.tenant)|\(state.lastClose)|\(state.chainDigest)|\(record ?? "")"
    return Hexadecimal.text(SHA256.hash(Array(text.utf8)).prefix(16))
  }
}
