import Foundation
import GRDB
import LedgerDomain
import Synchronization
import Testing

@testable import SnapshotStore

@Suite("Single look-ups")
struct LookupPoolTests {
  private func store() throws -> StoreFile {
    let store = try StoreFile()
    try store.open { _ = try $0.commit([SampleBooks.firstDraft, SampleBooks.secondDraft]) }
    return store
  }

  @Test("return the current version, the account and the dates the books are closed through")
  func balanceIsTheCurrentVersion() throws {
    let store = try store()
    let books = LookupPool(path: store.path)
    let earlier = try #require(
      try books.balance(SampleBooks.tenant, key: SampleBooks.loans, date: SampleBooks.first))
    #expect(earlier.totals == SampleBooks.of(1_520, 0), "restated by the second close")
    #expect(earlier.account == SampleBooks.chart[SampleBooks.loans.account])
    #expect(earlier.position.firstDate == SampleBooks.first)
    #expect(earlier.position.closedThrough == SampleBooks.second)
    let last = try books.balance(SampleBooks.tenant, key: SampleBooks.loans, date: nil)
    #expect(last?.totals == SampleBooks.of(1_527, 0))
    #expect(last?.position == earlier.position)
    #expect(try books.balance(SampleBooks.other, key: SampleBooks.loans, date: nil) == nil)
    for date in [SampleBooks.third, SampleBooks.first.advanced(by: -1)] {
      let outside = try books.balance(SampleBooks.tenant, key: SampleBooks.loans, date: date)
      #expect(outside?.totals == nil)
      #expect(outside?.account != nil)
    }
    let missing = try books.balance(
      SampleBooks.tenant, key: SampleBooks.key("9999 USD SETTLED"), date: nil)
    #expect(missing?.account == nil)
  }

  @Test("see what another connection committed, under a new version")
  func commitIsVisibleUnderANewVersion() throws {
    let store = try StoreFile()
    try store.open { _ = try $0.commit([SampleBooks.firstDraft]) }
    let books = LookupPool(path: store.path)
    let before = try books.balance(SampleBooks.tenant, key: SampleBooks.deposits, date: nil)
    #expect(before?.totals == SampleBooks.of(0, 500))
    try store.open { _ = try $0.commit([SampleBooks.secondDraft]) }
    let after = try books.balance(SampleBooks.tenant, key: SampleBooks.deposits, date: nil)
    #expect(after?.totals == SampleBooks.of(0, 527))
    #expect(before?.position.version != after?.position.version)
    #expect(after?.position.version.count == 32)
  }

  @Test("fail at once with `locked` while another connection commits, and work again afterwards")
  func lookUpsFailAtOnceDuringACommit() throws {
    let store = try store()
    let books = LookupPool(path: store.path)
    try books.check()
    let writer = try BookStore(writingTo: store.path)
    try writer.queue.writeWithoutTransaction { db in
      try db.execute(sql: "BEGIN EXCLUSIVE")
      let began = ContinuousClock.now
      let balance = #expect(throws: StoreError.self) {
        try books.balance(SampleBooks.tenant, key: SampleBooks.loans, date: nil)
      }
      #expect(balance?.code == .locked)
      let check = #expect(throws: StoreError.self) { try books.check() }
      #expect(check?.code == .locked)
      #expect(ContinuousClock.now - began < .seconds(5))
      try db.execute(sql: "ROLLBACK")
    }
    #expect(try books.balance(SampleBooks.tenant, key: SampleBooks.loans, date: nil) != nil)
  }

  @Test("do not block a close between them")
  func closeCommitsBetweenLookUps() throws {
    let store = try StoreFile()
    try store.open { _ = try $0.commit([SampleBooks.firstDraft]) }
    let books = LookupPool(path: store.path)
    try books.check()
    try store.open { writer in
      try writer.begin()
      #expect(try books.balance(SampleBooks.tenant, key: SampleBooks.loans, date: nil) != nil)
      let state = try writer.reader.tenantState(SampleBooks.tenant)
      _ = try writer.close(SampleBooks.secondDraft, after: state)
      #expect(
        try books.balance(SampleBooks.tenant, key: SampleBooks.loans, date: nil)?.position
          .closedThrough == SampleBooks.first, "an uncommitted close is invisible")
      try writer.commit()
    }
    #expect(
      try books.balance(SampleBooks.tenant, key: SampleBooks.loans, date: nil)?.position
        .closedThrough == SampleBooks.second)
  }

  @Test("that share a transaction see one state and block commits until it ends")
  func sharedTransactionBlocksCommitsUntilItEnds() throws {
    let store = try StoreFile()
    try store.open { _ = try $0.commit([SampleBooks.firstDraft]) }
    let books = LookupPool(path: store.path, sharesReadTransactions: true)
    func balance() throws -> BalanceLookup? {
      try books.balance(SampleBooks.tenant, key: SampleBooks.deposits, date: nil)
    }
    let before = try balance()
    let writer = try DatabaseQueue(path: store.path)
    let began: Void? = try? writer.inDatabase { try $0.execute(sql: "BEGIN EXCLUSIVE") }
    #expect(began == nil)
    #expect(try balance() == before)
    _ = try books.status(SampleBooks.tenant, date: nil)
    books.endReadTransactions()
    books.endReadTransactions()
    try store.open { _ = try $0.commit([SampleBooks.secondDraft]) }
    #expect(try balance()?.totals == SampleBooks.of(0, 527))
  }

  @Test("that never pause let commits through whenever transactions are ended")
  func constantLookUpsDoNotStarveCommits() throws {
    let store = try StoreFile()
    try store.open { _ = try $0.commit([SampleBooks.firstDraft]) }
    let books = LookupPool(path: store.path, sharesReadTransactions: true)
    let writer = try DatabaseQueue(path: store.path)
    let isDone = Mutex(false)
    let reader = Thread {
      while !isDone.withLock({ $0 }) {
        _ = try? books.balance(SampleBooks.tenant, key: SampleBooks.deposits, date: nil)
      }
    }
    reader.start()
    var (committed, tries) = (0, 0)
    while committed < 100 && tries < 100_000 {
      tries += 1
      books.endReadTransactions()
      // Fails at once while a look-up holds the lock.
      if (try? writer.inDatabase { try $0.execute(sql: "BEGIN EXCLUSIVE; COMMIT") }) != nil {
        committed += 1
      }
    }
    isDone.withLock { $0 = true }
    #expect(committed == 100)
  }

  @Test("do not share a transaction with a write-ahead log, where readers do not block commits")
  func noSharedTransactionWithWriteAheadLog() throws {
    let store = try StoreFile()
    try store.open { _ = try $0.commit([SampleBooks.firstDraft]) }
    let writer = try DatabaseQueue(path: store.path)
    try writer.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
    let books = LookupPool(path: store.path, sharesReadTransactions: true)
    func version() throws -> String? {
      try books.balance(SampleBooks.tenant, key: SampleBooks.deposits, date: nil)?.position.version
    }
    let before = try #require(try version())
    try writer.inDatabase { try $0.execute(sql: "UPDATE stored_close SET record_digest = 'x'") }
    #expect(try version() != before)
  }

  @Test("read the file now at the path, and fail if there is none")
  func replacedFileIsReopened() throws {
    let (store, other) = (try store(), try StoreFile())
    try other.open { _ = try $0.commit([SampleBooks.firstDraft]) }
    let books = LookupPool(path: store.path)
    try books.check()
    try FileManager.default.removeItem(atPath: store.path)
    #expect(throws: StoreError.self) { try books.check() }
    try FileManager.default.moveItem(atPath: other.path, toPath: store.path)
    let replaced = try books.balance(SampleBooks.tenant, key: SampleBooks.loans, date: nil)
    #expect(replaced?.totals == SampleBooks.of(1_500, 0))
  }

  @Test("fail on an altered store or one of another version, and never trap")
  func alteredStoreIsRefused() throws {
    for sql in [
      "UPDATE stored_snapshot SET dr_balance_minor = -1",
      "UPDATE tenant SET first_date = 'yesterday'",
      "UPDATE chart_account SET normal_side = 'XX'",
      "UPDATE tenant_proof SET closed_through = '2026-13-01'",
      "DELETE FROM grdb_migrations WHERE identifier = 'v4'",
      "INSERT INTO grdb_migrations VALUES ('v99')", "PRAGMA application_id = 1",
      "DROP TABLE stored_snapshot",
    ] {
      let store = try store()
      let books = LookupPool(path: store.path)
      try store.tamper(sql)
      #expect(throws: StoreError.self, "\(sql)") {
        try books.balance(SampleBooks.tenant, key: SampleBooks.loans, date: nil)
      }
    }
  }

  @Test("return the same status as the whole close record")
  func statusEqualsThatOfTheRecord() throws {
    let store = try store()
    let books = LookupPool(path: store.path)
    let served = try #require(try books.status(SampleBooks.tenant, date: nil))
    let record = try store.read { reader in
      let state = try #require(try reader.tenantState(SampleBooks.tenant))
      return try #require(try reader.closeRecord(state, date: SampleBooks.second))
    }
    #expect(served.status == ReconciliationStatus(record))
    #expect(try books.status(SampleBooks.tenant, date: SampleBooks.third)?.status == nil)
    #expect(try books.status(SampleBooks.other, date: nil) == nil)
  }
}
