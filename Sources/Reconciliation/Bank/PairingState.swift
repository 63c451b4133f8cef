import LedgerDomain

/// The items of a matching run in a fixed order, and the pairs made so far.
struct PairingState {
  /// A match to be: positions in `items`.
  private struct Pair {
    let ledger: Int
    let bank: Int
    let rule: BankMatchRule
  }

  /// All items in the order of date, side, identity and the rest.
  let items: [BankItem]
  private var pairs: [Pair] = []
  private var isPaired: [Bool]

  init(_ items: [BankItem]) {
    self.items = items.sorted(by: BankItem.precedes)
    isPaired = Array(repeating: false, count: items.count)
  }

  /// The items that are not paired yet, in order.
  var open: [Int] { items.indices.filter { !isPaired[$0] } }

  func isOpen(_ index: Int) -> Bool { !isPaired[index] }

  func isLedger(_ index: Int) -> Bool { items[index].side == .ledger }

  /// The items of each side, in order.
  func sides(_ indices: some Sequence<Int>) -> (ledger: [Int], bank: [Int]) {
    var sides: (ledger: [Int], bank: [Int]) = ([], [])
    for index in indices {
      if isLedger(index) { sides.ledger.append(index) } else { sides.bank.append(index) }
    }
    return sides
  }

  /// Makes two open items of different sides a match.
  mutating func pair(ledger: Int, bank: Int, _ rule: BankMatchRule) {
    pairs.append(Pair(ledger: ledger, bank: bank, rule: rule))
    isPaired[ledger] = true
    isPaired[bank] = true
  }

  /// Cuts items in order into runs of one date.
  func runsOfOneDate(_ indices: [Int]) -> [ArraySlice<Int>] {
    var runs: [ArraySlice<Int>] = []
    var start = 0
    for end in 1...max(1, indices.count)
    where end == indices.count || items[indices[end]].date != items[indices[start]].date {
      if start < indices.count { runs.append(indices[start..<end]) }
      start = end
    }
    return runs
  }

  func outcome(ambiguous: [[Int]]) -> BankItemMatcher.Outcome {
    let ordered = pairs.sorted { min($0.ledger, $0.bank) < min($1.ledger, $1.bank) }
    var groups: [Int: Int] = [:]
    for (number, group) in ambiguous.sorted(by: { ($0.first ?? 0) < ($1.first ?? 0) }).enumerated()
    {
      for index in group { groups[index] = number + 1 }
    }
    return BankItemMatcher.Outcome(
      matches: ordered.map {
        BankMatch(ledger: [items[$0.ledger]], bank: [items[$0.bank]], rule: $0.rule)
      },
      open: open.map {
        BankItemMatcher.OpenItem(item: items[$0], ambiguousGroup: groups[$0])
      })
  }
}

extension BankItem {
  /// Orders items by date, side and identity; those equal in these by the rest.
  static func precedes(_ left: BankItem, _ right: BankItem) -> Bool {
    if left.date != right.date { return left.date < right.date }
    if left.side != right.side { return left.side == .ledger }
    if left.identity != right.identity { return left.identity < right.identity }
    if left.amountMinor != right.amountMinor { return left.amountMinor < right.amountMinor }
    return left.references.lexicographicallyPrecedes(right.references) {
      ($0.kind.rawValue, $0.value) < ($1.kind.rawValue, $1.value)
    }
  }
}
