public import LedgerDomain

/// Reports accepted entries that are backdated, future-dated or in the locked period.
///
/// None of its findings quarantines the entry.
public struct EffectiveDateCheck: Sendable {
  private let businessDate: BusinessDate
  private let firstDate: BusinessDate
  private let lockedThrough: BusinessDate?

  /// Creates the check for a business date.
  ///
  /// - Parameters:
  ///   - businessDate: the date being closed.
  ///   - firstDate: the tenant's first closed date; earlier entries count from it on.
  ///   - lockedThrough: the last date of the locked period, if there is one.
  public init(businessDate: BusinessDate, firstDate: BusinessDate, lockedThrough: BusinessDate?) {
    self.businessDate = businessDate
    self.firstDate = firstDate
    self.lockedThrough = lockedThrough
  }

  /// Whether the date has findings; for nearly every entry it has none.
  @inline(__always)
  public func hasFindings(_ effectiveDate: BusinessDate) -> Bool {
    if effectiveDate != businessDate { return true }
    guard let lockedThrough else { return false }
    return effectiveDate <= lockedThrough
  }

  /// The finding codes that apply, in code order.
  public func codes(for effectiveDate: BusinessDate) -> [FindingCode] {
    var codes: [FindingCode] = []
    if effectiveDate > businessDate { codes.append(.futureEffective) }
    if effectiveDate < firstDate { codes.append(.effectiveBeforeOpening) }
    if let lockedThrough, effectiveDate <= lockedThrough { codes.append(.lockedPeriod) }
    if effectiveDate < businessDate { codes.append(.backdated) }
    return codes
  }

  /// The findings that apply.
  public func findings(for entry: JournalEntry) -> [Finding] {
    codes(for: entry.effectiveDate).map { code in
      var finding = Finding(code, message: message(code, entry.effectiveDate))
      finding.entry = entry.id
      finding.field = "effective_at"
      return finding
    }
  }

  private func message(_ code: FindingCode, _ date: BusinessDate) -> String {
    switch code {
    case .futureEffective:
      "The entry takes effect on \(date), after the business date \(businessDate). It counts from then "
        + "on. Check that future-dating it was intended."
    case .effectiveBeforeOpening:
      "The entry takes effect on \(date), before the first closed date, \(firstDate). It counts from "
        + "\(firstDate) on. Check that the opening balances do not already include it."
    case .lockedPeriod:
      "The entry takes effect on \(date), in the locked period. It is counted. Decide whether to "
        + "accept the restatement of that period."
    default:
      "The entry takes effect on \(date), before the business date \(businessDate). Balances from "
        + "\(date) on are restated. No action is needed if backdating it was intended."
    }
  }
}
