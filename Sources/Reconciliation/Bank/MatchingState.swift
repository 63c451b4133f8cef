import LedgerDomain

/// The items of a matching run in a fixed order, and the matches made so far.
///
/// A *node* is what can be matched as a whole: an item, or an entry of the bank with all its transactions.
/// Nodes below `items.count` are items.
struct MatchingState {
  private struct Match {
    let members: [Int]
    let rule: BankMatchRule
    let reference: String?
  }

  /// All items in the order of date, side, identity and the rest.
  let items: [BankItem]
  /// The transactions of each batch that is completely among the items.
  let batches: [[Int]]
  /// The node of the batch that an item is a transaction of.
  let batchOfItem: [Int?]
  private var matches: [Match] = []
  private var isMatched: [Bool]
  /// How many transactions of each batch are matched.
  private var matchedCounts: [Int]

  init(_ items: [BankItem]) {
    let items = items.sorted(by: BankItem.precedes)
    self.items = items
    isMatched = Array(repeating: false, count: items.count)
    batches = Self.batches(items)
    var batchOfItem: [Int?] = Array(repeating: nil, count: items.count)
    for (number, members) in batches.enumerated() {
      for member in members { batchOfItem[member] = items.count + number }
    }
    self.batchOfItem = batchOfItem
    matchedCounts = Array(repeating: 0, count: batches.count)
  }

  private static func batches(_ items: [BankItem]) -> [[Int]] {
    var positions: [String: Int] = [:]
    var batches: [[Int]] = []
    for (index, item) in items.enumerated() where item.side == .bank {
      guard let batch = item.batch else { continue }
      if let position = positions[batch.identity] {
        batches[position].append(index)
      } else {
        positions[batch.identity] = batches.count
        batches.append([index])
      }
    }
    return batches.filter { members in
      guard let batch = items[members[0]].batch else { return false }
      let sum = members.reduce(Int128(0)) { $0 + Int128(items[$1].amountMinor) }
      return members.count == batch.count && members.count > 1 && sum == Int128(batch.amountMinor)
        && batch.amountMinor != 0
    }
  }

  /// Items, then batches.
  var nodes: Range<Int> { 0..<(items.count + batches.count) }

  func isBatch(_ node: Int) -> Bool { node >= items.count }

  /// The items of a node, in order.
  func members(_ node: Int) -> [Int] { isBatch(node) ? batches[node - items.count] : [node] }

  /// Its first item, by which nodes are in order.
  func first(_ node: Int) -> Int { isBatch(node) ? batches[node - items.count][0] : node }

  func isOpen(_ node: Int) -> Bool {
    isBatch(node) ? matchedCounts[node - items.count] == 0 : !isMatched[node]
  }

  func isLedger(_ node: Int) -> Bool { items[first(node)].side == .ledger }

  func amountMinor(_ node: Int) -> AmountMinor {
    isBatch(node)
      ? items[first(node)].batch?.amountMinor ?? 0 : items[node].amountMinor
  }

  func date(_ node: Int) -> BusinessDate { items[first(node)].date }

  func isBefore(_ left: Int, _ right: Int) -> Bool {
    (first(left), left) < (first(right), right)
  }

  /// The nodes of each side, in order.
  func sides(_ nodes: some Sequence<Int>) -> (ledger: [Int], bank: [Int]) {
    var sides: (ledger: [Int], bank: [Int]) = ([], [])
    for node in nodes {
      if isLedger(node) { sides.ledger.append(node) } else { sides.bank.append(node) }
    }
    return sides
  }

  /// Makes open nodes a match.
  mutating func match(_ nodes: [Int], _ rule: BankMatchRule, reference: String?) {
    let members = nodes.flatMap { self.members($0) }.sorted()
    for member in members {
      isMatched[member] = true
      if let batch = batchOfItem[member] { matchedCounts[batch - items.count] += 1 }
    }
    matches.append(Match(members: members, rule: rule, reference: reference))
  }

  /// Cuts nodes in order into runs of one date.
  func runsOfOneDate(_ nodes: [Int]) -> [ArraySlice<Int>] {
    var runs: [ArraySlice<Int>] = []
    var start = 0
    for end in nodes.indices.dropFirst() where date(nodes[end]) != date(nodes[start]) {
      runs.append(nodes[start..<end])
      start = end
    }
    if start < nodes.count { runs.append(nodes[start...]) }
    return runs
  }

  /// The matches, and what is open with the group of items that it could belong to.
  func outcome(ambiguous: [[Int]]) -> BankItemMatcher.Outcome {
    var groups: [Int: Int] = [:]
    let ordered = ambiguous.sorted { ($0.first ?? 0) < ($1.first ?? 0) }
    for (number, group) in ordered.enumerated() {
      for item in group { groups[item] = number + 1 }
    }
    return BankItemMatcher.Outcome(
      matches: matches.sorted { ($0.members.first ?? 0) < ($1.members.first ?? 0) }.map { match in
        let sides = sides(match.members)
        return BankMatch(
          ledger: sides.ledger.map { items[$0] }, bank: sides.bank.map { items[$0] },
          rule: match.rule, reference: match.reference)
      },
      open: items.indices.filter { !isMatched[$0] }.map {
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
