import DailyClose
import LedgerDomain
import TestSupport
import Testing

@Suite("The sum of movements")
struct MovementAccumulatorTests {
  @Test("are what a dictionary gives, after additions, removals and merges", arguments: 1...20)
  func agreesWithSimpleModel(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    var model = MovementModel()
    var sum = MovementAccumulator()
    var other = MovementAccumulator()
    // From a few days, which share their sums, to many, on both sides of 1970, which outgrow the table.
    let reach = [2, 400, 25_000].randomElement(using: &numbers) ?? 2
    var added: [SampleEntry] = []
    for number in 0..<600 {
      let entry = SampleEntry.random(days: -reach...reach, &numbers)
      model.add(entry)
      if number % 3 == 0 {
        entry.show { other.add($0) }
      } else {
        entry.show { sum.add($0) }
        added.append(entry)
      }
      if number % 5 == 0, let removed = added.popLast() {
        model.remove(removed)
        removed.show { sum.remove($0) }
      }
    }
    sum.merge(other)
    #expect(try sum.movements() == model.movements, "seed \(seed)")
  }

  @Test("keep day numbers apart, be they negative, zero or far away")
  func extremeDatesSortCorrectly() throws {
    let days: [Int32] = [-719_162, -1, 0, 1, 20_458, 2_932_896]
    var sum = MovementAccumulator()
    for (index, day) in days.enumerated().reversed() {
      var entry = SampleEntry("1 DR 1100 USD SETTLED \(index)", "2 CR 1100 USD SETTLED 7")
      entry.effectiveDate = BusinessDate(dayNumber: day)
      entry.show { sum.add($0) }
    }
    let movements = try sum.movements()
    #expect(movements.map(\.effectiveDate.dayNumber) == days)
    #expect(movements.map(\.totals.debitMinor) == [0, 1, 2, 3, 4, 5])
    #expect(movements.allSatisfy { $0.totals.creditMinor == 7 && $0.lineCount == 2 })
  }

  @Test("hold a key that only zeros were posted to, and none that was taken out again")
  func zeroAmountsStillMakeMovements() throws {
    let zero = SampleEntry("1 DR 1100 USD SETTLED 0", "2 CR 1100 USD PENDING 0")
    let gone = SampleEntry("1 DR 1200 USD SETTLED 5", "2 CR 1200 USD SETTLED 5")
    var sum = MovementAccumulator()
    zero.show { sum.add($0) }
    gone.show { sum.add($0) }
    gone.show { sum.remove($0) }
    #expect(try sum.movements().map(\.key.description) == ["1100 USD PENDING", "1100 USD SETTLED"])
    #expect(try MovementAccumulator().movements().isEmpty)
  }

  @Test("a sum past 2^63 − 1 is an error that names key and date", arguments: ["DR", "CR"])
  func overflowNamesKeyAndDate(direction: String) {
    var sum = MovementAccumulator()
    for amountMinor in [Int64.max, 1] {
      let entry = SampleEntry("1 \(direction) 1100 USD SETTLED \(amountMinor)")
      entry.show { sum.add($0) }
    }
    let expected = BalanceOverflow(key: .sample("1100 USD SETTLED"), date: .sample)
    #expect(throws: expected) { try sum.movements() }
    #expect(expected.description.contains("1100 USD SETTLED as of 2026-01-05"))
    #expect(expected.description.contains("2^63 − 1"))
  }

  @Test("a sum that returns below the limit is not an overflow")
  func intermediateSumsDoNotOverflow() throws {
    let most = SampleEntry("1 DR 1100 USD SETTLED \(Int64.max)")
    var sum = MovementAccumulator()
    var other = MovementAccumulator()
    most.show { sum.add($0) }
    most.show { other.add($0) }
    sum.merge(other)
    most.show { sum.remove($0) }
    #expect(try sum.movements().map(\.totals) == [.of(.max, 0)])
  }
}
