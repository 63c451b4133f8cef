import LedgerDomain

/// Pairs items of equal amounts whose dates are near each other, where there is no choice.
struct AmountMatcher {
  let windowDays: Int

  /// The pairs that amounts and dates decide, and the sets of items that could be each other's.
  ///
  /// - Parameter undecided: sets that references left undecided. Their items could still be anybody's
  ///   candidate, so they make a set that reaches them ambiguous.
  func match(_ pairing: inout PairingState, undecided: [[Int]]) -> [[Int]] {
    var links = DisjointSets(count: pairing.items.count)
    for set in undecided {
      for index in set.dropFirst() { links.union(set[0], index) }
    }
    let byAmount = pairing.open.map { (amount: pairing.items[$0].amountMinor, index: $0) }
      .sorted { ($0.amount, $0.index) < ($1.amount, $1.index) }
    var start = 0
    while start < byAmount.count {
      let end =
        byAmount[start...].firstIndex { $0.amount != byAmount[start].amount } ?? byAmount.count
      link(byAmount[start..<end].map(\.index), in: pairing, &links)
      start = end
    }
    let blocked = Set(undecided.joined())
    var ambiguous: [[Int]] = []
    for set in links.sets(of: pairing.open) where set.count > 1 {
      if set.contains(where: blocked.contains) || !decide(set, &pairing) { ambiguous.append(set) }
    }
    return ambiguous
  }

  /// Links each item of the ledger with all of the bank's in its window.
  ///
  /// Both sides are in the order of dates, so a window never moves back: the bank's items in it are
  /// linked with their neighbours once, and the ledger's item with the first.
  private func link(_ indices: [Int], in pairing: PairingState, _ links: inout DisjointSets) {
    let (ledger, bank) = pairing.sides(indices)
    var (first, end, linkedUpTo) = (0, 0, 0)
    for index in ledger {
      let date = pairing.items[index].date
      while first < bank.count, pairing.items[bank[first]].date.days(to: date) > windowDays {
        first += 1
      }
      while end < bank.count, date.days(to: pairing.items[bank[end]].date) <= windowDays {
        end += 1
      }
      guard first < end else { continue }
      links.union(index, bank[first])
      linkedUpTo = max(linkedUpTo, first)
      while linkedUpTo + 1 < end {
        links.union(bank[linkedUpTo], bank[linkedUpTo + 1])
        linkedUpTo += 1
      }
    }
  }

  /// Pairs the items of a set if there is one of each side, or one of each side on each date.
  private func decide(_ set: [Int], _ pairing: inout PairingState) -> Bool {
    let runs = set.count == 2 ? [set[...]] : pairing.runsOfOneDate(set)
    let sides = runs.map { pairing.sides($0) }
    guard sides.allSatisfy({ $0.ledger.count == 1 && $0.bank.count == 1 }) else { return false }
    for (ledger, bank) in sides { pairing.pair(ledger: ledger[0], bank: bank[0], .amount) }
    return true
  }
}
