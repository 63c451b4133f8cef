public import LedgerDomain

/// Matches items of the ledger with items of the bank.
///
/// In this order, each with what the one before left open:
/// 1. **Reference**: whole entries with a shared reference and the same amount.
/// 2. **Batch**: the transactions of a batch, one by one, in the same way.
/// 3. **Group**: several items of one side with one reference, whose sum is the other side's item.
/// 4. **Cancellation**: items of one side that come to nothing, by reversal link or reference.
/// 5. Words of the bank's texts that are a reference of the ledger, and references and words that a format
///    has cut to its length, in the same way as the first three.
/// 6. **Amount**: the same amount, dates at most the window apart, and no other candidate.
///
/// Where several candidates are equal, nothing is matched: they are an ambiguous group. Items with the same
/// reference and amount are paired in the order of their dates if both sides have as many of them, else
/// where their dates agree; items of the same amount where each date has one of each side.
///
///     let result = BankItemMatcher(windowDays: 3).match(items)
///
/// The same items give the same result, in whatever order they come.
public struct BankItemMatcher: Sendable {
  /// How many days apart two items without a common reference may be.
  public let windowDays: Int

  /// Matching with a window; a negative one counts as 0.
  public init(windowDays: Int) {
    self.windowDays = max(0, windowDays)
  }

  /// An item without a match.
  public struct OpenItem: Hashable, Sendable {
    /// The item.
    public let item: BankItem
    /// The group of items that could be each other's, if it is in one: from 1.
    public let ambiguousGroup: Int?
  }

  /// The result of matching.
  public struct Outcome: Hashable, Sendable {
    /// The matches, in the order of the earliest item's date, side and identity.
    public let matches: [BankMatch]
    /// All other items, in the order of date, side and identity.
    public let open: [OpenItem]
  }

  /// Matches the open items of one account, of both sides, carried over or new.
  ///
  /// Items over zero are never matched.
  /// - Complexity: O(*n* log *n*), also where all references or amounts are equal.
  public func match(_ items: [BankItem]) -> Outcome {
    var state = MatchingState(items)
    let references = MatchingReferences(state)
    let nodes = state.matchable
    var passes = [
      Pass(nodes.wholes, references.typed, .reference, isCut: false),
      Pass(nodes.transactions, references.inherited(state), .batch, isCut: false),
    ]
    var conflicts: [[Int]] = []
    for pass in passes { pass.match(&state, references.spellings) }
    conflicts += groups(references.typed, references, &state)
    conflicts += CancellationMatcher(references: references).match(&state)
    let later = [
      Pass(nodes.wholes, references.worded, .reference, isCut: false),
      Pass(nodes.transactions, references.worded, .batch, isCut: false),
      Pass(nodes.wholes, references.shortened, .reference, isCut: true),
      Pass(nodes.transactions, references.shortened, .batch, isCut: true),
    ]
    for pass in later.prefix(2) { pass.match(&state, references.spellings) }
    conflicts += groups(references.worded, references, &state)
    for pass in later.dropFirst(2) { pass.match(&state, references.spellings) }
    passes += later
    var undecided = conflicts.map { $0.filter(state.isOpen) }.filter { $0.count > 1 }
    for pass in passes { undecided += pass.undecided(state, references.spellings) }
    let amounts = AmountMatcher(
      windowDays: windowDays, excluded: references.spokenFor(state, except: undecided))
    let ambiguous = amounts.match(&state, undecided: undecided)
    return state.outcome(ambiguous: ambiguous)
  }

  private func groups(
    _ numbers: [[Int]], _ references: MatchingReferences, _ state: inout MatchingState
  ) -> [[Int]] {
    GroupMatcher(references: numbers, spellings: references.spellings).match(&state)
  }

  /// One look at references.
  private struct Pass {
    let nodes: [Int]
    let references: [[Int]]
    let rule: BankMatchRule
    /// Whether references are cut, so that only those that two nodes alone have say anything.
    let isCut: Bool

    init(_ nodes: [Int], _ references: [[Int]], _ rule: BankMatchRule, isCut: Bool) {
      (self.nodes, self.references, self.rule, self.isCut) = (nodes, references, rule, isCut)
    }

    func match(_ state: inout MatchingState, _ spellings: [String]) {
      ReferenceMatcher(nodes: nodes, references: references, rule: rule, spellings: spellings)
        .match(&state, onlySole: isCut)
    }

    /// The sets of items that the references leave undecided.
    func undecided(_ state: MatchingState, _ spellings: [String]) -> [[Int]] {
      ReferenceMatcher(nodes: nodes, references: references, rule: rule, spellings: spellings)
        .undecided(state).map { $0.flatMap { state.members($0) } }
    }
  }
}

extension MatchingState {
  /// The nodes to be matched as whole entries, and those that are transactions of batches with the ledger's;
  /// in order, without items over zero.
  fileprivate var matchable: (wholes: [Int], transactions: [Int]) {
    let moving = nodes.filter { amountMinor($0) != 0 }.sorted(by: isBefore)
    return (
      moving.filter { isBatch($0) || items[$0].batch == nil },
      moving.filter { !isBatch($0) && (isLedger($0) || items[$0].batch != nil) }
    )
  }
}

extension MatchingReferences {
  /// Open nodes that share an identifying reference with the other side, though not the amount: they are
  /// about the same payment, and so nobody else's candidate.
  fileprivate func spokenFor(_ state: MatchingState, except undecided: [[Int]]) -> Set<Int> {
    var sides: [Int: (ledger: Bool, bank: Bool)] = [:]
    let open = state.nodes.filter(state.isOpen)
    for node in open {
      for number in cancelling[node] + reversing[node] {
        if state.isLedger(node) {
          sides[number, default: (false, false)].ledger = true
        } else {
          sides[number, default: (false, false)].bank = true
        }
      }
    }
    let known = Set(undecided.joined())
    return Set(
      open.filter { node in
        !known.contains(node)
          && (cancelling[node] + reversing[node]).contains {
            sides[$0].map { $0.ledger && $0.bank } ?? false
          }
      })
  }
}
