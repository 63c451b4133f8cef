public import LedgerDomain

/// The statements of an account with one closing date that count, as one.
public struct StatementDay: Hashable, Sendable {
  /// The closing date.
  public let date: BusinessDate
  /// The statements, in order: `bank.xml#1`, the file and which of its statements.
  public let sources: [String]
  /// The booked balance before the first entry, in minor units.
  public let openingMinor: AmountMinor
  /// The booked balance after the last entry, in minor units.
  public let closingMinor: AmountMinor
  /// The first date that it covers: the one after the closing date of the statement before, or after its
  /// own opening date. With a gap before it, its own date.
  public let firstDate: BusinessDate
  /// The booked entries that moved money and that no earlier statement has, in the order of the sources.
  public let items: [BankItem]
  /// Why it proves nothing; empty if its items lead from the last closing to this one.
  public let breaks: [StatementBreak]
  /// What is to be said about it, one for each break among them.
  public let findings: [Finding]
}

/// Why statements cannot be reconciled with.
public struct StatementBreak: Hashable, Sendable {
  /// The kinds of breaks; stable.
  public enum Kind: String, Sendable, CaseIterable {
    /// Opening balance and entries do not add up to the closing balance.
    case sum
    /// It does not open with the balance with which the statement before it closed.
    case opening
    /// Two statements for the same time have different entries.
    case contradiction
  }

  /// What is wrong.
  public let kind: Kind
  /// By how much, signed: the stated balance less the one that follows; in minor units.
  public let differenceMinor: Int128
  /// What happened, where, and what to do.
  public let message: String
}
