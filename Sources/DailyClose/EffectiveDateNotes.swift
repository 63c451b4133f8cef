public import LedgerDomain

/// What is remarkable about an accepted entry's effective date. None of it quarantines the entry.
public struct EffectiveDateNotes: Sendable {
  private let businessDate: BusinessDate
  private let firstDate: BusinessDate
  private let lockedThrough: BusinessDate?

  /// The notes of a business date.
  ///
  /// - Parameters:
  ///   - firstDate: the tenant's first closed date; earlier entries count from it on.
  ///   - lockedThrough: the last date of the locked period, if there is one.
  public init(businessDate: BusinessDate, firstDate: BusinessDate, lockedThrough: BusinessDate?) {
    self.businessDate = businessDate
    self.firstDate = firstDate
    self.lockedThrough = lockedThrough
  }

  /// Whether there is anything to remark, which for nearly every entry there is not.
  @inline(__always)
  public func isRemarkable(_ effectiveDate: BusinessDate) -> Bool {
    if effectiveDate != businessDate { return true }
    guard let lockedThrough else { return false }
    return effectiveDate <= lockedThrough
  }

  /// The codes that apply, in the order of the codes.
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
      "The entry is effective \(date), after \(businessDate). It counts from \(date) on; check that "
        + "it was meant to be dated ahead."
    case .effectiveBeforeOpening:
      "The entry is effective \(date), before the first close, \(firstDate). It counts from "
        + "\(firstDate) on; check that the opening balances do not hold it already."
    case .lockedPeriod:
      "The entry is effective \(date), in the locked period. It is counted; decide whether the "
        + "period is to be restated."
    default:
      "The entry is effective \(date), before \(businessDate). The balances from \(date) on are "
        + "restated; nothing is to be done if that was meant."
    }
  }
}
