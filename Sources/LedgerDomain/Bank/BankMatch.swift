/// What made items a match. Cases are in the order in which they are tried, but for the last.
public enum BankMatchRule: String, Sendable, CaseIterable {
  /// A shared reference and the same amount: one entry as a whole on each side.
  case reference
  /// A shared reference and the same amount: a ledger line and one transaction of a batch.
  case batch
  /// One shared reference and the same sum: several items of one side, one of the other.
  case group
  /// Items of one side whose sum is zero: a booking and its reversal.
  case cancellation
  /// The same amount within the window of days, and no other candidate.
  case amount
  /// A person matched them, or wrote them off.
  case settlement
}

/// Items that are the same movement, seen by the ledger and by the bank.
///
/// The sums of both sides are equal. Where one side is empty, the other's sum is zero (`cancellation`),
/// or a person wrote it off (`settlement`).
public struct BankMatch: Hashable, Sendable {
  /// The ledger's items, in the order of date and identity.
  public let ledger: [BankItem]
  /// The bank's, in that order.
  public let bank: [BankItem]
  /// What made them a match.
  public let rule: BankMatchRule
  /// The reference that they share, as the ledger writes it, or the entry that is reversed; `nil` if the
  /// rule needs none.
  public let reference: String?

  /// Creates a match.
  public init(
    ledger: [BankItem], bank: [BankItem], rule: BankMatchRule, reference: String? = nil
  ) {
    self.ledger = ledger
    self.bank = bank
    self.rule = rule
    self.reference = reference
  }

  /// All items, the ledger's first.
  public var items: [BankItem] { ledger + bank }
}
