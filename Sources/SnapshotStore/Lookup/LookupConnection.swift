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
  private typealias Tenant = (state: TenantState, head: TenantHead, position: BookPosition)

  /// The file that was opened.
  let file: FileIdentity
  private let path: String
  private let queue: DatabaseQueue
  private let statements: Statements
  /// Whether a thread is using the connection.
  private let isInUse = Atomic(false)
  private var tenants: [TenantID: Tenant] = [:]
  private var accounts: AccountLookup
  /// Balances looked up since another process last committed.
  private var balances = BalanceCache()
  /// Closes whose records were proved since then.
  private var provedRecords: Set<CloseID> = []
  private var (dataVersion, schemaVersion): (Int64?, Int64?)
  /// Whether a transaction is open.
  private(set) var isInTransaction = false
  /// Whether an open read transaction blocks commits. With a write-ahead log it does not, and look-ups
  /// that share a transaction would miss what was committed.
  let readersBlockCommits: Bool

  /// The prepared statements.
  private struct Statements {
    let reader: BookReader
    let proof: ProofReader
    let tenants: TenantProofReader
    let begin: RowStatement
    let rollback: RowStatement
    let dataVersion: RowStatement
    let schemaVersion: RowStatement

    init(_ db: Database) throws {
      reader = try BookReader(db)
      proof = try ProofReader(db)
      tenants = try TenantProofReader(db)
      begin = try RowStatement(db, "BEGIN DEFERRED")
      rollback = try RowStatement(db, "ROLLBACK")
      dataVersion = try RowStatement(db, "PRAGMA data_version")
      schemaVersion = try RowStatement(db, "PRAGMA schema_version")
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
    (statements, accounts, readersBlockCommits) = try BookStore.translating(path) { [queue] in
      try queue.unsafeRead { db in
        let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode")
        let statements = try Statements(db)
        let accounts = AccountLookup(queue, reader: statements.reader, proof: statements.proof)
        return (statements, accounts, mode != "wal")
      }
    }
  }

  func balance(_ tenant: TenantID, key: BalanceKey, date: BusinessDate?) throws -> BalanceLookup? {
    try reading { _ in
      guard let (state, _, position) = try self.tenant(tenant) else { return nil }
      let date = date ?? state.closedThrough
      let isClosed = date >= state.firstDate && date <= state.closedThrough
      let totals = isClosed ? try self.totals(state, key: key, date: date) : nil
      let account = try accounts.account(
        key.account, state, date: isClosed ? date : state.closedThrough)
      return BalanceLookup(position: position, account: account, totals: totals)
    }
  }

  func status(_ tenant: TenantID, date: BusinessDate?) throws -> StatusLookup? {
    try reading { statements in
      guard let (state, head, position) = try self.tenant(tenant) else { return nil }
      let date = date ?? state.closedThrough
      guard date >= state.firstDate && date <= state.closedThrough else {
        return StatusLookup(position: position, status: nil)
      }
      let proved = try statements.proof.date(state, date)
      let status = try queue.unsafeRead { _ in
        if !provedRecords.contains(proved.close) {
          try statements.reader.proveRecord(proved.close, head, state)
          provedRecords.insert(proved.close)
        }
        try statements.reader.proveReconciliations(state, date: date)
        return try Self.status(statements.reader, state, date, proved.close)
      }
      return StatusLookup(position: position, status: status)
    }
  }

  private static func status(
    _ reader: BookReader, _ state: TenantState, _ date: BusinessDate, _ close: CloseID
  ) throws -> ReconciliationStatus {
    guard let header = try reader.closeHeader(state, date: date), header.closeID == close else {
      throw ProofReader.damaged("the close of \(date)", state.tenant)
    }
    return ReconciliationStatus(
      header, tieOuts: try reader.tieOuts(header.closeID),
      banks: try reader.currentReconciliations(state, header, listingItems: false)
        .map(\.reconciliation),
      rollup: try reader.portfolioRollup(header.closeID, listingDifferences: false))
  }

  func check() throws {
    try reading { statements in
      _ = try statements.tenants.all()
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
    accounts.invalidate()
    provedRecords = []
  }

  private func integer(_ statement: RowStatement) throws -> Int64? {
    var value: Int64?
    try statement.forEachRow({ _ in }) { value = $0.columnInteger(0) }
    return value
  }

  private func tenant(_ tenant: TenantID) throws -> Tenant? {
    if let known = tenants[tenant] { return known }
    let found = try queue.unsafeRead { _ -> Tenant? in
      guard let (state, head) = try statements.tenants.head(of: tenant) else { return nil }
      let position = BookPosition(
        firstDate: state.firstDate, closedThrough: state.closedThrough,
        version: try statements.reader.version(of: state))
      return (state, head, position)
    }
    tenants[tenant] = found
    return found
  }

  private func totals(
    _ state: TenantState, key: BalanceKey, date: BusinessDate
  ) throws -> DebitCreditTotals? {
    let cacheKey = BalanceCache.Key(tenant: state.reference, balance: key, date: date)
    if let known = balances.totals(cacheKey) { return known }
    let totals = try statements.proof.balance(state, key: key, date: date)
    balances.store(totals, for: cacheKey)
    return totals
  }
}

extension BookReader {
  /// Identifies the state of a tenant's books.
  fileprivate func version(of state: TenantState) throws -> String {
    let record = try String.fetchOne(
      db.cachedStatement(sql: "SELECT record_digest FROM stored_close WHERE close_id = ?"),
      arguments: [state.lastClose.number])
    let text =
      "tieout-version-2|\(state.tenant)|\(state.lastClose)|\(state.chainDigest)|\(record ?? "")"
      + "|\(try bankHead(state.reference).digest)"
    return Hexadecimal.text(SHA256.hash(Array(text.utf8)).prefix(16))
  }
}
