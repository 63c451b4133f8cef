import CloseJob
import Foundation
import JobConfiguration
import LedgerDomain
import SnapshotStore
import Testing

@Suite("Accepting quarantined records")
struct AcceptRunTests {
  private static let scopeTexts: [(QuarantineAcceptance.Scope, CloseRefusal.Code)] = [
    (.code(.unknownCurrency), .notQuarantined), (.code(.duplicateEntry), .notOpen),
    (.record(RecordPlace(file: "part-00000.ndjson", record: 1)), .notQuarantined),
    (.record(RecordPlace(file: "part-00000.ndjson", record: 5)), .notOpen),
  ]

  /// 5 January: one sound entry and its repetition, an unbalanced record, two on an unknown account.
  private func ledger() throws -> LedgerTree {
    let ledger = try LedgerTree()
    try ledger.export(
      "2026-01-05",
      """
      #1 2026-01-05 | 1000 DR 500 | 3000 CR 500
      #2 2026-01-05 | 1000 DR 5 | 3000 CR 6
      #3 2026-01-05 | 9999 DR 70 | 3000 CR 70
      #4 2026-01-05 | 9999 DR 8 EUR | 3000 CR 8 EUR
      #1 2026-01-05 | 1000 DR 500 | 3000 CR 500
      """)
    try ledger.close(through: "2026-01-05")
    return ledger
  }

  private func nextDate(_ ledger: LedgerTree, _ date: String) throws -> DateResult {
    try ledger.exportEmptyDate(date)
    return try #require(try ledger.close(through: date).tenants.first?.dates.last)
  }

  private func open(_ result: DateResult) -> [String] {
    result.tieOuts.filter { $0.check == .openQuarantine }.map {
      "\($0.scope) \($0.status.rawValue) \($0.actualMinor ?? -1)"
    }
  }

  @Test("every later close says what is open, until it is accepted")
  func laterClosesFailUntilAccepted() throws {
    let ledger = try ledger()
    let broken = ["records fail 3", "EUR SETTLED fail 8", "USD SETTLED fail 76"]
    #expect(try open(nextDate(ledger, "2026-01-06")) == broken)
    let second = try nextDate(ledger, "2026-01-07")
    #expect(open(second) == broken)
    #expect(second.header.status == .withBreaks)
    let result = try ledger.accept("2026-01-05", .code(.unbalanced))
    #expect(result.decided.records == 1 && result.open.records == 2)
    #expect(
      try open(nextDate(ledger, "2026-01-08"))
        == ["records fail 2", "EUR SETTLED fail 8", "USD SETTLED fail 70"])
    #expect(try ledger.accept("2026-01-05").decided.records == 2)
    let clean = try nextDate(ledger, "2026-01-09")
    #expect(open(clean) == ["records pass 0"])
    #expect(clean.header.status == .clean)
    #expect(try ledger.accept("2026-01-05", isUndo: true).decided.records == 3)
    #expect(try open(nextDate(ledger, "2026-01-10")) == broken)
    #expect(try ledger.verify().exitCode == 0)
  }

  @Test("dates closed in one run say the same as night by night")
  func runOfManyDatesSaysTheSame() throws {
    let rows = try [true, false].map { isNightly in
      let ledger = try LedgerTree()
      for (number, date) in ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08"].enumerated() {
        try ledger.export(
          date,
          number == 1
            ? "\(date) | 1000 DR 5 | 3000 CR 5"
            : "\(date) | 9999 DR \(number + 1) | 3000 CR \(number + 1)\n= not json")
        try ledger.export(date, tenant: LedgerTree.otherTenant, "= not json")
        if isNightly { try ledger.close(through: date) }
      }
      try ledger.close(through: "2026-01-08")
      return try ledger.books.rows(
        """
        SELECT tenant_id, business_date, scope, status, actual_minor FROM tie_out
        WHERE check_name = 'open_quarantine' ORDER BY 1, 2, 3
        """)
    }
    #expect(rows[0] == rows[1])
    #expect(rows[0].contains("\(LedgerTree.tenant) 2026-01-08 USD SETTLED fail 4"))
    #expect(rows[0].contains("\(LedgerTree.otherTenant) 2026-01-08 records fail 3"))
  }

  @Test("a date's own close does not count its own records")
  func ownRecordsAreNotOpenYet() throws {
    let ledger = try ledger()
    #expect(try ledger.books.tieOuts("open_quarantine") == "2026-01-05 pass")
  }

  @Test("what is not quarantined, or needs no acceptance, is refused", arguments: scopeTexts)
  func wrongRecordsAreRefused(
    scope: QuarantineAcceptance.Scope, code: CloseRefusal.Code
  ) throws {
    let ledger = try ledger()
    #expect(refusal { try ledger.accept("2026-01-05", .code(.unbalanced), scope) } == code)
    #expect(try ledger.books.rows("SELECT count(*) FROM acceptance") == ["0"])
  }

  @Test("what is decided already is refused, and so is taking back what nobody accepted")
  func repeatedDecisionsAreRefused() throws {
    let ledger = try ledger()
    let record = QuarantineAcceptance.Scope.record(
      RecordPlace(file: "part-00000.ndjson", record: 2))
    #expect(refusal { try ledger.accept("2026-01-05", isUndo: true) } == .notAccepted)
    try ledger.accept("2026-01-05", record)
    #expect(refusal { try ledger.accept("2026-01-05", record) } == .notOpen)
    #expect(refusal { try ledger.accept("2026-01-05", .code(.unbalanced)) } == .notOpen)
    #expect(
      refusal { try ledger.accept("2026-01-05", .code(.unknownAccount), isUndo: true) }
        == .notAccepted)
    try ledger.accept("2026-01-05")
    #expect(refusal { try ledger.accept("2026-01-05") } == .notOpen)
    #expect(refusal { try ledger.accept("2026-01-06") } == .notClosed)
    #expect(
      refusal { try ledger.accept("2026-01-05", record, record, isUndo: true) } == .notAccepted)
    #expect(try ledger.books.rows("SELECT count(*) FROM acceptance") == ["2"])
  }

  @Test("closing the date again makes what is still quarantined open again")
  func recloseLapsesTheAcceptance() throws {
    let ledger = try ledger()
    try ledger.accept("2026-01-05")
    _ = try nextDate(ledger, "2026-01-06")
    try ledger.write("chart.csv", LedgerTree.chart + "9999,Suspense,DR\n")
    let again = try #require(try ledger.closeAgain("2026-01-05").tenants.first?.dates.first)
    #expect(again.lapsedAcceptances == 3)
    #expect(
      try open(nextDate(ledger, "2026-01-07")) == ["records fail 1", "USD SETTLED fail 6"])
    try ledger.accept("2026-01-05")
    #expect(try open(nextDate(ledger, "2026-01-08")) == ["records pass 0"])
    #expect(try ledger.verify().exitCode == 0)
  }

  @Test("several dates can be accepted at once; those without open records are skipped")
  func rangeIsAccepted() throws {
    let ledger = try ledger()
    _ = try nextDate(ledger, "2026-01-06")
    try ledger.export("2026-01-07", "= not json")
    try ledger.close(through: "2026-01-07")
    #expect(try ledger.acceptAll("2026-01-04", "2026-01-09").map(\.decided.records) == [3, 1])
    #expect(refusal { try ledger.acceptAll("2026-01-04", "2026-01-09") } == .notOpen)
    #expect(try open(nextDate(ledger, "2026-01-08")) == ["records pass 0"])
  }

  @Test("is not recorded in books that were altered, and blank names or reasons are not taken")
  func alteredBooksAreRefused() throws {
    let ledger = try ledger()
    #expect(throws: UsageError.self) { try ledger.accept("2026-01-05", by: " ") }
    #expect(throws: UsageError.self) { try ledger.accept("2026-01-05", note: "\t") }
    try ledger.books.execute("UPDATE stored_quarantine_total SET dr_minor = '1'")
    #expect(throws: StoreError.self) { try ledger.accept("2026-01-05") }
    #expect(try ledger.verify(storeOnly: true).exitCode == 1)
  }

  @Test("pruning and a backup keep the decisions")
  func pruningAndBackupKeepDecisions() throws {
    let ledger = try ledger()
    try ledger.accept("2026-01-05", .code(.unknownAccount))
    try ledger.export("2026-01-06", "2026-01-05 | 1000 DR 3 | 3000 CR 3")
    try ledger.close(through: "2026-01-06")
    #expect(try ledger.prune(before: "2026-01-06").first?.rowsRemoved == 2)
    let path = try #require(ledger.settings.store)
    let copy = "\(ledger.directory)/copy.sqlite"
    _ = try BackupRun.run(storePath: path, to: copy)
    for store in [path, copy] {
      ledger.settings.store = store
      #expect(try ledger.verify(storeOnly: true).exitCode == 0)
      #expect(try ledger.books.rows("SELECT code, name FROM acceptance") == ["unknown_account Ada"])
    }
    #expect(try open(nextDate(ledger, "2026-01-07")) == ["records fail 1", "USD SETTLED fail 6"])
  }

  private func refusal(_ body: () throws -> Any) -> CloseRefusal.Code? {
    do {
      _ = try body()
      return nil
    } catch {
      return (error as? CloseRefusal)?.code
    }
  }
}

extension LedgerTree {
  /// Decides about quarantined records of the first tenant's date.
  @discardableResult
  func accept(
    _ date: String, _ scopes: QuarantineAcceptance.Scope..., isUndo: Bool = false,
    by name: String = "Ada", note: String = "Agreed"
  ) throws -> AcceptResult {
    let results = try decide(date, date, scopes, isUndo: isUndo, by: name, note: note)
    return results[0]
  }

  /// Accepts everything of a range of dates.
  @discardableResult
  func acceptAll(_ first: String, _ last: String) throws -> [AcceptResult] {
    try decide(first, last, [], isUndo: false, by: "Ada", note: "Agreed")
  }

  private func decide(
    _ first: String, _ last: String, _ scopes: [QuarantineAcceptance.Scope], isUndo: Bool,
    by name: String, note: String
  ) throws -> [AcceptResult] {
    var own = settings
    own.tenants = [TenantID(Self.tenant)].compactMap { $0 }
    let now = now
    guard let first = BusinessDate(first), let last = BusinessDate(last) else { return [] }
    return try AcceptRun(
      settings: own, clock: RunClock { now }, dates: first...last, scopes: scopes, isUndo: isUndo,
      name: name, note: note
    ).run {}
  }
}
