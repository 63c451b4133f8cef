import LedgerDomain

/// How a pack puts things into words.
enum PackWording {
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  /// `January 2026`
  static func title(_ month: CalendarMonth) -> String {
    let (year, number, _) = month.dates.lowerBound.calendar
    return "\(months[number - 1]) \(year)"
  }

  /// How a tenant's month stands, in one or two sentences.
  static func verdict(_ record: MonthRecord) -> String {
    if record.datesMissing > 0 {
      return "Preliminary: closed through \(record.dates.upperBound). "
        + Wording.count(record.datesMissing, "date is", "dates are") + " not closed."
    }
    if record.matters.isEmpty { return "The month is closed and nothing is open." }
    return "The month is closed. "
      + Wording.count(record.matters.count, "item is", "items are") + " open."
  }

  /// What the verification found, in one or two sentences.
  static func verification(_ record: MonthRecord) -> String {
    let (verification, dates) = (record.verification, record.verification.dates)
    let exports = "The exports were not read."
    if record.proof.contains(where: { $0.status == .fail }) {
      return "Not proved: what moved in the month does not explain every balance. "
        + "Do not use these figures."
    }
    switch verification.outcome {
    case .intact:
      return
        "Verified: \(Wording.count(verification.closes, "close", "closes")) from \(dates.lowerBound) "
        + "to \(dates.upperBound), \(Wording.count(verification.balances, "balance", "balances")) "
        + "recomputed from the stored movements. \(exports)"
    case .differs:
      return "Not verified: the stored books are not those that were closed, "
        + Wording.count(verification.faults.count, "difference", "differences")
        + ". Do not use these figures. \(exports)"
    case .incomplete:
      return "Not verified: not everything could be read. Do not use these figures. \(exports)"
    }
  }

  /// A matter as `open-items.csv` names it.
  static func code(of matter: OpenMatter) -> String {
    switch matter.kind {
    case .brokenCheck: "break"
    case .openQuarantine: "open_quarantine"
    case .withdrawnCertification: "withdrawn_certification"
    case .lateInput: "late_input"
    case .unreconciledBank: "unreconciled_bank"
    case .overdueStatement: "overdue_statement"
    case .notClosed: "not_closed"
    }
  }

  /// A matter as the page names it.
  static func title(of matter: OpenMatter) -> String {
    matter.check.map { TieOutGuidance.of($0).title } ?? OverviewWording.of(matter.kind).title
  }

  /// What a matter is about: `OPERATING-USD, 3 outstanding items`.
  static func details(of matter: OpenMatter) -> String {
    let noun = OverviewWording.of(matter.kind).noun
    let count =
      matter.count > 0 && !noun.one.isEmpty ? Wording.count(matter.count, noun.one, noun.many) : ""
    return [matter.subject, count].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// The file that has the details of a matter.
  static func file(of matter: OpenMatter) -> PackFile {
    switch matter.kind {
    case .brokenCheck: .tieOuts
    case .openQuarantine: .quarantine
    case .withdrawnCertification: .certifications
    case .lateInput: .inputParts
    case .unreconciledBank: .bankItems
    case .overdueStatement: .bankReconciliations
    case .notClosed: .closes
    }
  }

  /// An amount in its currency's decimals, for programs.
  static func decimal(_ amount: MatterAmount) -> String {
    AmountText.decimal(amount.amountMinor, digits: amount.currency.minorUnitDigits ?? 0)
  }

  /// Why a close restated balances.
  static func reason(_ restatement: MonthRestatement) -> String {
    restatement.header.replaces.map { "closed again, replacing close \($0)" } ?? "backdated entries"
  }

  /// Who certified a date, or what withdrew that; empty if nobody did.
  static func certification(_ certification: Certification?) -> String {
    guard let certification else { return "" }
    let signed = "\(certification.name), \(certification.certifiedAt)"
    if let close = certification.withdrawnBy { return "Withdrawn by close \(close): \(signed)" }
    return certification.withdrawnByBank ? "Withdrawn, a bank figure changed: \(signed)" : signed
  }
}
