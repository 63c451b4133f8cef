public import LedgerDomain

/// Matches items of the ledger with items of the bank.
///
/// First by reference: one of an item's references is one of the other's, and the amounts are equal.
/// Several with the same reference and amount are paired in the order of their dates if there are as
/// many on both sides, otherwise where their dates agree. Then by amount: equal amounts whose dates are at
/// most the window apart, and that have no other candidate. A larger set of candidates is decided only
/// if each of its dates has one item on each side; otherwise it is an ambiguous group, as are items
/// whose references leave a choice. No pair is ever guessed.
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
    /// The pairs, in the order of the earlier item's date, side and identity.
    public let matches: [BankMatch]
    /// All other items, in the order of date, side and identity.
    public let open: [OpenItem]
  }

  /// Matches the open items of one account, of both sides, carried over or new.
  ///
  /// - Complexity: O(*n* log *n*), also where all references or amounts are equal.
  public func match(_ items: [BankItem]) -> Outcome {
    var pairing = PairingState(items)
    let undecided = ReferenceMatcher.match(&pairing)
    let ambiguous = AmountMatcher(windowDays: windowDays).match(&pairing, undecided: undecided)
    return pairing.outcome(ambiguous: ambiguous)
  }
}
