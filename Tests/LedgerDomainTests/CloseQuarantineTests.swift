import LedgerDomain
import Testing

@Suite("Decisions about quarantined records")
struct CloseQuarantineTests {
  private static let usd = CurrencyLayer(
    currency: CurrencyCode("USD") ?? CurrencyCode(packed: 0), layer: .settled)

  /// Three unbalanced records of 10, 20 and 40, one unreadable, and a repetition of 80.
  private let records = [
    record(1, .malformedJSON, nil), record(2, .unbalanced, 10), record(3, .unbalanced, 20),
    record(4, .unbalanced, 40), record(5, .duplicateEntry, 80),
  ]

  private static func record(
    _ number: Int, _ code: FindingCode, _ amountMinor: Int64?
  ) -> QuarantinedRecord {
    var totals = WideTotals()
    totals.add(amountMinor ?? 0, .debit)
    return QuarantinedRecord(
      place: place(number), code: code, entry: nil,
      totals: amountMinor == nil ? [] : [CurrencyLayerTotals(pair: usd, totals: totals)])
  }

  private static func place(_ number: Int) -> RecordPlace {
    RecordPlace(file: "part-00000.ndjson", record: number)
  }

  private func quarantine(
    _ acceptances: QuarantineAcceptance..., kept: Int = 5
  ) -> CloseQuarantine {
    let counts = [FindingCode.malformedJSON, .unbalanced, .duplicateEntry].map { code in
      let own = records.filter { $0.code == code }
      return QuarantineCount(
        code: code, sum: own.reduce(into: QuarantineSum()) { $0.add($1) }, kept: own.count)
    }
    return CloseQuarantine(
      counts: counts, records: Array(records.prefix(kept)), acceptances: acceptances)
  }

  private func decision(
    _ scope: QuarantineAcceptance.Scope, by name: String = "Ada", isUndo: Bool = false
  ) -> QuarantineAcceptance {
    QuarantineAcceptance(
      scope: scope, isUndo: isUndo, name: name, note: "Why", acceptedAt: "2026-01-06T09:00:00Z")
  }

  /// `3 records, 2 readable, 70`
  private func text(_ sum: QuarantineSum) -> String {
    let debit = sum.totals[Self.usd]?.debitMinor ?? 0
    return "\(sum.records) records, \(sum.readable) readable, \(debit)"
  }

  @Test("an undecided record is open, except one that is counted once")
  func undecidedRecordsAreOpen() {
    let quarantine = quarantine()
    #expect(text(quarantine.open) == "4 records, 3 readable, 70")
    #expect(text(quarantine.accepted) == "0 records, 0 readable, 0")
    #expect(text(quarantine.countedOnce) == "1 records, 1 readable, 80")
    #expect(quarantine.acceptance(of: records[1]) == nil)
  }

  @Test("everything, a code or a record can be accepted")
  func scopesAreAccepted() {
    #expect(text(quarantine(decision(.everything)).accepted) == "4 records, 3 readable, 70")
    #expect(text(quarantine(decision(.everything)).open) == "0 records, 0 readable, 0")
    #expect(text(quarantine(decision(.code(.unbalanced))).open) == "1 records, 0 readable, 0")
    #expect(
      text(quarantine(decision(.record(Self.place(3)))).open) == "3 records, 2 readable, 50")
    #expect(
      text(quarantine(decision(.record(Self.place(5)))).open) == "4 records, 3 readable, 70")
  }

  @Test("the first acceptance of a record stands until it is taken back")
  func firstAcceptanceStands() {
    let once = quarantine(
      decision(.record(Self.place(2)), by: "Grace"), decision(.everything))
    #expect(once.acceptance(of: records[1])?.name == "Grace")
    #expect(once.acceptance(of: records[2])?.name == "Ada")
    #expect(once.acceptance(of: records[4]) == nil)
    let twice = once.adding(decision(.record(Self.place(2)), isUndo: true))
      .adding(decision(.code(.unbalanced), by: "Eve"))
    #expect(twice.acceptance(of: records[1])?.name == "Eve")
    #expect(twice.acceptance(of: records[2])?.name == "Ada")
    #expect(text(twice.open) == "0 records, 0 readable, 0")
  }

  @Test("what is taken back is open again: one record, a code, everything")
  func takenBackRecordsAreOpen() {
    let all = quarantine(decision(.everything))
    let one = all.adding(decision(.record(Self.place(4)), isUndo: true))
    #expect(text(one.open) == "1 records, 1 readable, 40")
    #expect(text(one.accepted) == "3 records, 2 readable, 30")
    #expect(text(one.adding(decision(.record(Self.place(4)), isUndo: true)).open) == text(one.open))
    let code = all.adding(decision(.code(.unbalanced), isUndo: true))
    #expect(text(code.open) == "3 records, 3 readable, 70")
    #expect(text(code.adding(decision(.everything, isUndo: true)).open) == text(quarantine().open))
    #expect(
      text(quarantine(decision(.record(Self.place(2)), isUndo: true)).open)
        == text(quarantine().open))
  }

  @Test("the sums need only the records that a decision names")
  func sumsNeedOnlyNamedRecords() {
    let few = quarantine(
      decision(.everything), decision(.record(Self.place(2)), isUndo: true), kept: 2)
    #expect(text(few.open) == "1 records, 1 readable, 10")
    #expect(text(few.accepted) == "3 records, 2 readable, 60")
  }

  @Test("only repetitions that are counted once need no acceptance")
  func repetitionsNeedNoAcceptance() {
    let exempt = FindingCode.allCases.filter { $0.severity == .error && !$0.needsAcceptance }
    #expect(exempt == [.duplicateEntry, .entryAlreadyClosed])
    #expect(!FindingCode.allCases.contains { $0.severity != .error && $0.needsAcceptance })
  }
}
