import LedgerDomain

/// Pairs nodes of equal amounts that share a reference.
struct ReferenceMatcher {
  private struct Key: Hashable {
    let reference: Int
    let amountMinor: AmountMinor
  }

  /// The nodes of one reference and amount, of both sides.
  private struct Bucket {
    let reference: Int
    var nodes: [Int]
  }

  /// Nodes linked by references.
  private struct LinkedSet {
    let nodes: [Int]
    /// The reference that all of them share, if there is one.
    let reference: Int?
  }

  /// The nodes that may be paired, in order.
  let nodes: [Int]
  /// Their references, by node.
  let references: [[Int]]
  let rule: BankMatchRule
  /// As people write them.
  let spellings: [String]

  /// Makes the pairs that references decide.
  ///
  /// First where only two have a reference and no other one contradicts it. Then, unless `onlySole`, where
  /// as many of both sides have it, in the order of their dates, or where their dates agree.
  func match(_ state: inout MatchingState, onlySole: Bool = false) {
    pairSole(&state)
    if onlySole { return }
    for set in linkedSets(state) { decide(set, &state) }
    for set in linkedSets(state) {
      let (ledger, bank) = state.sides(set.nodes)
      if ledger.count == 1 && bank.count == 1 { pair(ledger[0], bank[0], &state) }
    }
  }

  /// The sets of nodes that share references and amounts, and that these do not decide.
  func undecided(_ state: MatchingState) -> [[Int]] { linkedSets(state).map(\.nodes) }

  private func buckets(_ state: MatchingState) -> [Bucket] {
    var positions: [Key: Int] = [:]
    var buckets: [Bucket] = []
    for node in nodes where !references[node].isEmpty && state.isOpen(node) {
      let amountMinor = state.amountMinor(node)
      for reference in references[node] {
        let key = Key(reference: reference, amountMinor: amountMinor)
        if let position = positions[key] {
          buckets[position].nodes.append(node)
        } else {
          positions[key] = buckets.count
          buckets.append(Bucket(reference: reference, nodes: [node]))
        }
      }
    }
    return buckets.filter { bucket in
      bucket.nodes.contains(where: state.isLedger) && !bucket.nodes.allSatisfy(state.isLedger)
    }
  }

  /// Pairs the only two nodes with a reference, unless another reference contradicts it.
  private func pairSole(_ state: inout MatchingState) {
    let sole = buckets(state).filter { $0.nodes.count == 2 }
    var partners: [Int: Int] = [:]
    var isContradicted: Set<Int> = []
    for bucket in sole {
      for (node, partner) in [
        (bucket.nodes[0], bucket.nodes[1]), (bucket.nodes[1], bucket.nodes[0]),
      ] {
        if partners.updateValue(partner, forKey: node) ?? partner != partner {
          isContradicted.insert(node)
        }
      }
    }
    for bucket in sole
    where bucket.nodes.allSatisfy({ !isContradicted.contains($0) && state.isOpen($0) }) {
      state.match(bucket.nodes, rule, reference: spellings[bucket.reference])
    }
  }

  private func linkedSets(_ state: MatchingState) -> [LinkedSet] {
    let buckets = buckets(state)
    var links = DisjointSets(count: state.nodes.count)
    for bucket in buckets {
      for node in bucket.nodes.dropFirst() { links.union(bucket.nodes[0], node) }
    }
    var largest: [Int: Bucket] = [:]
    var linked: Set<Int> = []
    for bucket in buckets {
      linked.formUnion(bucket.nodes)
      let root = links.root(of: bucket.nodes[0])
      if bucket.nodes.count > largest[root]?.nodes.count ?? 0 { largest[root] = bucket }
    }
    return links.sets(of: linked.sorted(by: state.isBefore)).map { nodes in
      let largest = largest[links.root(of: nodes[0])]
      return LinkedSet(
        nodes: nodes, reference: largest?.nodes.count == nodes.count ? largest?.reference : nil)
    }
  }

  /// Pairs what counts and dates decide.
  private func decide(_ set: LinkedSet, _ state: inout MatchingState) {
    let (ledger, bank) = state.sides(set.nodes)
    if set.reference != nil && ledger.count == bank.count {
      for (ledger, bank) in zip(ledger, bank) { pair(ledger, bank, &state) }
      return
    }
    for run in state.runsOfOneDate(set.nodes) {
      let (ledger, bank) = state.sides(run)
      guard ledger.count == bank.count, ledger.count == 1 || set.reference != nil else { continue }
      for (ledger, bank) in zip(ledger, bank) { pair(ledger, bank, &state) }
    }
  }

  /// Makes two nodes a match if they share a reference.
  private func pair(_ ledger: Int, _ bank: Int, _ state: inout MatchingState) {
    guard state.isOpen(ledger), state.isOpen(bank),
      let shared = references[ledger].first(where: references[bank].contains)
    else { return }
    state.match([ledger, bank], rule, reference: spellings[shared])
  }
}
