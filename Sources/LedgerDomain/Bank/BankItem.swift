/// Where an item was booked.
public enum BankSide: String, Sendable, CaseIterable {
  /// In the ledger: a line of an entry.
  case ledger
  /// On the bank's statement.
  case bank
}

/// One movement of the account, as the ledger or the bank booked it: a line of a ledger entry, an entry
/// of a statement, or a transaction of an entry that the bank booked as a batch.
///
///     let item = BankItem(
///       side: .ledger, identity: "5e0f7b3a-52b3-4c4b-9c1f-0d8f6a7e2b11/1",
///       references: [BankReference(.external, "PAY-1")], amountMinor: 1_250_00, date: date)
public struct BankItem: Hashable, Sendable {
  /// Where it was booked.
  public let side: BankSide
  /// What it is: no other item of the account has it on this side, and it stays the same however often
  /// and in whatever file the item is delivered.
  public let identity: String
  /// Where people find it: `bank.xml#1/3.2` (file, statement, entry, transaction), or the ledger's entry
  /// and line.
  public let place: String
  /// What it is known by, in the order of the source. A transaction's are its own, not its batch's.
  public let references: [BankReference]
  /// What the bank or the payer says about it, in one line.
  public let text: String?
  /// Signed, in minor units: positive where the account grows (a debit of the ledger's, a credit of
  /// the bank's).
  public let amountMinor: AmountMinor
  /// When it was booked; in the ledger, when it is effective.
  public let date: BusinessDate
  /// The entry of the bank that it is a transaction of; `nil` if it is an entry or line itself.
  public let batch: BankBatch?
  /// The identifier of the ledger's entry that it reverses; `nil` if it reverses none, and at the bank.
  public let reverses: String?
  /// Whether the bank says that it undoes an earlier entry.
  public let isReversal: Bool

  /// Creates an item; without a place it is found by its identity.
  public init(
    side: BankSide, identity: String, place: String? = nil, references: [BankReference] = [],
    text: String? = nil, amountMinor: AmountMinor, date: BusinessDate, batch: BankBatch? = nil,
    reverses: String? = nil, isReversal: Bool = false
  ) {
    self.side = side
    self.identity = identity
    self.place = place ?? identity
    self.references = references
    self.text = text
    self.amountMinor = amountMinor
    self.date = date
    self.batch = batch
    self.reverses = reverses
    self.isReversal = isReversal
  }

  /// The first reference of a kind.
  public func reference(_ kind: BankReference.Kind) -> String? {
    references.first { $0.kind == kind }?.value
  }

  /// What tells it from all other items of the account.
  public var key: BankItemKey { BankItemKey(side: side, identity: identity) }
}

/// What tells an item from all others of its account.
public struct BankItemKey: Hashable, Comparable, Sendable {
  /// Where it was booked.
  public let side: BankSide
  /// Its identity on that side.
  public let identity: String

  /// Creates a key.
  public init(side: BankSide, identity: String) {
    self.side = side
    self.identity = identity
  }

  /// Orders keys by side, the ledger first, and identity.
  public static func < (left: BankItemKey, right: BankItemKey) -> Bool {
    left.side != right.side ? left.side == .ledger : left.identity < right.identity
  }
}

/// An entry of the bank that is several transactions.
public struct BankBatch: Hashable, Sendable {
  /// What it is; no other entry of the account has it.
  public let identity: String
  /// What it is known by as a whole, in the order of the source.
  public let references: [BankReference]
  /// What the bank says about it as a whole, in one line.
  public let text: String?
  /// Its amount: the sum of its transactions, signed, in minor units.
  public let amountMinor: AmountMinor
  /// How many items it is: its transactions that moved money.
  public let count: Int

  /// Creates a batch.
  public init(
    identity: String, references: [BankReference], text: String? = nil, amountMinor: AmountMinor,
    count: Int
  ) {
    self.identity = identity
    self.references = references
    self.text = text
    self.amountMinor = amountMinor
    self.count = count
  }
}
