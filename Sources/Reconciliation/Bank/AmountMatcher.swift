import LedgerDomain

/// Pairs nodes of equal amounts whose dates are near each other, where there is no choice.
struct AmountMatcher {
  let windowDays: Int
  /// Nodes that cannot be paired, as their references are those of other nodes.
  let excluded: Set<Int>

  /// Makes the pairs that amounts and dates decide.
  ///
  /// - Parameter undecided: sets of items that references left undecided. They could still be anybody's
  ///   candidate, so they make a set that reaches them ambiguous.
  /// - Returns: the sets of items that could be each other's.
  func match(_ state: inout MatchingState, undecided: [[Int]]) -> [[Int]] {
    var links = DisjointSets(count: state.nodes.count)
    for set in undecided {
      for item in set.dropFirst() { links.union(set[0], item) }
    }
    let nodes = state.nodes.filter {
      state.isOpen($0) && state.amountMinor($0) != 0 && !excluded.contains($0)
    }
    link(nodes, state, &links)
    let batches = nodes.filter { state.isBatch($0) && links.count(of: $0) > 1 }
    for batch in batches {
      for member in state.members(batch) { links.union(batch, member) }
    }
    let blocked = Set(undecided.joined())
    let linked = (nodes.filter { !state.isBatch($0) } + batches + blocked.subtracting(nodes))
      .sorted(by: state.isBefore)
    var ambiguous: [[Int]] = []
    for set in links.sets(of: linked) where set.count > 1 {
      if set.contains(where: blocked.contains) || !decide(set, &state) {
        ambiguous.append(set.filter { !state.isBatch($0) })
      }
    }
    return ambiguous
  }

  /// Links what has the same amount and dates within the window.
  private func link(_ nodes: [Int], _ state: MatchingState, _ links: inout DisjointSets) {
    let byAmount = nodes.map { (amount: state.amountMinor($0), first: state.first($0), node: $0) }
      .sorted { ($0.amount, $0.first, $0.node) < ($1.amount, $1.first, $1.node) }
    var start = 0
    while start < byAmount.count {
      let end =
        byAmount[start...].firstIndex { $0.amount != byAmount[start].amount } ?? byAmount.count
      link(sides: state.sides(byAmount[start..<end].map(\.node)), state, &links)
      start = end
    }
  }

  /// Links each item of the ledger with all of the bank's in its window.
  ///
  /// Both sides are in the order of dates, so a window never moves back: the bank's items in it are
  /// linked with their neighbours once, and the ledger's item with the first.
  private func link(
    sides: (ledger: [Int], bank: [Int]), _ state: MatchingState, _ links: inout DisjointSets
  ) {
    let (ledger, bank) = sides
    var (first, end, linkedUpTo) = (0, 0, 0)
    for node in ledger {
      let date = state.date(node)
      while first < bank.count, state.date(bank[first]).days(to: date) > windowDays { first += 1 }
      while end < bank.count, date.days(to: state.date(bank[end])) <= windowDays { end += 1 }
      guard first < end else { continue }
      links.union(node, bank[first])
      linkedUpTo = max(linkedUpTo, first)
      while linkedUpTo + 1 < end {
        links.union(bank[linkedUpTo], bank[linkedUpTo + 1])
        linkedUpTo += 1
      }
    }
  }

  /// Pairs the nodes of a set if there is one of each side, or one of each side on each date.
  private func decide(_ set: [Int], _ state: inout MatchingState) -> Bool {
    if set.contains(where: state.isBatch) { return decideBatch(set, &state) }
    let runs = set.count == 2 ? [set[...]] : state.runsOfOneDate(set)
    let sides = runs.map { state.sides($0) }
    guard sides.allSatisfy({ $0.ledger.count == 1 && $0.bank.count == 1 }) else { return false }
    for (ledger, bank) in sides { state.match(ledger + bank, .amount, reference: nil) }
    return true
  }

  /// Pairs a batch as a whole with the only item of the ledger that could be it or one of its parts.
  private func decideBatch(_ set: [Int], _ state: inout MatchingState) -> Bool {
    let (ledger, bank) = state.sides(set)
    guard ledger.count == 1, let batch = bank.first(where: state.isBatch),
      bank.count == state.members(batch).count + 1,
      state.members(batch).allSatisfy({
        state.batchOfItem[$0] == batch && state.amountMinor($0) != state.amountMinor(ledger[0])
      })
    else { return false }
    state.match([ledger[0], batch], .amount, reference: nil)
    return true
  }
}
