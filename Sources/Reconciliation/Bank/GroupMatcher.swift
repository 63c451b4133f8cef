import LedgerDomain

/// Finds groups: several items of one side that have a reference, and whose sum is the one item of the other
/// side that has it.
///
/// If more than one of the other side has the reference, those of one date are a group where exactly one
/// item has their sum.
struct GroupMatcher {
  /// The references by node.
  let references: [[Int]]
  let spellings: [String]

  /// Makes the groups that nothing contradicts.
  ///
  /// - Returns: groups that contradict each other.
  func match(_ state: inout MatchingState) -> [[Int]] {
    var conflicts: [[Int]] = []
    // A group within another one leaves the rest of it to the next round.
    for _ in 0..<4 {
      var candidates = CandidateGroups()
      for (reference, nodes) in nodesByReference(state) {
        for group in groups(of: nodes, state) {
          candidates.add(group.flatMap { state.members($0) }, reference: spellings[reference])
        }
      }
      let resolved = candidates.resolve(&state, .group)
      conflicts = resolved.conflicts
      if !resolved.hasMatched { break }
    }
    return conflicts
  }

  /// The open nodes of each reference; a batch stands for its transactions.
  private func nodesByReference(_ state: MatchingState) -> [(reference: Int, nodes: [Int])] {
    var nodes: [[Int]] = Array(repeating: [], count: spellings.count)
    for node in state.nodes where state.isOpen(node) {
      let batch = state.isBatch(node) ? nil : state.batchOfItem[node]
      for reference in references[node] {
        if let batch, references[batch].contains(reference), state.isOpen(batch) { continue }
        nodes[reference].append(node)
      }
    }
    return nodes.enumerated().filter { $0.element.count > 2 }.map {
      ($0.offset, $0.element.sorted(by: state.isBefore))
    }
  }

  private func groups(of nodes: [Int], _ state: MatchingState) -> [[Int]] {
    let (ledger, bank) = state.sides(nodes)
    guard !ledger.isEmpty, !bank.isEmpty else { return [] }
    if ledger.count == 1 || bank.count == 1 {
      return sum(ledger, state) == sum(bank, state) ? [nodes] : runs(ledger, bank, state)
    }
    return runs(ledger, bank, state)
  }

  private func runs(_ ledger: [Int], _ bank: [Int], _ state: MatchingState) -> [[Int]] {
    runs(of: ledger, among: bank, state) + runs(of: bank, among: ledger, state)
  }

  /// The runs of one date on one side whose sum exactly one run and one node of the other side have.
  private func runs(
    of several: [Int], among single: [Int], _ state: MatchingState
  ) -> [[Int]] {
    let runs = state.runsOfOneDate(several)
    guard runs.contains(where: { $0.count > 1 }) else { return [] }
    var runsBySum: [Int128: [Int]] = [:]
    for (number, run) in runs.enumerated() {
      runsBySum[sum(run, state), default: []].append(number)
    }
    var singlesByAmount: [Int128: [Int]] = [:]
    for node in single {
      singlesByAmount[Int128(state.amountMinor(node)), default: []].append(node)
    }
    return runs.compactMap { run in
      let total = sum(run, state)
      guard run.count > 1, runsBySum[total]?.count == 1, let found = singlesByAmount[total],
        found.count == 1
      else { return nil }
      return run + found
    }
  }

  private func sum(_ nodes: some Sequence<Int>, _ state: MatchingState) -> Int128 {
    nodes.reduce(0) { $0 + Int128(state.amountMinor($1)) }
  }
}
