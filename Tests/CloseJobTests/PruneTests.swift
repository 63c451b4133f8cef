import CloseJob
import Foundation
import JobConfiguration
import LedgerDomain
import SnapshotStore
import Testing

@Suite("Pruning")
struct PruneTests {
  /// What the books answer for every date as known at every close, and now.
  private func answers(_ ledger: LedgerTree) throws -> [String] {
    let store = try BookStore(readingFrom: try #require(ledger.settings.store))
    return try store.read { reader in
      var answers: [String] = []
      for state in try reader.tenantStates() {
        let closes = try reader.links(state).map { Optional($0.closeID) } + [nil]
        for offset in 0...state.firstDate.days(to: state.closedThrough) {
          let date = state.firstDate.advanced(by: offset)
          for close in closes {
            let question = try BalanceQuery(
              tenant: state.tenant, account: nil, currency: nil, layer: nil, asOf: "\(date)",
              knownAt: close.map { "\($0)" })
            let rows = try? question.answer(from: reader)
            answers.append("\(state.tenant) \(date) \(close?.number ?? 0) \(rows ?? [])")
          }
        }
      }
      return answers
    }
  }

  /// Every file of the report sets of every closed date, written again from the store.
  private func reports(_ ledger: LedgerTree, through last: String) throws -> [String: Data] {
    var settings = ledger.settings
    let root = "\(ledger.directory)/again-\(UUID().uuidString)"
    settings.reports = root
    let first = try #require(BusinessDate("2026-01-05"))
    _ = try ReportRun(settings: settings, dates: first...#require(BusinessDate(last))).run()
    return try Self.files(root)
  }

  private static func files(_ root: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: root) {
      var isDirectory: ObjCBool = false
      let path = "\(root)/\(name)"
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
        continue
      }
      if !isDirectory.boolValue { files[name] = try Data(contentsOf: URL(fileURLWithPath: path)) }
    }
    return files
  }

  private func versionCount(_ ledger: LedgerTree) throws -> Int {
    try ledger.books.rows("SELECT 1 FROM balance_snapshot").count
  }

  @Test("a dry run reports what pruning would remove and changes nothing")
  func dryRunChangesNothing() throws {
    let ledger = try FullBooks.ledger()
    let before = try ledger.books.dump()
    let tried = try ledger.prune(before: "2026-01-08", isDryRun: true)
    #expect(try ledger.books.dump() == before)
    #expect(tried.count == 2)
    #expect(tried.allSatisfy { $0.rowsRemoved > 0 && $0.closeCount > 0 })
    let versions = try versionCount(ledger)
    #expect(try ledger.prune(before: "2026-01-08") == tried)
    #expect(try versionCount(ledger) == versions - tried.reduce(0) { $0 + $1.rowsRemoved })
  }

  @Test(
    "superseded versions are removed and every query keeps its result",
    arguments: ["2026-01-05", "2026-01-06", "2026-01-08", "2026-01-09", "2027-01-01"])
  func pruningKeepsQueryResults(date: String) throws {
    let ledger = try FullBooks.ledger()
    let (answered, digests) = (try answers(ledger), try chain(ledger))
    let balances = try ledger.books.rows("SELECT * FROM current_balance ORDER BY 1, 2, 3, 4, 5")
    let rows = try ledger.prune(before: date).reduce(0) { $0 + $1.rowsRemoved }
    #expect((rows == 0) == (date == "2026-01-05"))
    #expect(
      try ledger.books.rows("SELECT * FROM current_balance ORDER BY 1, 2, 3, 4, 5") == balances)
    #expect(try answers(ledger) == answered)
    #expect(try chain(ledger) == digests)
    #expect(try ledger.verify().exitCode == 0)
    let superseded = try ledger.books.rows(
      """
      SELECT * FROM balance_snapshot s WHERE as_of_date < '\(date)' AND close_id < (
        SELECT close_id FROM current_balance c WHERE (c.tenant_id, c.account_code, c.currency,
          c.layer, c.as_of_date) = (s.tenant_id, s.account_code, s.currency, s.layer, s.as_of_date))
      """)
    #expect(superseded.isEmpty)
  }

  private func chain(_ ledger: LedgerTree) throws -> [String] {
    try ledger.books.rows("SELECT close_id, chain_digest FROM close_run ORDER BY 1")
  }

  @Test("pruning twice removes nothing more and changes nothing")
  func pruningTwiceChangesNothing() throws {
    let ledger = try FullBooks.ledger()
    try ledger.prune(before: "2026-01-08")
    let before = try ledger.books.dump()
    for date in ["2026-01-08", "2026-01-06"] {
      #expect(try ledger.prune(before: date).allSatisfy { $0.rowsRemoved == 0 })
    }
    #expect(try ledger.books.dump() == before)
  }

  @Test("report files do not change")
  func reportsDoNotChange() throws {
    let ledger = try FullBooks.ledger(hasReports: true)
    let written = try Self.files("\(ledger.directory)/reports")
    let before = try reports(ledger, through: "2026-01-09")
    #expect(written.count > 50)
    #expect(before.count == written.count)
    for (name, bytes) in written { #expect(before[name] == bytes, "\(name)") }
    #expect(try ledger.prune(before: "2026-01-09").allSatisfy { $0.rowsRemoved > 0 })
    let after = try reports(ledger, through: "2026-01-09")
    #expect(Set(after.keys) == Set(before.keys))
    for (name, bytes) in before { #expect(after[name] == bytes, "\(name)") }
  }

  @Test("later closes, recloses and prunings give the same books")
  func laterClosesGiveTheSameBooks() throws {
    let (pruned, whole) = (try FullBooks.ledger(), try FullBooks.ledger())
    for (ledger, prunes) in [(pruned, true), (whole, false)] {
      if prunes { try ledger.prune(before: "2026-01-08") }
      for tenant in [LedgerTree.tenant, LedgerTree.otherTenant] {
        try ledger.export(
          "2026-01-10", tenant: tenant,
          "2026-01-05 | 1000 DR 4 | 3000 CR 4\n2026-01-06 | 1100 DR 5 GBP | 3000 CR 5 GBP")
      }
      try ledger.close(through: "2026-01-10")
      try ledger.export("2026-01-06", "#10 2026-01-06 | 1000 DR 1 | 3000 CR 1")
      #expect(try ledger.closeAgain("2026-01-06").closedCount == 1)
      if prunes { #expect(try ledger.prune(before: "2026-01-09")[0].rowsRemoved > 0) }
      try ledger.export("2026-01-05", "#1 2026-01-05 | 1000 DR 7 | 3000 CR 7")
      #expect(try ledger.closeAgain("2026-01-05").closedCount == 1)
      if prunes { #expect(try ledger.prune(before: "2026-01-07")[0].rowsRemoved > 0) }
      let result = try ledger.verify()
      #expect(result.exitCode == 0, "\(result.differences)")
    }
    #expect(try chain(pruned) == chain(whole))
    #expect(try answers(pruned) == answers(whole))
    #expect(
      try reports(pruned, through: "2026-01-10") == reports(whole, through: "2026-01-10"))
  }

  @Test("only the named tenants are pruned")
  func onlyNamedTenantsArePruned() throws {
    let ledger = try FullBooks.ledger()
    let tenant = try #require(TenantID(LedgerTree.otherTenant))
    let before = "SELECT * FROM stored_snapshot WHERE tenant_ref = 1 ORDER BY 1, 2, 3, 4, 5, 6"
    let rows = try ledger.books.rows(before)
    let results = try PruneRun(
      storePath: ledger.settings.store ?? "", tenants: [tenant],
      before: try #require(BusinessDate("2026-01-08")), clock: .system
    ).run()
    #expect(results.map(\.tenant) == [tenant])
    #expect(results[0].rowsRemoved > 0)
    #expect(try ledger.books.rows(before) == rows)
    #expect(try ledger.verify(storeOnly: true).exitCode == 0)
    let stranger = try #require(TenantID("0f000000-0000-4000-8000-0000000000ff"))
    let run = PruneRun(
      storePath: ledger.settings.store ?? "", tenants: [stranger],
      before: try #require(BusinessDate("2026-01-08")), clock: .system)
    #expect(throws: CloseRefusal.self) { try run.run() }
    #expect(throws: CloseRefusal.self) { try run.dryRun() }
  }

  @Test("altered books are refused")
  func alteredBooksAreRefused() throws {
    let ledger = try FullBooks.ledger()
    try ledger.books.execute(
      "UPDATE stored_finding SET message = 'nothing' WHERE close_id = 1 AND number = 1")
    let before = try ledger.books.dump()
    #expect(throws: StoreError.self) { try ledger.prune(before: "2026-01-08") }
    #expect(try ledger.books.dump() == before)
  }
}
