import Glibc
public import LedgerDomain
import Synchronization

/// How far a tenant's books are closed, in one state of the store.
public struct BookPosition: Hashable, Sendable {
  /// The first date that was closed.
  public let firstDate: BusinessDate
  /// The last date up to which every date is closed.
  public let closedThrough: BusinessDate
  /// Names the state of this tenant's books: 32 hexadecimal digits that only another close of the
  /// tenant changes, and that tell nothing of any other tenant.
  public let version: String

  /// A position of these.
  public init(firstDate: BusinessDate, closedThrough: BusinessDate, version: String) {
    self.firstDate = firstDate
    self.closedThrough = closedThrough
    self.version = version
  }
}

/// What the books say of one key at the end of a date.
public struct BalanceLookup: Hashable, Sendable {
  /// How far the books are closed.
  public let position: BookPosition
  /// The account as the last chart that had it has it; `nil` if none of the tenant's has.
  public let account: Account?
  /// The current balance; `nil` if the key has none at that date.
  public let totals: DebitCreditTotals?

  /// What the books say.
  public init(position: BookPosition, account: Account?, totals: DebitCreditTotals?) {
    self.position = position
    self.account = account
    self.totals = totals
  }
}

/// What the close of a date found.
public struct StatusLookup: Hashable, Sendable {
  /// How far the books are closed.
  public let position: BookPosition
  /// The reconciliation status of the date's last close; `nil` if the date is not closed.
  public let status: ReconciliationStatus?

  /// What the close found.
  public init(position: BookPosition, status: ReconciliationStatus?) {
    self.position = position
    self.status = status
  }
}

/// The books as a server reads them: single look-ups, each in one state of the store, over
/// connections that stay open.
///
/// A store that was replaced by another file is opened anew with the next look-up; what a close
/// committed is seen by the next look-up. A look-up never waits: while a close commits it fails with
/// `locked`, and is to be tried again a little later.
public final class LookupPool: Sendable {
  private let path: String
  private let sharesReadings: Bool
  private let pool = Mutex(Pool())

  /// The connections that nobody uses.
  private struct Pool {
    var idle: [LookupConnection] = []
    /// How often readings were ended. A connection that was in use meanwhile ends its own when it comes
    /// back.
    var endings = 0
  }

  /// The books of the store at a path, which need not be there yet.
  ///
  /// - Parameter sharesReadings: whether look-ups that follow each other share the lock that a look-up
  ///   takes. Nothing can be committed until `endReading` is called, which is to be soon.
  public init(path: String, sharesReadings: Bool = false) {
    self.path = path
    self.sharesReadings = sharesReadings
  }

  /// A tenant's balance at the end of a date; `nil` if the tenant has no books.
  ///
  /// - Parameter date: `nil` for the last closed one.
  /// - Throws: `StoreError`; with `locked` while a close commits.
  public func balance(
    _ tenant: TenantID, key: BalanceKey, date: BusinessDate?
  ) throws -> BalanceLookup? {
    try withConnection { try $0.balance(tenant, key: key, date: date) }
  }

  /// What a tenant's close of a date found; `nil` if the tenant has no books.
  ///
  /// - Parameter date: `nil` for the last closed one.
  /// - Throws: `StoreError`; with `locked` while a close commits.
  public func status(_ tenant: TenantID, date: BusinessDate?) throws -> StatusLookup? {
    try withConnection { try $0.status(tenant, date: date) }
  }

  /// Reads a little of the store.
  ///
  /// - Throws: `StoreError` if it cannot be read; with `locked` while a close commits.
  public func check() throws {
    try withConnection { try $0.check() }
  }

  /// Gives up the locks that look-ups have left, so that closes can commit.
  public func endReading() {
    pool.withLock { pool in
      pool.endings += 1
      for connection in pool.idle { connection.endReading() }
    }
  }

  /// Takes a connection, one that nobody uses or a new one, and puts it back.
  ///
  /// Nothing is awaited while it is out, so that there are never more than threads.
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
    // After any other error the connection is given up: the next look-up opens the store anew.
  }

  private func putBack(_ connection: LookupConnection, takenAfter endings: Int) {
    let sharesReading = sharesReadings && connection.locksCommitsOut
    pool.withLock { pool in
      if !sharesReading || pool.endings != endings { connection.endReading() }
      pool.idle.append(connection)
    }
  }

  /// A connection to the file that is at the path now, or that was when the reading began which is
  /// shared; and how often readings were ended. Connections to one that was there before are closed.
  private func idleConnection() -> (LookupConnection?, endings: Int) {
    pool.withLock { pool in
      guard var connection = pool.idle.popLast() else { return (nil, pool.endings) }
      if connection.isReading { return (connection, pool.endings) }
      let file = FileIdentity(path)
      while connection.file != file {
        guard let next = pool.idle.popLast() else { return (nil, pool.endings) }
        connection = next
      }
      return (connection, pool.endings)
    }
  }
}

/// Which file is at a path.
struct FileIdentity: Equatable {
  private let device: UInt
  private let node: UInt

  /// `nil` if there is none.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt(status.st_dev)
    node = UInt(status.st_ino)
  }
}
