/// A movement of a bank account as the bank books it.
struct BankBooking {
  /// What the bank knows it by.
  enum Reference {
    /// The number of the payment, as in `external_ref`.
    case payment(Int)
    /// The journal entry, where its line has no reference.
    case entry(DemoIdentifier)
    /// The bank's own.
    case bank(String)
    case none
  }

  /// The place of the account among the tenant's.
  let account: Int
  /// The journal entry; `nil` if the ledger has none.
  let entry: DemoIdentifier?
  /// Signed, in minor units: positive where the account grows.
  var amount: Int
  /// What the bank knows it by.
  var reference: Reference
  /// The date it counts from: the entry's effective date.
  let valueDay: Int32
  /// The first date whose close has the entry: the later of the date it was posted and the
  /// effective one.
  let ledgerDay: Int32
  /// The date of the statement that has it.
  var bookedDay: Int32
}

extension BankBooking.Reference {
  /// The reference as statements write it, in at most 35 characters; empty if there is none.
  var text: String {
    switch self {
    case .payment(let number):
      let digits = String(number)
      return "PMT-" + String(repeating: "0", count: 10 - digits.count) + digits
    case .entry(let identifier): return identifier.text.split(separator: "-").joined()
    case .bank(let text): return text
    case .none: return ""
    }
  }
}
