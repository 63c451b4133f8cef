import LedgerDomain

/// Pairs items of equal amounts that share a reference.
enum ReferenceMatcher {
  private struct Key: Hashable {
    let reference: String
    let amountMinor: AmountMinor
  }

  /// The pairs that references decide, and the sets of items that they leave undecided.
  static func match(_ pairing: inout PairingState) -> [[Int]] {
    let references = pairing.items.map(comparableReferences)
    pairUniqueReferences(&pairing, buckets(pairing, references))
    for set in linkedSets(pairing, buckets(pairing, references)) {
      decide(set, references, &pairing)
    }
    var undecided: [[Int]] = []
    for set in linkedSets(pairing, buckets(pairing, references)) {
      let (ledger, bank) = pairing.sides(set.items)
      if ledger.count == 1 && bank.count == 1 {
        pairing.pair(ledger: ledger[0], bank: bank[0], .reference)
      } else {
        undecided.append(set.items)
      }
    }
    return undecided
  }

  /// An item's references, made comparable; a payer that gave none is no reference.
  private static func comparableReferences(of item: BankItem) -> [String] {
    var found: [String] = []
    for reference in item.references.map(\.value) {
      guard let first = reference.firstIndex(where: { !$0.isWhitespace }),
        let last = reference.lastIndex(where: { !$0.isWhitespace })
      else { continue }
      let comparable = reference[first...last].lowercased()
      if comparable != "notprovided" && !found.contains(comparable) { found.append(comparable) }
    }
    return found
  }

  /// The open items of each reference and amount that both sides know.
  private static func buckets(_ pairing: PairingState, _ references: [[String]]) -> [[Int]] {
    var positions: [Key: Int] = [:]
    var buckets: [[Int]] = []
    for index in pairing.open {
      for reference in references[index] {
        let key = Key(reference: reference, amountMinor: pairing.items[index].amountMinor)
        if let position = positions[key] {
          buckets[position].append(index)
        } else {
          positions[key] = buckets.count
          buckets.append([index])
        }
      }
    }
    return buckets.filter { bucket in
      bucket.contains(where: pairing.isLedger) && !bucket.allSatisfy(pairing.isLedger)
    }
  }

  /// Pairs the only two items with a reference, unless another reference contradicts it.
  private static func pairUniqueReferences(_ pairing: inout PairingState, _ buckets: [[Int]]) {
    var partners: [Int: Set<Int>] = [:]
    let unique = buckets.filter { $0.count == 2 }
    for bucket in unique {
      partners[bucket[0], default: []].insert(bucket[1])
      partners[bucket[1], default: []].insert(bucket[0])
    }
    for bucket in unique
    where pairing.isOpen(bucket[0]) && bucket.allSatisfy({ partners[$0]?.count == 1 }) {
      let (ledger, bank) = pairing.sides(bucket)
      pairing.pair(ledger: ledger[0], bank: bank[0], .reference)
    }
  }

  /// Items linked by references, and whether there is one that all of them share.
  private struct LinkedSet {
    let items: [Int]
    let isOfOneReference: Bool
  }

  private static func linkedSets(_ pairing: PairingState, _ buckets: [[Int]]) -> [LinkedSet] {
    var links = DisjointSets(count: pairing.items.count)
    for bucket in buckets {
      for index in bucket.dropFirst() { links.union(bucket[0], index) }
    }
    var largest: [Int: Int] = [:]
    var linked: Set<Int> = []
    for bucket in buckets {
      linked.formUnion(bucket)
      let root = links.root(of: bucket[0])
      largest[root] = max(largest[root] ?? 0, bucket.count)
    }
    return links.sets(of: linked.sorted()).map { items in
      LinkedSet(
        items: items,
        isOfOneReference: largest[links.root(of: items[0])] == items.count)
    }
  }

  /// Pairs what counts and dates decide.
  private static func decide(
    _ set: LinkedSet, _ references: [[String]], _ pairing: inout PairingState
  ) {
    let (ledger, bank) = pairing.sides(set.items)
    if set.isOfOneReference && ledger.count == bank.count {
      for (ledger, bank) in zip(ledger, bank) {
        pairing.pair(ledger: ledger, bank: bank, .reference)
      }
      return
    }
    for run in pairing.runsOfOneDate(set.items) {
      let (ledger, bank) = pairing.sides(run)
      guard ledger.count == bank.count else { continue }
      if set.isOfOneReference {
        for (ledger, bank) in zip(ledger, bank) {
          pairing.pair(ledger: ledger, bank: bank, .reference)
        }
      } else if ledger.count == 1,
        references[ledger[0]].contains(where: references[bank[0]].contains)
      {
        pairing.pair(ledger: ledger[0], bank: bank[0], .reference)
      }
    }
  }
}
