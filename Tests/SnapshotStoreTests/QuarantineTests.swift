import LedgerDomain
import SnapshotStore
import Testing

@Suite("Quarantined records in the store")
struct QuarantineTests {
  private static let usd = SampleBooks.loans.pair
  private static let time = "2026-01-07T09:00:00Z"

  private static func record(
    _ number: Int, _ code: FindingCode, _ amountMinor: Int128?
  ) -> QuarantinedRecord {
    var totals = WideTotals()
    (totals.debitMinor, totals.creditMinor) = (amountMinor ?? 0, 1)
    return QuarantinedRecord(
      place: RecordPlace(file: "part-é.ndjson", record: number), code: code,
      entry: number == 1 ? nil : JournalEntryID(LedgerUUID(high: 1, low: UInt64(number))),
      totals: amountMinor == nil ? [] : [CurrencyLayerTotals(pair: usd, totals: totals)])
  }

  private static let records = [
    record(1, .malformedJSON, nil), record(2, .unbalanced, 10),
    record(10, .unbalanced, 3 * Int128(Int64.max)), record(11, .duplicateEntry, 80),
  ]

  /// Five records: a second one that is no JSON is not kept.
  private static func outcome(keepsRecords: Bool = true) -> CloseOutcome {
    var outcome = SampleBooks.outcome
    outcome.counts = (read: 15, accepted: 10, quarantined: 5)
    outcome.findingCounts = [
      FindingCount(code: .malformedJSON, count: 2, kept: 1),
      FindingCount(code: .unbalanced, count: 7, kept: 2),
      FindingCount(code: .duplicateEntry, count: 1, kept: 1),
    ]
    guard keepsRecords else { return outcome }
    outcome.quarantinedRecords = records
    outcome.quarantineCounts = [FindingCode.malformedJSON, .unbalanced, .duplicateEntry].map {
      code in
      let own = records.filter { $0.code == code }
      var sum = own.reduce(into: QuarantineSum()) { $0.add($1) }
      sum.records += code == .malformedJSON ? 1 : 0
      return QuarantineCount(code: code, sum: sum, kept: own.count)
    }
    return outcome
  }

  /// The first date closed with these records.
  private func books(keepsRecords: Bool = true) throws -> StoreFile {
    let file = try StoreFile()
    try file.open { writer in
      try writer.begin()
      try writer.close(
        SampleBooks.firstDraft, after: nil, Self.outcome(keepsRecords: keepsRecords))
      try writer.commit()
    }
    return file
  }

  private func accept(
    _ file: StoreFile, _ scope: QuarantineAcceptance.Scope, isUndo: Bool = false
  ) throws {
    try file.open { writer in
      let state = try #require(try writer.reader.tenantState(SampleBooks.tenant))
      try writer.begin()
      try writer.accept(
        QuarantineAcceptance(
          scope: scope, isUndo: isUndo, name: "Ada", note: "Agreed, \"all\"", acceptedAt: Self.time),
        of: try writer.reader.lastHeader(state), state)
      try writer.commit()
    }
  }

  private func open(_ file: StoreFile, before date: BusinessDate? = nil) throws -> [String] {
    try file.read { reader in
      let state = try #require(try reader.tenantState(SampleBooks.tenant))
      return try reader.openQuarantine(state, before: date).map { open in
        let debit = open.sum.totals[Self.usd]?.debitMinor ?? 0
        return
          "\(open.businessDate) \(open.closeID) \(open.sum.records) \(open.sum.readable) \(debit)"
      }
    }
  }

  @Test("are read as they were written, amounts past 64 bits included")
  func recordsAreReadAsWritten() throws {
    try books().read { reader in
      let quarantine = try reader.quarantine(of: CloseID(1))
      #expect(quarantine.records == Self.records)
      #expect(quarantine.counts == Self.outcome().quarantineCounts)
      #expect(quarantine.isItemised)
      #expect(try reader.quarantine(of: CloseID(1), isWhole: false).records.isEmpty)
    }
  }

  @Test("are open for later dates until somebody accepts them, and again if that is taken back")
  func recordsAreOpenUntilAccepted() throws {
    let file = try books()
    let all = "2026-01-05 1 4 2 \(10 + 3 * Int128(Int64.max))"
    #expect(try open(file) == [all])
    #expect(try open(file, before: SampleBooks.second) == [all])
    #expect(try open(file, before: SampleBooks.first) == [])
    try accept(file, .record(Self.records[2].place))
    #expect(try open(file) == ["2026-01-05 1 3 1 10"])
    try accept(file, .code(.malformedJSON))
    #expect(try open(file) == ["2026-01-05 1 1 1 10"])
    try accept(file, .everything)
    #expect(try open(file) == [])
    try accept(file, .record(Self.records[1].place), isUndo: true)
    #expect(try open(file) == ["2026-01-05 1 1 1 10"])
    try accept(file, .everything, isUndo: true)
    #expect(try open(file) == [all])
    #expect(try file.rows("SELECT acceptance_count FROM chain_head") == ["5"])
  }

  @Test("of a close that another replaced are not open any more")
  func replacedCloseIsNotOpen() throws {
    let file = try books()
    try accept(file, .everything)
    try file.open { writer in
      try writer.begin()
      var again = SampleBooks.firstDraft
      (again.openings, again.replaces) = ([], CloseID(1))
      var outcome = Self.outcome()
      outcome.quarantineCounts.removeFirst()
      outcome.quarantinedRecords.removeFirst()
      try writer.close(again, after: writer.reader.tenantState(SampleBooks.tenant), outcome)
      try writer.commit()
    }
    #expect(try open(file) == ["2026-01-05 2 2 2 \(10 + 3 * Int128(Int64.max))"])
  }

  @Test("of a close of an older version are open by their number")
  func olderCloseIsOpenByCount() throws {
    let file = try books(keepsRecords: false)
    #expect(try open(file) == ["2026-01-05 1 4 0 0"])
    try file.read { reader in
      let quarantine = try reader.quarantine(of: CloseID(1))
      #expect(!quarantine.isItemised)
      // An unbalanced record can have several findings: they are what the other codes leave.
      #expect(quarantine.counts.map(\.sum.records) == [2, 2, 1])
    }
    try accept(file, .code(.unbalanced))
    #expect(try open(file) == ["2026-01-05 1 2 0 0"])
    try accept(file, .everything)
    #expect(try open(file) == [])
  }

  @Test("and decisions about them cannot be changed, removed or added unnoticed")
  func decisionsHaveDigests() throws {
    let file = try books()
    try accept(file, .record(Self.records[1].place))
    try accept(file, .everything)
    let changes = [
      "UPDATE stored_acceptance SET note = 'x' WHERE acceptance_id = 1",
      "UPDATE stored_acceptance SET code = 'unbalanced' WHERE acceptance_id = 2",
      "UPDATE stored_acceptance SET record = 3 WHERE acceptance_id = 1",
      "UPDATE stored_acceptance SET is_undo = 1 WHERE acceptance_id = 2",
      "UPDATE stored_close SET chain_digest = 'x'",
      "DELETE FROM stored_acceptance WHERE acceptance_id = 2",
    ]
    for change in changes {
      let copy = try file.copy()
      try copy.tamper(change)
      try copy.read { reader in
        let state = try #require(try reader.tenantState(SampleBooks.tenant))
        let faults = try reader.acceptanceFaults(state) + reader.structureFaults()
        #expect(!faults.isEmpty, "\(change)")
      }
    }
    try file.read { reader in
      let state = try #require(try reader.tenantState(SampleBooks.tenant))
      #expect(try reader.acceptanceFaults(state) == [])
      #expect(try reader.structureFaults() == [])
    }
  }

  @Test("have no part in the digest of a close that has none, and cannot be added to it")
  func olderDigestsStay() throws {
    let file = try books(keepsRecords: false)
    let digest = try file.read { try $0.recordDigest(of: CloseID(1)) }
    #expect(try file.rows("SELECT record_digest FROM stored_close") == [digest])
    try file.tamper(
      "INSERT INTO stored_quarantine_total VALUES (1, 'unbalanced', 'USD', 'SETTLED', '1', '1')")
    #expect(try file.read { try $0.structureFaults() }.count == 1)
    try file.tamper("INSERT INTO stored_quarantine_count VALUES (1, 'duplicate_entry', 5, 5, 0)")
    #expect(try file.read { try $0.recordDigest(of: CloseID(1)) } != digest)
  }
}
