import LedgerDomain
import Reconciliation
import Testing

@Suite("An account compared with the bank over a span of dates")
struct BankAccountReconcilerTests {
  private let reconciler = BankAccountReconciler(account: .sample, windowDays: 3)

  private func line(
    _ name: String, _ day: Int, _ amount: AmountMinor, _ reference: String? = nil
  ) -> BankItem {
    BankItem(
      side: .ledger, identity: name, reference: reference, amountMinor: amount,
      date: KnownBooks.date(day))
  }

  /// Ledger days from day 0 on, whose balances follow from the items.
  private func days(_ items: [[BankItem]], opening: AmountMinor = 100) -> [BankLedgerDay] {
    items.enumerated().map { day, items_ in
      let known = items.prefix(day + 1).joined().filter { $0.date <= KnownBooks.date(day) }
      return BankLedgerDay(
        date: KnownBooks.date(day), closingMinor: known.reduce(opening) { $0 + $1.amountMinor },
        items: items_)
    }
  }

  private func reconcile(
    _ days: [BankLedgerDay], _ statements: [SampleStatement],
    from state: BankAccountState = BankAccountState(), settlements: [BankSettlement] = [],
    asOf: Int? = nil
  ) throws -> [BankDayResult] {
    try reconciler.reconcile(
      days, from: state, statements: StatementSeries(statements), settlements: settlements,
      asOf: KnownBooks.date(asOf ?? days.count - 1))
  }

  private func statuses(_ results: [BankDayResult]) -> [BankStatus] {
    results.map(\.reconciliation.status)
  }

  @Test("is reconciled where balances agree and nothing is outstanding")
  func matchingDatesAreReconciled() throws {
    let results = try reconcile(
      days([[line("a", 0, 30, "a")], [line("b", 1, -7, "b"), line("c", 1, 9, "c")]]),
      [
        SampleStatement(opening: 100, entries: ["30 a"]),
        SampleStatement(day: 1, opening: 130, entries: ["-7 b"], file: "b.xml"),
      ])
    #expect(statuses(results) == [.reconciled, .unreconciled])
    #expect(results.map(\.tieOut.status) == [.pass, .fail])
    #expect(results[0].reconciliation.matches.map(\.rule) == [.reference])
    #expect(results[0].reconciliation.matchCounts == [.reference: 1])
    let second = results[1].reconciliation
    #expect(second.outstanding.map(\.item.identity) == ["c"])
    #expect((second.differenceMinor, second.unexplainedMinor) == (9, 0))
    #expect((results[1].tieOut.expectedMinor, results[1].tieOut.actualMinor) == (123, 132))
    #expect(results[1].state.outstanding == second.outstanding)
  }

  @Test("without a statement is pending, and a break once the banking days have passed")
  func missingStatementsBecomeOverdue() throws {
    // 2026-01-05 is a Monday.
    let monday = try reconcile(days([[line("a", 0, 30)]]), [], asOf: 3)
    #expect(statuses(monday) == [.pending])
    #expect(monday[0].tieOut.status == .inconclusive)
    #expect(monday[0].reconciliation.outstanding.map(\.item.identity) == ["a"])
    let overdue = try reconcile(days([[line("a", 0, 30)]]), [], asOf: 4)
    #expect(statuses(overdue) == [.pending])
    #expect(overdue[0].tieOut.status == .fail)
    #expect(overdue[0].tieOut.detail.contains("3 banking days have passed"))
    let calendar = BankingCalendar(holidays: [KnownBooks.date(2)])
    let patient = BankAccountReconciler(account: .sample, windowDays: 3, calendar: calendar)
    let results = try patient.reconcile(
      days([[]]), from: BankAccountState(), statements: StatementSeries(), asOf: KnownBooks.date(4))
    #expect(results[0].tieOut.status == .inconclusive)
  }

  @Test("a statement of several days settles them all at its closing date")
  func laterStatementsSettleEarlierDates() throws {
    let ledger = days([
      [line("a", 0, 30, "a")], [line("b", 1, 5, "b")], [line("c", 2, 6, "c")], [],
    ])
    let friday = SampleStatement(opening: 100, entries: ["30 a"])
    let monday = SampleStatement(
      day: 2, opening: 130, entries: ["5 b@-1", "6 c"], file: "b.xml")
    let results = try reconcile(ledger, [friday, monday])
    #expect(statuses(results) == [.reconciled, .reconciled, .reconciled, .pending])
    #expect(results.map(\.reconciliation.settledOn) == [nil, KnownBooks.date(2), nil, nil])
    #expect(results[1].reconciliation.ledgerClosingMinor == 135)
    #expect(results[1].tieOut.status == .pass)
    #expect(results[2].reconciliation.matches.count == 2)
    var wrong = monday
    wrong.closing = 150
    let broken = try reconcile(ledger, [friday, wrong])
    #expect(statuses(broken) == [.reconciled, .unreconciled, .unreconciled, .pending])
    #expect(broken.map(\.tieOut.status) == [.pass, .fail, .fail, .inconclusive])
    #expect(broken[1].tieOut.differenceMinor == -9)
    #expect(broken[2].tieOut.detail.contains("9"))
    // After a gap, a statement settles its own date only.
    var gap = monday
    (gap.opening, gap.closing) = (131, nil)
    let afterGap = try reconcile(ledger, [friday, gap])
    #expect(statuses(afterGap) == [.reconciled, .pending, .unreconciled, .pending])
  }

  @Test("a statement that proves nothing cannot reconcile, even if the balances agree")
  func unprovenStatementsAreBreaks() throws {
    let results = try reconcile(
      days([[line("a", 0, 30, "a")]]),
      [SampleStatement(opening: 99, entries: ["30 a"], closing: 130)])
    #expect(statuses(results) == [.unreconciled])
    #expect(results[0].reconciliation.differenceMinor == 0)
    #expect(results[0].findings.map(\.code) == [.statementSumMismatch])
    #expect(results[0].tieOut.detail.contains("0.01"))
  }

  @Test("lines that become effective later count from that date on")
  func futureDatedLinesWait() throws {
    let ledger = days([[line("a", 1, 30, "a")], [], []])
    let results = try reconcile(
      ledger,
      [
        SampleStatement(opening: 100), SampleStatement(day: 1, opening: 100, file: "b.xml"),
        SampleStatement(day: 2, opening: 100, entries: ["30 a"], file: "c.xml"),
      ])
    #expect(statuses(results) == [.reconciled, .unreconciled, .reconciled])
    #expect(results[0].state.outstanding.map(\.since) == [KnownBooks.date(1)])
    #expect(results[1].reconciliation.outstanding.map { $0.ageDays(on: results[1].date) } == [0])
  }

  @Test("what was outstanding before the first close clears")
  func openingItemsClear() throws {
    let cheque = BankItem(
      side: .ledger, identity: "opening/1", references: [BankReference(.external, "000417")],
      amountMinor: -40, date: KnownBooks.date(-60))
    let state = BankAccountState(
      outstanding: [
        OutstandingItem(item: cheque, since: KnownBooks.date(-60), ambiguousGroup: nil)
      ])
    var statement = SampleStatement(opening: 140, entries: ["-40 417"])
    let results = try reconcile(days([[]], opening: 100), [statement], from: state)
    #expect(statuses(results) == [.unreconciled])
    statement.entries = ["-40 000417"]
    let cleared = try reconcile(days([[]], opening: 100), [statement], from: state)
    #expect(statuses(cleared) == [.reconciled])
  }

  @Test("what the bank booked before the first close is in the opening balances")
  func entriesBeforeFirstCloseDoNotCount() throws {
    let statement = SampleStatement(
      day: 1, opening: 60, entries: ["40 old@-3", "30 a"], openingDay: -4)
    let ledger = days([[], [line("a", 1, 30, "a")]])
    let results = try BankAccountReconciler(
      account: .sample, windowDays: 3, firstClose: KnownBooks.date(0)
    ).reconcile(
      ledger, from: BankAccountState(), statements: StatementSeries([statement]),
      asOf: KnownBooks.date(1))
    #expect(statuses(results) == [.reconciled, .reconciled])
    #expect(statuses(try reconcile(ledger, [statement])) == [.unreconciled, .unreconciled])
  }

  @Test("the order in which a date brings its lines is irrelevant")
  func orderOfLinesIsIrrelevant() throws {
    let lines = [line("b", 0, 30), line("a", 0, 30), line("c", 1, 4), line("d", -1, 4)]
    let expected = try reconcile(days([lines]), [])
    #expect(try reconcile(days([lines.reversed()]), []) == expected)
    #expect(expected[0].reconciliation.outstanding.map(\.item.identity) == ["d", "a", "b"])
  }

  @Test("a settlement counts from its date on, and what it leaves is written off")
  func settlementsCountFromTheirDate() throws {
    let ledger = days([[line("a", 0, 30, "a"), line("b", 0, 12, "b")], [], []])
    let statements = [
      SampleStatement(opening: 100, entries: ["28 x"]),
      SampleStatement(day: 1, opening: 128, file: "b.xml"),
      SampleStatement(day: 2, opening: 128, file: "c.xml"),
    ]
    let bank = StatementSeries(statements).days[0].items[0].key
    let settlements = [
      BankSettlement(
        number: 7, date: KnownBooks.date(1),
        items: [BankItemKey(side: .ledger, identity: "a"), bank]),
      BankSettlement(
        number: 8, date: KnownBooks.date(2), items: [BankItemKey(side: .ledger, identity: "b")]),
    ]
    let results = try reconcile(ledger, statements, settlements: settlements)
    #expect(statuses(results) == [.unreconciled, .unreconciled, .reconciled])
    #expect(results.map(\.reconciliation.writtenOffMinor) == [0, 2, 14])
    #expect(results.map(\.settlements) == [[], [7], [8]])
    #expect(results.map(\.reconciliation.differenceMinor) == [14, 14, 14])
    #expect(results.allSatisfy { $0.reconciliation.unexplainedMinor == 0 })
    #expect(results[1].reconciliation.matches.map(\.rule) == [.settlement])
    #expect(results[2].tieOut.status == .pass && results[2].tieOut.detail.contains("0.14"))
    let tail = try reconciler.reconcile(
      [ledger[2]], from: results[1].state, statements: StatementSeries(statements),
      settlements: settlements, asOf: KnownBooks.date(2))
    #expect(tail == [results[2]])
  }

  @Test("a settlement of what is not open changes nothing, and a finding says so once")
  func unusedSettlementsAreReported() throws {
    let ledger = days([[line("a", 0, 30, "a")], []])
    let statements = [
      SampleStatement(opening: 100, entries: ["30 a"]),
      SampleStatement(day: 1, opening: 130, file: "b.xml"),
    ]
    let late = BankSettlement(
      number: 1, date: KnownBooks.date(1), items: [BankItemKey(side: .ledger, identity: "a")])
    let results = try reconcile(ledger, statements, settlements: [late])
    #expect(statuses(results) == [.reconciled, .reconciled])
    #expect(results.map { $0.findings.map(\.code) } == [[], [.bankSettlementUnused]])
  }

  @Test("stops with an error if a figure passes 64 bits")
  func overflowIsAnError() throws {
    let error = #expect(throws: BankReconciliationError.self) {
      try reconcile(
        [BankLedgerDay(date: KnownBooks.date(0), closingMinor: .max, items: [])],
        [SampleStatement(opening: -10)])
    }
    #expect(error?.code == .amountOverflow && error?.account == "operating")
  }
}
