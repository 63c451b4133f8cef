/// A reference by which a bank or the ledger knows a payment, and what kind of reference it is.
///
///     let sent = BankReference(.journalEntry, "5e0f7b3a52b34c4b9c1f0d8f6a7e2b11")
///     let booked = BankReference(.endToEnd, "5E0F7B3A52B34C4B9C1F0D8F6A7E2B11")
///     sent.comparable == booked.comparable  // true
public struct BankReference: Hashable, Sendable {
  /// Who gave a reference, and to what. Cases are in the order in which they identify best.
  public enum Kind: String, Sendable, CaseIterable {
    /// The ledger's `external_ref`.
    case external
    /// The ledger's `journal_entry_id`, without hyphens.
    case journalEntry = "journal_entry"
    /// The bank's own: `AcctSvcrRef`, the bank reference of MT940 and BAI2, `FITID` of OFX.
    case accountServicer = "account_servicer"
    /// The payment's unique end-to-end transaction reference, a UUID.
    case uetr
    /// The one that goes with a payment from end to end: `EndToEndId`, `EREF`.
    case endToEnd = "end_to_end"
    /// The one of the payment order: `InstrId`.
    case instruction
    /// The one of the first agent: `TxId`.
    case transaction
    /// The creditor's structured reference, such as `RF18…` or a QR reference.
    case creditor
    /// The number of a cheque.
    case cheque
    /// The account holder's: the customer reference of MT940 and BAI2, `KREF`.
    case customer
    /// The one that a statement gives to its own entry: `NtryRef`.
    case entry
    /// The one of a whole batch: `PmtInfId`, `MsgId`.
    case batch
    /// A word of the payment's text.
    case text
  }

  /// What kind it is.
  public let kind: Kind
  /// As it is written.
  public let value: String

  /// Creates a reference.
  public init(_ kind: Kind, _ value: String) {
    self.kind = kind
    self.value = value
  }

  /// The value for comparison: in capital letters, without white space; a UUID without hyphens, and a
  /// cheque's number without its leading zeros.
  public var comparable: String {
    let compact = String(value.filter { !$0.isWhitespace }).uppercased()
    if compact.utf8.count == 36 && Self.isUUID(compact) { return compact.filter { $0 != "-" } }
    guard kind == .cheque else { return compact }
    let digits = compact.drop { $0 == "0" }
    return digits.isEmpty ? compact : String(digits)
  }

  private static func isUUID(_ text: String) -> Bool {
    text.utf8.enumerated().allSatisfy { offset, byte in
      [8, 13, 18, 23].contains(offset)
        ? byte == UInt8(ascii: "-") : (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte)
    }
  }
}
