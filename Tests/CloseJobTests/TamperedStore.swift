import CloseJob
import Foundation
import GRDB
import JobConfiguration
import LedgerDomain
import SnapshotStore

/// A copy of a store to tamper with, made again before each change.
struct TamperedStore {
  /// A difference that verification reported.
  struct Report {
    let close: Int64?
    let message: String

    /// Whether it is about that close.
    func names(_ number: Int64) -> Bool {
      let following = message.ranges(of: "close \(number)").map { message[$0.upperBound...].first }
      return close == number || following.contains { !($0?.isNumber ?? false) }
    }
  }

  private let ledger: LedgerTree
  private let original: Data
  private let path: String

  init(of ledger: LedgerTree) throws {
    self.ledger = ledger
    original = try Data(contentsOf: URL(fileURLWithPath: ledger.settings.store ?? ""))
    path = "\(ledger.directory)/tampered.sqlite"
  }

  func plans() throws -> [TamperingPlan] {
    try DatabaseQueue(path: ledger.settings.store ?? "").read { db in
      try TamperingPlan.tables(db).map { try TamperingPlan(db, table: $0) }
    }
  }

  /// Changes a fresh copy.
  ///
  /// - Returns: whether anything changed; SQLite refuses what a constraint forbids.
  func apply(_ sql: String) throws -> Bool {
    try original.write(to: URL(fileURLWithPath: path))
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase {
      try $0.execute(sql: "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    do {
      return try queue.write { db in
        try db.execute(sql: sql)
        return db.changesCount > 0
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      return false
    }
  }

  /// What verification reports about the copy, including an error of the store.
  func findings() throws -> [Report] {
    var settings = JobSettings()
    settings.store = path
    do {
      return try VerifyRun(
        settings: settings, clock: .system, dates: (nil, nil), isStoreOnly: true
      ).run().differences.map { Report(close: $0.close?.number, message: $0.message) }
    } catch let error as StoreError {
      return [Report(close: nil, message: error.message)]
    }
  }
}
