import LedgerDomain

/// Whether a statement's entries lead from its opening to its closing balance.
struct StatementProof {
  /// How many of its entries are booked.
  let bookedCount: Int
  /// What they add up to, in minor units.
  let bookedMinor: Int128
  /// The closing balance less the opening one and the entries, in minor units; `nil` if the statement
  /// has no opening balance.
  let differenceMinor: Int128?

  init(_ statement: BankStatement) {
    let booked = statement.entries.filter { $0.status == .booked }
    bookedCount = booked.count
    let sum = booked.reduce(Int128(0)) { $0 + Int128($1.amountMinor) }
    bookedMinor = sum
    differenceMinor = statement.opening.map {
      Int128(statement.closing.amountMinor) - Int128($0.amountMinor) - sum
    }
  }

  /// `proved`, `not_proved`, or `no_opening` if it cannot be told from this statement alone.
  var status: String {
    guard let differenceMinor else { return "no_opening" }
    return differenceMinor == 0 ? "proved" : "not_proved"
  }
}
