import DailyClose
import DoubleEntryRules
import LedgerDomain
import Testing

@Suite("The tally of a part")
struct PartTallyTests {
  private let entry = SampleEntry("1 DR 1100 USD SETTLED 5", "2 CR 1101 USD SETTLED 5")
  private let pair = BalanceKey.sample("1100 USD SETTLED").pair

  @Test("an accepted entry is counted, registered and without a finding")
  func validEntryIsAccepted() {
    let tally = PartTally.sample()
    entry.show { tally.accept($0, record: 1, byteOffset: 0) }
    #expect((tally.entriesAccepted, tally.recordsQuarantined) == (1, 0))
    #expect(tally.readable == (1, 2))
    #expect(tally.register.count == 1)
    #expect(tally.findings.kept.isEmpty)
    #expect(tally.quarantinedTotals.isEmpty)
  }

  @Test("an entry that breaks a rule is quarantined with its place, and counted as readable")
  func invalidEntryIsQuarantined() {
    let tally = PartTally.sample()
    var broken = entry
    broken.lines[1].amountMinor = 7
    broken.show { tally.accept($0, record: 3, byteOffset: 120) }
    #expect((tally.entriesAccepted, tally.recordsQuarantined) == (0, 1))
    #expect(tally.register.count == 0)
    #expect(tally.readable == (1, 2))
    #expect(tally.quarantinedTotals[pair]?.narrowed == .of(5, 7))
    let finding = tally.findings.kept.first
    #expect(finding?.code == .unbalanced)
    #expect((finding?.file, finding?.record, finding?.byteOffset) == ("part-00000.ndjson", 3, 120))
  }

  @Test("a backdated entry is accepted with its findings")
  func backdatedEntryIsReported() {
    let tally = PartTally.sample()
    var backdated = entry
    backdated.effectiveDate = .sample.advanced(by: -1)
    backdated.show { tally.accept($0, record: 1, byteOffset: 0) }
    #expect(tally.entriesAccepted == 1)
    #expect(tally.findings.kept.map(\.code) == [.backdated])
  }

  @Test("an unreadable record is quarantined; its lines count if they can be read")
  func unreadableRecordIsQuarantined() {
    let tally = PartTally.sample()
    let fault = Finding(.malformedJSON, message: "No JSON.")
    tally.quarantineUnreadable(
      fault, readableLines: nil, fingerprint: 1, byteCount: 10, record: 1, byteOffset: 0)
    entry.lines.withUnsafeBufferPointer {
      tally.quarantineUnreadable(
        fault, readableLines: $0, fingerprint: 2, byteCount: 10, record: 2, byteOffset: 11)
    }
    #expect((tally.entriesAccepted, tally.recordsQuarantined) == (0, 2))
    #expect(tally.readable == (1, 2))
    #expect(tally.quarantinedTotals[pair]?.narrowed == .of(5, 5))
    #expect(tally.findings.kept.map(\.record) == [1, 2])
    #expect(tally.input.recordCount == 2)
  }

  @Test(
    "a duplicate entry is removed with its notes and reported as a duplicate or a conflict",
    arguments: [FindingCode.duplicateEntry, .conflictingDuplicate])
  func duplicateIsRemovedFromTotals(code: FindingCode) throws {
    let tally = PartTally.sample()
    var backdated = entry
    backdated.effectiveDate = .sample.advanced(by: -1)
    for record in 1...2 {
      backdated.show { tally.accept($0, record: record, byteOffset: record * 100) }
    }
    backdated.show { tally.quarantineDuplicate($0, code: code, record: 2, byteOffset: 200) }
    tally.finish()
    #expect((tally.entriesAccepted, tally.recordsQuarantined) == (1, 1))
    #expect(tally.register.count == 0)
    #expect(tally.findings.kept.map(\.code) == [.backdated, code])
    #expect(tally.findings.kept.map(\.record) == [1, 2])
    #expect(tally.findings.kept[1].entry == backdated.id)
    #expect(tally.readable == (2, 4))
    #expect(tally.quarantinedTotals[pair]?.narrowed == .of(5, 5))
    let movements = try DateTally([tally], recordsRead: [2], findingsLimit: 10).movements()
    #expect(movements.map(\.lineCount) == [1, 1])
  }
}

extension PartTally {
  /// The tally of a part of the sample date, with a chart of 1100 to 1103.
  static func sample(
    _ file: String = "part-00000.ndjson", findingsLimit: Int = 1_000,
    memory: EntryChunkPool = .sample, principal: PrincipalTally? = nil
  ) -> PartTally {
    let tenant = TenantID(LedgerUUID(high: 0xA, low: 1))
    let chart = ChartOfAccounts(
      (1100...1103).map {
        Account(code: AccountCode(number: $0), name: "Account", normalSide: .debit)
      })
    return PartTally(
      file: file,
      rules: EntryRules(
        tenant: tenant, date: .sample, seconds: 20_458 * 86_400..<20_459 * 86_400, chart: chart),
      effectiveDateCheck: EffectiveDateCheck(
        businessDate: .sample, firstDate: .sample.advanced(by: -3), lockedThrough: nil),
      findingsLimit: findingsLimit,
      restating: RestatingEntryCollector(.before(.sample), limit: 10), memory: memory,
      principal: principal)
  }
}
