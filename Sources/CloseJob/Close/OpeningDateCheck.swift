import JournalReading
import LedgerDomain

/// Whether a tenant's first close is of the day after that of its opening balances.
///
/// Movements of the days between would be in no balance, or in the opening balances and once more.
enum OpeningDateCheck {
  /// Throws if it is not.
  ///
  /// - Parameters:
  ///   - openings: the tenant's opening balances, which may name their date.
  ///   - jobDate: the job's `opening_date`.
  ///   - first: the date of the first close.
  /// - Throws: `CloseRefusal` with `opening_date_mismatch`.
  static func check(
    _ openings: OpeningBalances, jobDate: BusinessDate?, first: BusinessDate
  ) throws(CloseRefusal) {
    if let asOf = openings.asOf, let jobDate, asOf != jobDate {
      throw CloseRefusal(
        .openingDateMismatch,
        "the opening balances are as of \(asOf) (as_of_date), but the job's opening_date is \(jobDate). "
          + "Correct the one that is wrong, or leave opening_date out.")
    }
    guard let asOf = openings.asOf ?? jobDate, asOf.days(to: first) != 1 else { return }
    let source = openings.asOf == nil ? "opening_date" : "as_of_date"
    throw CloseRefusal(
      .openingDateMismatch,
      "the opening balances are as of \(asOf) (\(source)), so the first close must be of "
        + "\(asOf.advanced(by: 1)), but it would be of \(first). Give opening balances as of "
        + "\(first.advanced(by: -1)), or set first_date to \(asOf.advanced(by: 1)) and have the dates from then "
        + "on exported.")
  }
}
