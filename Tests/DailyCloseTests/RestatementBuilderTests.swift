import DailyClose
import LedgerDomain
import TestSupport
import Testing

@Suite("Restatements")
struct RestatementBuilderTests {
  private let key = BalanceKey.sample("1100 USD SETTLED")

  private func day(_ offset: Int) -> BusinessDate { .sample.advanced(by: offset) }

  private func movement(_ offset: Int, _ totals: DebitCreditTotals) -> Movement {
    Movement(key: key, effectiveDate: day(offset), totals: totals, lineCount: 1)
  }

  /// Restatements of a close of day 4, whose first date is day 0.
  private func plan(
    _ movements: [Movement], current: [Int: DebitCreditTotals]
  ) throws -> [Restatement] {
    try RestatementBuilder.restatements(
      firstDate: day(0), lastDate: day(3), changes: movements
    ) {
      _, date in current[BusinessDate.sample.days(to: date)]
    }
  }

  @Test("a backdated movement changes every date from its own to the day before")
  func restatesThroughLastClosedDate() throws {
    let current = [0: 10, 1: 10, 2: 20, 3: 20].mapValues { DebitCreditTotals.of($0, 0) }
    let plan = try plan([movement(2, .of(0, 5))], current: current)
    #expect(
      plan == [
        Restatement(key: key, asOfDate: day(2), before: .of(20, 0), after: .of(20, 5)),
        Restatement(key: key, asOfDate: day(3), before: .of(20, 0), after: .of(20, 5)),
      ])
  }

  @Test("a key that had no balance gets one, even of zero, and one of zero movement changes none")
  func newKeyGetsBalanceOnEveryDate() throws {
    let zero = movement(3, .zero)
    #expect(
      try plan([zero], current: [:]) == [
        Restatement(key: key, asOfDate: day(3), before: .zero, after: .zero)
      ])
    #expect(try plan([zero], current: [3: .of(1, 1)]).isEmpty)
  }

  @Test("what is effective before the first date counts from it on; the date itself and later, not")
  func movementsOutsideClosedDatesRestateNothing() throws {
    let current = [0: 1, 1: 1, 2: 1, 3: 1].mapValues { DebitCreditTotals.of($0, 0) }
    let early = try plan([movement(-9, .of(1, 0))], current: current)
    #expect(early.map(\.asOfDate) == (0...3).map(day))
    #expect(early.allSatisfy { $0.after == .of(2, 0) })
    #expect(try plan([movement(4, .of(1, 0)), movement(5, .of(1, 0))], current: current).isEmpty)
  }

  @Test("a sum past 2^63 − 1 fails with the key and the first date it is reached on")
  func overflowIsAnError() {
    let current = [2: .of(5, 5), 3: .of(.max, 5)] as [Int: DebitCreditTotals]
    #expect(throws: BalanceOverflow(key: key, date: day(3))) {
      try plan([movement(2, .of(1, 0))], current: current)
    }
    #expect(throws: BalanceOverflow(key: key, date: day(1))) {
      try plan([movement(0, .of(.max, 0)), movement(1, .of(1, 0))], current: [:])
    }
  }

  @Test("every date agrees with books that keep every movement", arguments: 1...200)
  func agreesWithSimpleModel(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let run = RandomBooks(&numbers)
    var model = BooksModel(firstDate: .sample, openings: run.openings)
    var books = ClosedBooks()
    for (offset, movements) in run.days.enumerated() {
      let before = (0..<offset).map { model.balances(day($0)) }
      let written = try books.close(day(offset), openings: run.openings, movements: movements)
      model.close(movements)
      for earlier in 0...offset {
        #expect(books.current[day(earlier)] == model.balances(day(earlier)), "seed \(seed)")
      }
      check(written.restatements, before: before, model, seed: seed)
    }
  }

  /// Each restatement says what stood before and stands now, and there is none without a change.
  private func check(
    _ restatements: [Restatement], before: [[BalanceKey: DebitCreditTotals]], _ model: BooksModel,
    seed: UInt64
  ) {
    let order = restatements.map { ($0.key, $0.asOfDate) }
    #expect(zip(order, order.dropFirst()).allSatisfy { $0 < $1 }, "seed \(seed)")
    for restatement in restatements {
      let old = before[BusinessDate.sample.days(to: restatement.asOfDate)][restatement.key]
      let new = model.balances(restatement.asOfDate)[restatement.key]
      #expect(restatement.before == old ?? .zero, "seed \(seed)")
      #expect(restatement.after == new, "seed \(seed)")
      #expect(old == nil || old != new, "seed \(seed)")
    }
  }
}
