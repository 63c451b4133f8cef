import LedgerDomain
import Reconciliation
import Testing

@Suite("Stored balances against the journal")
struct LedgerIntegrityCheckTests {
  private static let day = BusinessDate.sample
  private static let before = BusinessDate.sample.advanced(by: -1)

  private let expected: LedgerIntegrityCheck.DatedBalances = [
    day: [
      .sample("1100 USD SETTLED", .of(10, 0)), .sample("1100 USD PENDING", .of(0, 0)),
      .sample("2000 USD SETTLED", .of(0, 10)),
    ],
    before: [.sample("1100 USD SETTLED", .of(5, 0))],
  ]

  /// The comparison with what is stored after a change.
  private func tieOut(
    _ change: (inout LedgerIntegrityCheck.DatedBalances) -> Void = { _ in }
  ) -> TieOut {
    var stored = expected
    change(&stored)
    return LedgerIntegrityCheck.tieOut(expected: expected, stored: stored)
  }

  @Test("equal balances pass in any order")
  func equalBalancesPass() {
    let tieOut = tieOut { $0[Self.day]?.reverse() }
    #expect(tieOut.status == .pass)
    #expect(tieOut.check == .ledgerIntegrity)
    #expect((tieOut.expectedMinor, tieOut.actualMinor) == (0, 0))
    #expect(tieOut.detail.contains("4 balances"))
  }

  @Test("a differing, a missing and an additional row each count their account")
  func differingMissingAndAdditionalBalancesFail() {
    let differing = tieOut { $0[Self.before]?[0].totals.debitMinor += 1 }
    #expect((differing.status, differing.differenceMinor) == (.fail, 1))
    #expect(differing.detail.contains("1100"))
    let missing = tieOut { _ = $0[Self.day]?.removeLast() }
    #expect((missing.status, missing.differenceMinor) == (.fail, 1))
    #expect(missing.detail.contains("2000"))
    let additional = tieOut { $0[Self.day]?.append(.sample("3000 USD SETTLED", .zero)) }
    #expect((additional.status, additional.differenceMinor) == (.fail, 1))
    #expect(additional.detail.contains("3000"))
  }

  @Test("a row stored twice counts, as does a date without its rows or with rows of its own")
  func everyDateIsCompared() {
    #expect(
      tieOut { $0[Self.day, default: []].append($0[Self.day, default: []][0]) }.actualMinor == 1)
    #expect(tieOut { $0[Self.day] = nil }.actualMinor == 2)
    #expect(tieOut { $0[Self.day.advanced(by: 1)] = $0[Self.before] }.actualMinor == 1)
  }

  @Test("account codes are counted, not rows: three rows of one account are one")
  func accountsAreCountedOnce() {
    let tieOut = tieOut { stored in
      stored[Self.day]?[0].totals.creditMinor += 1
      stored[Self.day]?[1].totals.creditMinor += 1
      stored[Self.before] = []
    }
    #expect(tieOut.actualMinor == 1)
  }

  @Test("at most ten accounts are named, in their order")
  func firstTenAccountsAreNamed() {
    let many = (1100...1120).reversed().map { Balance.sample("\($0) USD SETTLED", .of(1, 0)) }
    let tieOut = LedgerIntegrityCheck.tieOut(expected: [Self.day: many], stored: [:])
    #expect(tieOut.actualMinor == 21)
    #expect(tieOut.detail.contains("1100, 1101, 1102"))
    #expect(tieOut.detail.contains("1109"))
    #expect(!tieOut.detail.contains("1110"))
  }

  @Test("nothing expected and nothing stored passes")
  func noBalancesPass() {
    #expect(LedgerIntegrityCheck.tieOut(expected: [:], stored: [:]).status == .pass)
  }
}
