import LedgerDomain
import SnapshotStore
import Testing

@Suite("Writing the books")
struct BookWriterTests {
  private static let tables = [
    "tenant", "chart", "chart_account", "stored_close", "stored_opening", "stored_snapshot",
    "stored_movement", "input_part", "stored_finding", "finding_count", "stored_restatement",
    "stored_tie_out",
  ]

  private func rowCounts(_ file: StoreFile) throws -> [String] {
    try Self.tables.flatMap { try file.rows("SELECT count(*) FROM \($0)") }
  }

  private func nothing() -> [String] { Self.tables.map { _ in "0" } }

  @Test("are read back as written, with the whole outcome of the close")
  func closeIsReadBackAsWritten() throws {
    let file = try StoreFile()
    let drafts = [SampleBooks.firstDraft, SampleBooks.secondDraft]
    let headers = try file.open { try $0.commit(drafts) }
    for (draft, header) in zip(drafts, headers) {
      try file.read { reader in
        let state = try #require(try reader.tenantState(draft.tenant))
        let record = try #require(try reader.closeRecord(state, date: draft.businessDate))
        #expect(record.header == header)
        #expect(record.chart.accounts == draft.chart.accounts)
        #expect(record.rollforward == draft.rollforward)
        #expect(record.restatements == draft.restatements)
        #expect(record.tieOuts == SampleBooks.outcome.tieOuts)
        #expect(record.findings == SampleBooks.outcome.findings)
        #expect(record.findingCounts == SampleBooks.outcome.findingCounts)
        #expect(record.parts == SampleBooks.outcome.parts)
        #expect(try reader.movements(header.closeID) == draft.movements)
        #expect(try reader.openings(state) == SampleBooks.firstDraft.openings)
      }
    }
  }

  @Test("the header has the date, the status and the counts")
  func headerDescribesTheClose() throws {
    let file = try StoreFile()
    let headers = try file.open {
      try $0.commit([SampleBooks.firstDraft, SampleBooks.secondDraft])
    }
    let header = headers[1]
    #expect(headers.map(\.closeID.number) == [1, 2])
    #expect(header.businessDate == SampleBooks.second)
    #expect(header.status == .withBreaks)
    #expect((header.recordsRead, header.entriesAccepted, header.recordsQuarantined) == (12, 10, 2))
    #expect(header.startedAt == "2026-01-06T01:00:00Z")
    #expect(header.inputDigest != headers[0].inputDigest)
    #expect(header.chainDigest != headers[0].chainDigest)
  }

  @Test("a close without breaks or quarantined records is clean")
  func closeWithoutBreaksIsClean() {
    var outcome = SampleBooks.outcome
    outcome.tieOuts = [.inconclusive(.completeness, detail: "")]
    #expect(outcome.status == .withBreaks)
    outcome.counts = (read: 10, accepted: 10, quarantined: 0)
    #expect(outcome.status == .clean)
    outcome.tieOuts.append(
      TieOut(.rollforward, scope: "keys", expected: 0, actual: 1, detail: ""))
    #expect(outcome.status == .withBreaks)
  }

  @Test("balances are read back from the store before the close is finished")
  func balancesAreReadBackBeforeFinish() throws {
    let file = try StoreFile()
    try file.open { writer in
      try writer.commit([SampleBooks.firstDraft])
      try writer.begin()
      let state = try writer.reader.tenantState(SampleBooks.tenant)
      let pending = try writer.insertBooks(SampleBooks.secondDraft, previous: state)
      let stored = try writer.storedBalances(of: pending)
      #expect(stored.keys.sorted() == [SampleBooks.first, SampleBooks.second])
      #expect(stored[SampleBooks.first]?.map(\.totals.debitMinor) == [1_520, 0])
      #expect(stored[SampleBooks.second]?.map(\.totals.creditMinor) == [3, 0, 527, 1_000])
      try writer.rollBack()
    }
  }

  @Test("leave nothing when rolled back, and their close numbers are reused")
  func rollBackReusesCloseNumbers() throws {
    let file = try StoreFile()
    try file.open { writer in
      try writer.begin()
      try writer.close(SampleBooks.firstDraft, after: nil)
      try writer.rollBack()
      try writer.rollBack()
      #expect(try writer.reader.tenantStates().isEmpty)
    }
    #expect(try rowCounts(file) == nothing())
    let headers = try file.open { writer in
      try writer.begin()
      try writer.close(SampleBooks.firstDraft, after: nil)
      try writer.rollBack()
      return try writer.commit([SampleBooks.firstDraft])
    }
    #expect(headers.map(\.closeID.number) == [1])
    #expect(try file.rows("SELECT count(*) FROM chart_account") == ["3"])
  }

  @Test("a close that throws leaves only the earlier ones of its transaction")
  func closingThatThrowsKeepsEarlierCloses() throws {
    struct Failure: Error {}
    let file = try StoreFile()
    let state = try file.open { writer in
      try writer.begin()
      let first = try writer.closing { try writer.close(SampleBooks.firstDraft, after: nil) }
      var failing = SampleBooks.secondDraft
      failing.chart = ChartOfAccounts([SampleBooks.account(9999, "New", .debit)])
      #expect(throws: Failure.self) {
        try writer.closing {
          try writer.close(failing, after: first.state)
          throw Failure()
        }
      }
      var other = failing
      other.tenant = SampleBooks.other
      other.restatements = []
      let next = try writer.closing { try writer.close(other, after: nil) }
      #expect(next.header.closeID.number == 2)
      try writer.commit()
      return first.state
    }
    try file.read { reader in
      #expect(try reader.tenantState(SampleBooks.tenant) == state)
      #expect(try reader.closeHeader(state, date: SampleBooks.second) == nil)
      #expect(try reader.chart(of: CloseID(2)).accounts.map(\.name) == ["New"])
      try reader.proveLastDate(state)
    }
    #expect(try file.rows("SELECT DISTINCT close_id FROM stored_movement") == ["1", "2"])
  }

  @Test("are invisible to others until they are committed")
  func uncommittedClosesAreInvisible() throws {
    let file = try StoreFile()
    try file.open { writer in
      try writer.begin()
      try writer.close(SampleBooks.firstDraft, after: nil)
      #expect(try file.read { try $0.tenantStates() }.isEmpty)
      try writer.commit()
      #expect(try file.read { try $0.tenantStates() }.map(\.lastClose.number) == [1])
    }
  }

  @Test("a chart is stored once for all closes that use it")
  func chartIsStoredOnce() throws {
    let file = try StoreFile()
    var other = SampleBooks.firstDraft
    other.tenant = SampleBooks.other
    for drafts in [[SampleBooks.firstDraft, SampleBooks.secondDraft], [other]] {
      try file.open { writer in _ = try writer.commit(drafts) }
    }
    #expect(try file.rows("SELECT count(*) FROM chart") == ["1"])
  }

  @Test("a duplicate row is refused, and nothing of the close is stored")
  func duplicateRowUndoesTheClose() throws {
    let file = try StoreFile()
    var draft = SampleBooks.firstDraft
    draft.movements.append(draft.movements[0])
    let error = #expect(throws: StoreError.self) {
      try file.open { writer in _ = try writer.commit([draft]) }
    }
    #expect(error?.code == .writeFailed)
    #expect(try rowCounts(file) == nothing())
  }
}
