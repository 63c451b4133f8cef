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
  /// Whether the statement is one page of several that prove it only together: none of its balances is
  /// the page's own.
  let isOneOfPages: Bool

  init(_ statement: BankStatement) {
    let isPaged = statement.page.map { $0.number > 1 || $0.isLast == false } ?? false
    isOneOfPages =
      isPaged && !statement.closing.isIntermediate && statement.opening?.isIntermediate != true
    let booked = statement.entries.filter { $0.status == .booked }
    bookedCount = booked.count
    let sum = booked.reduce(Int128(0)) { $0 + Int128($1.amountMinor) }
    bookedMinor = sum
    differenceMinor = statement.opening.map {
      Int128(statement.closing.amountMinor) - Int128($0.amountMinor) - sum
    }
  }

  /// `proved`, `not_proved`, or, if it cannot be told from this statement alone, `no_opening` or
  /// `needs_pages`.
  var status: String {
    guard let differenceMinor else { return "no_opening" }
    if differenceMinor == 0 { return "proved" }
    return isOneOfPages ? "needs_pages" : "not_proved"
  }
}
