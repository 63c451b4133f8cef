import Digests
import GRDB
import LedgerDomain

/// A connection to the store on which a server looks up single balances.
///
/// Its statements stay prepared, and where tenants' books stand and what was asked for is remembered until
/// another process commits: a look-up is one search in a B-tree, or none. Look-ups that follow each other at once share
/// a transaction, in which the books cannot change; `endReading` ends it.
///
/// What is asked all the time goes to SQLite directly: GRDB's queue costs as much as the search, and
/// whoever has the connection is the only one that does.
final class LookupConnection: @unchecked Sendable {
  // Not shared: `LookupPool` hands it to one thread at a time.
  private typealias Tenant = (state: TenantState, position: BookPosition)

  /// The file that was opened.
  let file: FileIdentity
  private let path: String
  private let queue: DatabaseQueue
  private let statements: Statements
  private var tenants: [TenantID: Tenant] = [:]
  /// Accounts by chart and code. Charts never change: another one has another number.
  private var accounts: [ChartAccount: Account] = [:]
  private static let accountsMax = 50_000
  /// Balances that were asked for since another process last committed.
  private var balances = BalanceCache()
  private var (dataVersion, schemaVersion): (Int64?, Int64?)
  /// Whether a transaction is open.
  private(set) var isReading = false
  /// Whether nothing can be committed while a transaction is open. With a write-ahead log something can,
  /// and look-ups that shared a transaction would miss it.
  let locksCommitsOut: Bool

  /// What is prepared once.
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
  /// - Throws: `StoreError` if there is none, or it is no store or of another version.
  init(_ path: String) throws {
    let before = FileIdentity(path)
    queue = try BookStore.lookupQueue(path)
    guard let before, before == FileIdentity(path) else {
      throw StoreError(.locked, "\(path) was replaced while it was opened. Try again.")
    }
    (file, self.path) = (before, path)
    (statements, locksCommitsOut) = try BookStore.translating(path) { [queue] in
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
        // It left the chart: the balance keeps the name and side of the last chart that had it.
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

  /// Runs look-ups in one state of the store, which stays until `endReading`.
  private func reading<Outcome>(_ body: (Statements) throws -> Outcome) throws -> Outcome {
    try BookStore.translating(path) {
      do {
        if !isReading {
          try statements.begin.run { _ in }
          isReading = true
          try forgetWhatChanged()
        }
        return try body(statements)
      } catch {
        endReading()
        throw error
      }
    }
  }

  /// Lets the books go on: the next look-up sees what was committed meanwhile.
  func endReading() {
    guard isReading else { return }
    isReading = false
    // Nothing was written; if SQLite has ended the transaction by itself this finds none.
    try? statements.rollback.run { _ in }
  }

  /// Forgets where tenants' books stood if another process has committed since.
  private func forgetWhatChanged() throws {
    // This first read of the transaction fixes the state that it sees.
    let dataVersion = try integer(statements.dataVersion)
    guard dataVersion != self.dataVersion else { return }
    let schemaVersion = try integer(statements.schemaVersion)
    guard self.schemaVersion == nil || schemaVersion == self.schemaVersion else {
      throw StoreError(.notAStore, "\(path) was migrated while it was open. Try again.")
    }
    (self.dataVersion, self.schemaVersion) = (dataVersion, schemaVersion)
    tenants = [:]
    balances.forgetAll()
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
    let question = BalanceCache.Question(tenant: state.reference, key: key, date: date)
    if let known = balances.totals(question) { return known }
    let totals = try statements.reader.balance(state, key: key, date: date)
    balances.remember(totals, of: question)
    return totals
  }

  private struct ChartAccount: Hashable {
    let chart: Int64
    let code: AccountCode
  }

  private func chartAccount(_ code: AccountCode, of chart: Int64) throws -> Account? {
    let place = ChartAccount(chart: chart, code: code)
    if let known = accounts[place] { return known }
    guard let account = try account(statements.account, code, of: chart) else { return nil }
    if accounts.count >= Self.accountsMax { accounts = [:] }
    accounts[place] = account
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
        throw Row.altered("an account that is none")
      }
      account = Account(code: code, name: row.columnText(0), normalSide: side)
    }
    return account
  }
}

extension BookReader {
  /// Names the state of a tenant's books.
  fileprivate func version(of state: TenantState) throws -> String {
    let record = try String.fetchOne(
      db.cachedStatement(sql: "SELECT record_digest FROM stored_close WHERE close_id = ?"),
      arguments: [state.lastClose.number])
    let text =
      "tieout-version-1|\(state.tenant)|\(state.lastClose)|\(state.chainDigest)|\(record ?? "")"
    return Hexadecimal.text(SHA256.hash(Array(text.utf8)).prefix(16))
  }
}
