import DailyClose
import LedgerDomain
import TestSupport
import Testing

@Suite("The rollforward")
struct RollforwardBuilderTests {
  private let key = BalanceKey.sample("1100 USD SETTLED")
  private let other = BalanceKey.sample("2000 USD SETTLED")

  private func movement(
    _ key: BalanceKey, _ offset: Int, _ totals: DebitCreditTotals
  ) -> Movement {
    Movement(key: key, effectiveDate: .sample.advanced(by: offset), totals: totals, lineCount: 1)
  }

  @Test("opening, backdated and movement are kept apart and add up to the closing")
  func movementsGoToTheirColumns() throws {
    let rows = try RollforwardBuilder.rows(
      date: .sample, opening: [Balance(key: key, totals: .of(100, 40))],
      movements: [
        movement(key, -2, .of(1, 0)), movement(key, -1, .of(2, 5)), movement(key, 0, .of(10, 0)),
        movement(key, 1, .of(900, 900)),
      ], nowEffective: [movement(key, 0, .of(0, 7))])
    #expect(
      rows == [
        RollforwardRow(
          key: key, opening: .of(100, 40), backdated: .of(3, 5), movement: .of(10, 7),
          closing: .of(113, 52))
      ])
  }

  @Test("a key without activity keeps its row; a future-dated one has none yet")
  func additionalKeysGetRows() throws {
    let rows = try RollforwardBuilder.rows(
      date: .sample, opening: [Balance(key: other, totals: .of(5, 5))],
      movements: [movement(key, 1, .of(1, 1))], nowEffective: [])
    #expect(rows.map(\.key) == [other])
    #expect(rows.map(\.closing) == [.of(5, 5)])
  }

  @Test("a closing past 2^63 − 1 fails with its key and date")
  func overflowIsAnError() {
    let most = Balance(key: key, totals: .of(0, .max))
    for (movements, nowEffective) in [
      ([movement(key, 0, .of(0, 1))], []), ([movement(key, -1, .of(0, 1))], []),
      ([], [movement(key, 0, .of(0, 1))]),
    ] as [([Movement], [Movement])] {
      #expect(throws: BalanceOverflow(key: key, date: .sample)) {
        try RollforwardBuilder.rows(
          date: .sample, opening: [most], movements: movements, nowEffective: nowEffective)
      }
    }
  }

  @Test("of several overflows the first key's is reported")
  func firstOverflowByKeyIsReported() {
    let keys = (1100...1160).map { BalanceKey.sample("\($0) USD SETTLED") }
    #expect(throws: BalanceOverflow(key: keys[0], date: .sample)) {
      try RollforwardBuilder.rows(
        date: .sample, opening: keys.reversed().map { Balance(key: $0, totals: .of(.max, 0)) },
        movements: keys.map { movement($0, 0, .of(1, 0)) }, nowEffective: [])
    }
  }

  @Test("every row agrees with books that keep every movement", arguments: 1...200)
  func agreesWithSimpleModel(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let run = RandomBooks(&numbers)
    var model = BooksModel(firstDate: .sample, openings: run.openings)
    var books = ClosedBooks()
    for (offset, movements) in run.days.enumerated() {
      let date = BusinessDate.sample.advanced(by: offset)
      let before = model.balances(date.advanced(by: -1))
      let ahead = BooksModel.sums(model.movements) { $0 == date }
      let written = try books.close(date, openings: run.openings, movements: movements)
      model.close(movements)
      let closing = model.balances(date)
      let backdated = BooksModel.sums(movements) { $0 < date }
      let posted = BooksModel.sums(movements) { $0 == date }
      let expected = closing.keys.sorted().map { key in
        RollforwardRow(
          key: key, opening: before[key] ?? .zero, backdated: backdated[key] ?? .zero,
          movement: (posted[key] ?? .zero).adding(ahead[key] ?? .zero) ?? .zero,
          closing: closing[key] ?? .zero)
      }
      #expect(written.rows == expected, "seed \(seed), \(date)")
    }
  }
}
