import Foundation
import LedgerDomain
import Reconciliation
import TestSupport
import Testing

@Suite("Bank matching against known truth")
struct KnownTruthTests {
  /// How many seeds; `scripts/campaigns truths N` sets it.
  static let seedCount =
    ProcessInfo.processInfo.environment["TIEOUT_TRUTHS"].flatMap(Int.init) ?? 200
  static let firstSeed =
    ProcessInfo.processInfo.environment["TIEOUT_SEED"].flatMap(UInt64.init) ?? 1

  static var seeds: Range<UInt64> { firstSeed..<(firstSeed &+ UInt64(max(1, seedCount))) }

  private func items(_ books: KnownBooks) -> [BankItem] {
    books.ledger
      + books.entries.enumerated().flatMap { position, entry in
        entry.bankItems(identity: "b\(position)", place: "bank.xml#1/\(position)")
      }
  }

  @Test("no match is wrong, what is determined is found, and what is not is called ambiguous")
  func matchesAreTheTruth() {
    var (determined, found, undetermined) = (0, 0, 0)
    for seed in Self.seeds {
      let books = KnownBooks(seed: seed)
      let result = BankItemMatcher(windowDays: 3).match(items(books))
      let truths = Dictionary(
        books.truths.map { ($0.names, $0.isDetermined) }, uniquingKeysWith: { first, _ in first })
      for match in result.matches {
        let names = Set(match.items.map(KnownBooks.name))
        #expect(truths[names] != nil, "seed \(seed): \(names.sorted()) by \(match.rule)")
        found += truths[names] == true ? 1 : 0
        #expect(isBalanced(match), "seed \(seed)")
      }
      determined += books.truths.count(where: \.isDetermined)
      undetermined += books.truths.count { !$0.isDetermined }
      let unclear = Set(
        books.truths.filter { !$0.isDetermined }.flatMap(\.names))
      for open in result.open where unclear.contains(KnownBooks.name(open.item)) {
        #expect(open.ambiguousGroup != nil, "seed \(seed): \(KnownBooks.name(open.item))")
      }
      for open in result.open where books.lone.contains(KnownBooks.name(open.item)) {
        #expect(open.ambiguousGroup == nil, "seed \(seed): \(KnownBooks.name(open.item))")
      }
      let all = result.matches.flatMap(\.items) + result.open.map(\.item)
      #expect(all.count == items(books).count && Set(all.map(\.key)).count == all.count)
    }
    #expect(found == determined, "\(found) of \(determined)")
    #expect(determined > 20 * Self.seedCount && undetermined > 0)
  }

  private func isBalanced(_ match: BankMatch) -> Bool {
    let sums = [match.ledger, match.bank].map {
      $0.reduce(Int128(0)) { $0 + Int128($1.amountMinor) }
    }
    if match.rule == .cancellation {
      return sums == [0, 0] && (match.ledger.isEmpty || match.bank.isEmpty)
    }
    return sums[0] == sums[1] && !match.ledger.isEmpty && !match.bank.isEmpty
  }

  @Test("neither the order of items nor items of other payments change a match")
  func matchesDependOnTheirItemsOnly() {
    for seed in Self.seeds.prefix(50) {
      let books = KnownBooks(seed: seed)
      let items = items(books)
      let expected = BankItemMatcher(windowDays: 3).match(items)
      var numbers = SeededNumbers(seed: seed)
      #expect(BankItemMatcher(windowDays: 3).match(items.shuffled(using: &numbers)) == expected)
      let unrelated = (0..<10).map { number in
        BankItem(
          side: number % 2 == 0 ? .ledger : .bank, identity: "unrelated \(number)",
          references: [BankReference(.endToEnd, "Z\(number)")],
          amountMinor: AmountMinor(number + 1),
          date: KnownBooks.date(number))
      }
      let more = BankItemMatcher(windowDays: 3).match(items + unrelated)
      #expect(more.matches == expected.matches, "seed \(seed)")
      #expect(
        more.open.filter { !$0.item.identity.hasPrefix("unrelated") } == expected.open,
        "seed \(seed)")
    }
  }
}
