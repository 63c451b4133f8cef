import LedgerDomain

/// Finds items of one side that cancel each other: a booking and its reversal.
///
/// The ledger says so by the entry that another one reverses; both sides by a reference that identifies a
/// payment. A reference that others may have too (a customer's, an invoice's) counts only if the bank
/// marks one of the items as a reversal.
struct CancellationMatcher {
  let references: MatchingReferences

  /// Makes the cancellations that nothing contradicts.
  ///
  /// - Returns: groups that contradict each other.
  func match(_ state: inout MatchingState) -> [[Int]] {
    var candidates = CandidateGroups()
    for reversal in reversals(state) { candidates.add(reversal.items, reference: reversal.entry) }
    for isLedger in [true, false] {
      add(references.cancelling, isLedger, onlyReversals: false, state, to: &candidates)
      add(references.reversing, isLedger, onlyReversals: true, state, to: &candidates)
    }
    return candidates.resolve(&state, .cancellation).conflicts
  }

  /// Entries of the ledger with the one that reverses them, where their items come to nothing.
  private func reversals(_ state: MatchingState) -> [(items: [Int], entry: String)] {
    var entries: [String: [Int]] = [:]
    var reversed: [(entry: String, by: String)] = []
    var seen: Set<String> = []
    for (index, item) in state.items.enumerated() where item.side == .ledger && state.isOpen(index)
    {
      let name = Self.entryName(item)
      entries[name, default: []].append(index)
      if let original = item.reverses, seen.insert(name).inserted {
        reversed.append((original, name))
      }
    }
    return reversed.compactMap { original, name in
      let key = Self.comparable(original)
      guard key != name, let booked = entries[key], let reversing = entries[name],
        Self.sum(booked + reversing, state) == 0
      else { return nil }
      return (booked + reversing, original)
    }
  }

  private static func entryName(_ item: BankItem) -> String {
    let name = item.reference(.journalEntry) ?? String(item.identity.prefix { $0 != "/" })
    return comparable(name)
  }

  private static func comparable(_ entry: String) -> String {
    BankReference(.journalEntry, entry).comparable.filter { $0 != "-" }
  }

  private func add(
    _ numbers: [[Int]], _ isLedger: Bool, onlyReversals: Bool, _ state: MatchingState,
    to candidates: inout CandidateGroups
  ) {
    var nodes: [Int: [Int]] = [:]
    for node in state.nodes where state.isLedger(node) == isLedger && state.isOpen(node) {
      let batch = state.isBatch(node) ? nil : state.batchOfItem[node]
      for number in numbers[node] {
        if let batch, numbers[batch].contains(number), state.isOpen(batch) { continue }
        nodes[number, default: []].append(node)
      }
    }
    for (number, nodes) in nodes.sorted(by: { $0.key < $1.key }) where nodes.count > 1 {
      for group in Self.cancelling(nodes, onlyReversals: onlyReversals, state) {
        candidates.add(
          group.flatMap { state.members($0) }, reference: references.spellings[number])
      }
    }
  }

  /// All nodes of a reference if they come to nothing; else those pairs of opposite amounts that nothing
  /// else could be part of.
  private static func cancelling(
    _ nodes: [Int], onlyReversals: Bool, _ state: MatchingState
  ) -> [[Int]] {
    func isMarked(_ group: [Int]) -> Bool {
      !onlyReversals
        || group.contains { state.items[state.first($0)].isReversal }
          && !group.allSatisfy { state.items[state.first($0)].isReversal }
    }
    if sum(nodes, state) == 0 { return isMarked(nodes) ? [nodes] : [] }
    var byAmount: [AmountMinor: [Int]] = [:]
    for node in nodes { byAmount[state.amountMinor(node), default: []].append(node) }
    return nodes.compactMap { node in
      let amountMinor = state.amountMinor(node)
      guard amountMinor > 0, byAmount[amountMinor]?.count == 1,
        let opposite = byAmount[-amountMinor], opposite.count == 1
      else { return nil }
      let pair = [node, opposite[0]]
      return isMarked(pair) ? pair : nil
    }
  }

  private static func sum(_ nodes: [Int], _ state: MatchingState) -> Int128 {
    nodes.reduce(0) { $0 + Int128(state.amountMinor($1)) }
  }
}
