import LedgerDomain
import Reconciliation
import Testing

@Suite("An account compared with the bank")
struct BankReconcilerTests {
  private static let account = BankAccount(
    reference: "operating", statementAccount: "DE02 1203 0000 0000 2020 51",
    account: AccountCode(number: 1100), currency: .sample)
  private static let day = BusinessDate.sample

  private func ledger(_ name: String, _ amount: AmountMinor, _ reference: String? = nil) -> BankItem
  {
    BankItem(
      side: .ledger, identity: name, reference: reference, amountMinor: amount, date: Self.day)
  }

  private func statement(
    _ opening: AmountMinor, _ amounts: [AmountMinor], closing: AmountMinor? = nil,
    identifier: String? = nil, file: String = "bank.xml", number: Int = 1
  ) -> BankStatement {
    let entries = amounts.enumerated().map { position, amount in
      StatementEntry(
        number: position + 1, amountMinor: amount, bookingDate: Self.day,
        references: [BankReference(.accountServicer, "R\(amount)")])
    }
    return BankStatement(
      account: "DE02120300000000202051", currency: .sample, identifier: identifier,
      opening: StatementBalance(amountMinor: opening, date: Self.day),
      closing: StatementBalance(
        amountMinor: closing ?? amounts.reduce(opening, +), date: Self.day),
      entries: entries, file: file, number: number)
  }

  private func reconcile(
    _ closing: AmountMinor, _ statements: [BankStatement], prior: AmountMinor? = nil,
    carried: [OutstandingItem] = [], _ items: [BankItem]
  ) throws -> BankReconciliationResult {
    try BankReconciler(windowDays: 3).reconcile(
      BankReconciliationInput(
        account: Self.account, date: Self.day, ledgerClosingMinor: closing, statements: statements,
        priorStatementClosingMinor: prior, carriedOver: carried, ledgerItems: items))
  }

  @Test("is reconciled if the balances agree and nothing is outstanding")
  func equalBalancesAreReconciled() throws {
    let outcome = try reconcile(
      130, [statement(100, [50, -20])], prior: 100, [ledger("a", 50, "r50"), ledger("b", -20)])
    let result = outcome.reconciliation
    #expect(result.status == .reconciled)
    #expect((result.differenceMinor, result.unexplainedMinor) == (0, 0))
    #expect(result.matchCounts == [.reference: 1, .amount: 1])
    #expect(result.statement.map { [$0.openingMinor, $0.closingMinor] } == [100, 130])
    #expect(outcome.findings.isEmpty)
    #expect((outcome.tieOut.status, outcome.tieOut.scope) == (.pass, "operating"))
    #expect((outcome.tieOut.expectedMinor, outcome.tieOut.actualMinor) == (130, 130))
  }

  @Test("has a signed difference, explained by what is outstanding")
  func outstandingItemsExplainDifference() throws {
    let outcome = try reconcile(
      150, [statement(100, [50, -7])], [ledger("a", 50), ledger("b", 10), ledger("zero", 0)])
    let result = outcome.reconciliation
    #expect(result.status == .unreconciled)
    #expect((result.differenceMinor, result.unexplainedMinor) == (7, -10))
    #expect(result.outstanding.map(\.item.identity) == ["b", "bank.xml#1/2"])
    #expect(result.outstanding.allSatisfy { $0.since == Self.day && $0.ambiguousGroup == nil })
    #expect((outcome.tieOut.status, outcome.tieOut.differenceMinor) == (.fail, 7))
    let explained = try reconcile(
      160, [statement(100, [50, -7])], [ledger("a", 50), ledger("b", 10)])
    #expect(explained.reconciliation.differenceMinor == 17)
    #expect(explained.reconciliation.unexplainedMinor == 0)
  }

  @Test("with equal balances but items outstanding is not reconciled")
  func offsettingItemsAreNotReconciled() throws {
    let outcome = try reconcile(100, [statement(100, [])], [ledger("a", 5), ledger("b", -5)])
    #expect(outcome.reconciliation.status == .unreconciled)
    #expect((outcome.tieOut.status, outcome.tieOut.differenceMinor) == (.fail, 0))
  }

  @Test("without a statement is pending, and its items wait")
  func missingStatementIsPending() throws {
    let outcome = try reconcile(100, [], [ledger("a", 5)])
    #expect(outcome.reconciliation.status == .pending)
    #expect(outcome.reconciliation.statement == nil)
    #expect(outcome.reconciliation.differenceMinor == 0)
    #expect(outcome.reconciliation.outstanding.map(\.item.identity) == ["a"])
    #expect((outcome.tieOut.status, outcome.tieOut.scope) == (.inconclusive, "operating"))
  }

  @Test("carries items over with the date they were first outstanding, until they find their own")
  func carriedOverItemsMatchLater() throws {
    let since = Self.day.advanced(by: -9)
    let old = OutstandingItem(item: ledger("old", 30, "R30"), since: since, ambiguousGroup: nil)
    let other = OutstandingItem(item: ledger("other", 31), since: since, ambiguousGroup: 4)
    let outcome = try reconcile(
      61, [statement(0, [30])], carried: [old, other], [ledger("other", 31)])
    #expect(outcome.matches.map(\.ledger[0].identity) == ["old"])
    let left = outcome.reconciliation.outstanding
    #expect(left == [OutstandingItem(item: other.item, since: since, ambiguousGroup: nil)])
    #expect(left.first?.ageDays(on: Self.day) == 9)
    #expect(outcome.reconciliation.unexplainedMinor == 0)
  }

  @Test("reports each ambiguous group once")
  func ambiguousItemsAreReported() throws {
    let outcome = try reconcile(
      20, [statement(0, [10])], [ledger("a", 10), ledger("b", 10)])
    #expect(outcome.reconciliation.outstanding.map(\.ambiguousGroup) == [1, 1, 1])
    #expect(outcome.findings.map(\.code) == [.bankItemAmbiguous])
    let finding = try #require(outcome.findings.first)
    #expect(finding.account == Self.account.account && finding.currency == .sample)
    #expect(finding.message.contains("2 ledger items and 1 bank item of 0.10"))
  }

  @Test("checks each statement's sum, and its opening against the previous closing")
  func wrongStatementBalancesAreReported() throws {
    let wrongSum = try reconcile(12, [statement(0, [10], closing: 12)], [ledger("a", 10)])
    #expect(wrongSum.findings.map(\.code) == [.statementSumMismatch])
    #expect(wrongSum.findings[0].message.contains("0.02"))
    let gap = try reconcile(11, [statement(1, [10])], prior: 0, [ledger("a", 10)])
    #expect(gap.findings.map(\.code) == [.statementOpeningMismatch])
    #expect(gap.findings[0].file == "bank.xml")
  }

  @Test("orders several statements of a date")
  func statementsAreChainedByBalance() throws {
    let parts = [
      statement(0, [10], identifier: "1", file: "c.xml"),
      statement(10, [20], identifier: "2", file: "a.xml"),
      statement(30, [], identifier: "3", file: "b.xml"),
    ]
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
      let outcome = try reconcile(
        30, order.map { parts[$0] }, prior: 0, [ledger("a", 10), ledger("b", 20)])
      #expect(outcome.findings.isEmpty)
      #expect(
        outcome.reconciliation.statement.map { [$0.openingMinor, $0.closingMinor] } == [0, 30])
      #expect(outcome.reconciliation.status == .reconciled)
    }
    let missing = try reconcile(40, [parts[0], statement(30, [10], identifier: "4")], [])
    #expect(missing.findings.map(\.code) == [.statementOpeningMismatch])
  }

  @Test("counts a statement once if delivered twice, and ignores contradictory statements")
  func repeatedStatementCountsOnce() throws {
    let first = statement(0, [10], identifier: "1", file: "a.xml")
    let again = statement(0, [10], identifier: "1", file: "b.xml")
    let outcome = try reconcile(10, [first, again], [ledger("a", 10)])
    #expect(outcome.reconciliation.status == .reconciled)
    #expect(outcome.findings.map(\.code) == [.statementMalformed])
    let other = statement(0, [11], identifier: "1", file: "b.xml")
    let contradicted = try reconcile(10, [first, other], [ledger("a", 10)])
    #expect(contradicted.reconciliation.status == .pending)
    #expect(contradicted.findings.map(\.code) == [.statementMalformed])
  }

  @Test("stops with an error if a figure passes 64 bits")
  func overflowIsAnError() throws {
    let error = #expect(throws: BankReconciliationError.self) {
      try reconcile(.max, [statement(-10, [])], [])
    }
    #expect(error?.code == .amountOverflow && error?.account == "operating")
    let wide = statement(.max, [1], closing: 0)
    #expect(try reconcile(0, [wide], []).findings.map(\.code) == [.statementSumMismatch])
  }

  @Test("gets its statements by currency and account, however the account is written")
  func statementsAreAssignedToAccounts() throws {
    let own = statement(0, [])
    let foreign = BankStatement(
      account: "GB00", currency: .sample, identifier: nil, opening: own.opening,
      closing: own.closing, entries: [], file: "x.xml", number: 2)
    let (statements, findings) = AccountStatements.assign([own, foreign], to: [Self.account])
    #expect(statements == [Self.account: [own]])
    #expect(findings.map(\.code) == [.statementUnknownAccount])
    #expect(
      findings.first?.message.hasPrefix("x.xml: statement 2 is for the account 'GB00'") == true)
  }
}
