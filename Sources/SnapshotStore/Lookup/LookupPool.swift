import CLinux
import Glibc
public import LedgerDomain
import Synchronization

/// The dates through which a tenant's books are closed, in one state of the store.
public struct BookPosition: Hashable, Sendable {
  /// The first date that was closed.
  public let firstDate: BusinessDate
  /// The last date up to which every date is closed.
  public let closedThrough: BusinessDate
  /// Identifies the state of this tenant's books: 32 hexadecimal digits that change only with another
  /// close of the tenant and reveal nothing about other tenants.
  public let version: String

  /// Creates a position.
  public init(firstDate: BusinessDate, closedThrough: BusinessDate, version: String) {
    self.firstDate = firstDate
    self.closedThrough = closedThrough
    self.version = version
  }
}

/// The balance of one key at the end of a date.
public struct BalanceLookup: Hashable, Sendable {
  /// The dates through which the books are closed.
  public let position: BookPosition
  /// The account as the date's current close has it, also if it has left the chart; `nil` if it is
  /// neither in that chart nor has a balance.
  public let account: Account?
  /// The current balance; `nil` if the key has none on that date.
  public let totals: DebitCreditTotals?

  /// Creates the result of a look-up.
  public init(position: BookPosition, account: Account?, totals: DebitCreditTotals?) {
    self.position = position
    self.account = account
    self.totals = totals
  }
}

/// The reconciliation status of a date.
public struct StatusLookup: Hashable, Sendable {
  /// The dates through which the books are closed.
  public let position: BookPosition
  /// The reconciliation status of the date's last close; `nil` if the date is not closed.
  public let status: ReconciliationStatus?

  /// Creates the result of a look-up.
  public init(position: BookPosition, status: ReconciliationStatus?) {
    self.position = position
    self.status = status
  }
}

/// A pool of connections for single look-ups, each in one state of the store.
///
/// The next look-up sees what a close committed, and reopens a store whose file was replaced. A look-up
/// never waits: while a close commits it fails with `locked`; try again shortly.
public final class LookupPool: Sendable {
  private let path: String
  private let sharesReadTransactions: Bool
  private let pool = Mutex(Pool())

  /// The idle connections.
  private struct Pool {
    var idle: [LookupConnection] = []
    /// How many times `endReadTransactions` was called. A connection in use at that moment ends its
    /// transaction when it is returned.
    var endings = 0
  }

  /// Creates a pool for the store at a path, which need not exist yet.
  ///
  /// - Parameters:
  ///   - path: the path of the store.
  ///   - sharesReadTransactions: whether successive look-ups share a read transaction. Nothing
  ///     can be committed until `endReadTransactions` is called, so call it soon.
  public init(path: String, sharesReadTransactions: Bool = false) {
    self.path = path
    self.sharesReadTransactions = sharesReadTransactions
  }

  /// A tenant's balance at the end of a date; `nil` if the tenant has no books.
  ///
  /// - Parameters:
  ///   - tenant: the tenant.
  ///   - key: the account, currency and layer.
  ///   - date: `nil` for the last closed date.
  /// - Throws: `StoreError`; with `locked` while a close commits.
  public func balance(
    _ tenant: TenantID, key: BalanceKey, date: BusinessDate?
  ) throws -> BalanceLookup? {
    try withConnection { try $0.balance(tenant, key: key, date: date) }
  }

  /// A tenant's reconciliation status on a date; `nil` if the tenant has no books.
  ///
  /// - Parameters:
  ///   - tenant: the tenant.
  ///   - date: `nil` for the last closed date.
  /// - Throws: `StoreError`; with `locked` while a close commits.
  public func status(_ tenant: TenantID, date: BusinessDate?) throws -> StatusLookup? {
    try withConnection { try $0.status(tenant, date: date) }
  }

  /// Checks that the store can be read.
  ///
  /// - Throws: `StoreError` if it cannot be read; with `locked` while a close commits.
  public func check() throws {
    try withConnection { try $0.check() }
  }

  /// Proves all books of the store, beside the look-ups.
  ///
  /// - Parameter pause: called after each short read with the time that it took; returns whether to go on.
  /// - Returns: whether it went through to the end.
  /// - Throws: `StoreError`; `altered_store` or `not_a_store` if something is damaged.
  public func prove(pause: (Duration) -> Bool) throws -> Bool {
    try StoreProof(path: path).run(pause: pause)
  }

  /// Ends the read transactions that look-ups left open, which lets closes commit.
  public func endReadTransactions() {
    pool.withLock { pool in
      pool.endings += 1
      for connection in pool.idle { connection.endReadTransaction() }
    }
  }

  /// Runs a body with an idle connection or a new one, and returns it to the pool.
  ///
  /// The body never suspends, so there are never more connections than threads.
  private func withConnection<Outcome>(
    _ body: (LookupConnection) throws -> Outcome
  ) throws -> Outcome {
    let (known, endings) = idleConnection()
    let connection = try known ?? LookupConnection(path)
    do {
      let outcome = try body(connection)
      putBack(connection, takenAfter: endings)
      return outcome
    } catch let error as StoreError where error.code == .locked {
      putBack(connection, takenAfter: endings)
      throw error
    }
    // After any other error the connection is closed: the next look-up reopens the store.
  }

  private func putBack(_ connection: LookupConnection, takenAfter endings: Int) {
    let keepsTransactionOpen = sharesReadTransactions && connection.readersBlockCommits
    pool.withLock { pool in
      if !keepsTransactionOpen || pool.endings != endings { connection.endReadTransaction() }
      pool.idle.append(connection)
    }
  }

  /// An idle connection to the file now at the path, or one with a shared transaction still open; and
  /// the current number of endings. Connections to a file that was replaced are closed.
  private func idleConnection() -> (LookupConnection?, endings: Int) {
    pool.withLock { pool in
      guard var connection = pool.idle.popLast() else { return (nil, pool.endings) }
      if connection.isInTransaction { return (connection, pool.endings) }
      let file = FileIdentity(path)
      while connection.file != file {
        guard let next = pool.idle.popLast() else { return (nil, pool.endings) }
        connection = next
      }
      return (connection, pool.endings)
    }
  }
}

/// Identifies the file at a path by device and inode.
struct FileIdentity: Equatable {
  private let device: UInt
  private let inode: UInt

  /// `nil` if there is no file.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt(status.st_dev)
    inode = UInt(status.st_ino)
  }
}
