import LedgerDomain
import Reconciliation
import TestSupport
import Testing

@Suite("Bank matching against known matches")
struct BankItemMatcherTruthTests {
  /// Items of both sides; those with the same number in their identity are the same payment.
  private struct Payments {
    var items: [BankItem] = []
    var numbers: SeededNumbers

    init(count: Int, seed: UInt64) {
      numbers = SeededNumbers(seed: seed)
      for number in 0..<count { add(number) }
    }

    private mutating func add(_ number: Int) {
      let day = Int.random(in: 0..<60, using: &numbers)
      // Few amounts, so that many payments are of the same one.
      let amount = AmountMinor.random(in: 1...4000, using: &numbers) * 25
      let reference = Int.random(in: 0..<10, using: &numbers) < 8 ? "REF-\(number)" : nil
      let lag = Int.random(in: 0...2, using: &numbers)
      let kind = Int.random(in: 0..<20, using: &numbers)
      if kind != 0 {
        items.append(item(.ledger, number, amount, day, reference))
      }
      if kind != 1 {
        items.append(item(.bank, number, amount, day + lag, reference?.lowercased()))
      }
    }

    private func item(
      _ side: BankSide, _ number: Int, _ amount: AmountMinor, _ day: Int, _ reference: String?
    ) -> BankItem {
      BankItem(
        side: side, identity: "\(side.rawValue) \(number)", reference: reference,
        amountMinor: amount, date: BusinessDate.sample.advanced(by: day))
    }
  }

  private func number(_ item: BankItem) -> Substring? { item.identity.split(separator: " ").last }

  @Test(
    "references are never mistaken, and all of them are found", arguments: [1, 2, 3] as [UInt64])
  func referencedItemsAreMatchedCorrectly(seed: UInt64) {
    let items = Payments(count: 3000, seed: seed).items
    let result = BankItemMatcher(windowDays: 3).match(items)
    let byReference = result.matches.filter { $0.rule == .reference }
    #expect(byReference.allSatisfy { number($0.ledger[0]) == number($0.bank[0]) })
    let sides = Dictionary(grouping: items.filter { !$0.references.isEmpty }, by: number)
    #expect(byReference.count == sides.values.count { $0.count == 2 })
    #expect(result.matches.count * 2 + result.open.count == items.count)
  }

  @Test("pairs by amount have no other candidate", arguments: [4, 5, 6] as [UInt64])
  func onlyTrueMatchesAreMade(seed: UInt64) {
    let items = Payments(count: 3000, seed: seed).items
    let result = BankItemMatcher(windowDays: 3).match(items)
    let matched = Set(
      result.matches.filter { $0.rule == .reference }.flatMap(\.items))
    let rest = items.filter { !matched.contains($0) }
    func candidates(_ item: BankItem) -> [BankItem] {
      rest.filter {
        $0.side != item.side && $0.amountMinor == item.amountMinor
          && abs($0.date.days(to: item.date)) <= 3
      }
    }
    var single = 0
    for match in result.matches where match.rule == .amount {
      let (ledger, bank) = (match.ledger[0], match.bank[0])
      let sole = candidates(ledger) == [bank] && candidates(bank) == [ledger]
      #expect(sole || ledger.date == bank.date)
      single += sole ? 1 : 0
    }
    #expect(single > 50)
    for open in result.open {
      #expect((open.ambiguousGroup != nil) == !candidates(open.item).isEmpty)
    }
  }

  @Test("distinct amounts within the window are all found, and none is mistaken")
  func distinctAmountsAllMatch() {
    var numbers = SeededNumbers(seed: 9)
    let items = (0..<5000).flatMap { number -> [BankItem] in
      let lag = Int.random(in: -3...3, using: &numbers)
      return [(BankSide.ledger, 0), (.bank, lag)].map { side, lag in
        BankItem(
          side: side, identity: "\(side.rawValue) \(number)", reference: nil,
          amountMinor: AmountMinor(number + 1),
          date: BusinessDate.sample.advanced(by: number % 90 + lag))
      }
    }
    let result = BankItemMatcher(windowDays: 3).match(items.shuffled(using: &numbers))
    #expect(result.matches.count == 5000)
    #expect(result.matches.allSatisfy { number($0.ledger[0]) == number($0.bank[0]) })
  }

  @Test("shuffled input gives the same result")
  func orderOfItemsIsIrrelevant() {
    var payments = Payments(count: 2000, seed: 10)
    let expected = BankItemMatcher(windowDays: 3).match(payments.items)
    for _ in 0..<5 {
      payments.items.shuffle(using: &payments.numbers)
      #expect(BankItemMatcher(windowDays: 3).match(payments.items) == expected)
    }
  }

  @Test(
    "100,000 items are not matched in quadratic time, whatever is equal",
    .timeLimit(.minutes(20)),
    arguments: ["", "amounts", "amounts and dates", "references", "half the references"])
  func manyEqualItemsFinishQuickly(equal: String) {
    let items = (0..<100_000).map { number in
      BankItem(
        side: number % 2 == 0 ? .ledger : .bank, identity: "\(number)",
        reference: equal.contains("references")
          ? (equal.hasPrefix("half") && number % 4 < 2 ? "other" : "same") : nil,
        secondReference: equal.hasPrefix("half") ? "\(number / 6)" : nil,
        amountMinor: equal.isEmpty ? AmountMinor(number / 2) : 100,
        date: BusinessDate.sample.advanced(by: equal.contains("dates") ? 0 : number % 999))
    }
    let result = BankItemMatcher(windowDays: 3).match(items)
    #expect(result.matches.count * 2 + result.open.count == items.count)
  }

  @Test(
    "one batch, one group or one reversed entry of 30,000 items takes no quadratic time either",
    .timeLimit(.minutes(20)))
  func largeGroupsFinishQuickly() {
    let count = 30_000
    func items(_ make: (Int) -> BankItem) -> BankItemMatcher.Outcome {
      BankItemMatcher(windowDays: 3).match((0..<count).map(make))
    }
    let run = [BankReference(.external, "RUN")]
    let batch = BankBatch(
      identity: "batch", references: run, amountMinor: AmountMinor(count - 1) * 100,
      count: count - 1)
    let whole = items { number in
      BankItem(
        side: number == 0 ? .ledger : .bank, identity: "\(number)", references: run,
        amountMinor: number == 0 ? batch.amountMinor : 100, date: .sample,
        batch: number == 0 ? nil : batch)
    }
    #expect(whole.matches.map(\.rule) == [.reference] && whole.open.isEmpty)
    let group = items { number in
      BankItem(
        side: number == 0 ? .bank : .ledger, identity: "\(number)", references: run,
        amountMinor: number == 0 ? batch.amountMinor : 100, date: .sample)
    }
    #expect(group.matches.map(\.rule) == [.group] && group.open.isEmpty)
    let reversals = items { number in
      BankItem(
        side: .ledger, identity: "\(number)/1", amountMinor: number == 0 ? 100 : -100,
        date: .sample, reverses: number == 0 ? nil : "0")
    }
    #expect(reversals.matches.isEmpty && reversals.open.allSatisfy { $0.ambiguousGroup == 1 })
  }
}
