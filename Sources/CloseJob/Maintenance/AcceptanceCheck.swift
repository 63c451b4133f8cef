import LedgerDomain
import SnapshotStore

/// Whether a decision about quarantined records of a close has anything to decide.
struct AcceptanceCheck {
  let header: CloseHeader
  /// Whether the decision takes an earlier one back.
  let isUndo: Bool

  /// Refuses a decision about records that are not quarantined, not open, or if it takes a decision
  /// back, not accepted.
  ///
  /// - Throws: `CloseRefusal` with `not_quarantined`, `not_open` or `not_accepted`.
  func refuse(
    _ scope: QuarantineAcceptance.Scope, _ quarantine: CloseQuarantine
  ) throws(CloseRefusal) {
    switch scope {
    case .everything: try refuseAll(quarantine)
    case .code(let code): try refuse(code, quarantine)
    case .record(let place): try refuse(place, quarantine)
    }
  }

  private func refuseAll(_ quarantine: CloseQuarantine) throws(CloseRefusal) {
    let decidable = isUndo ? quarantine.accepted : quarantine.open
    if decidable.records == 0 { throw nothing("no quarantined record of \(place)") }
  }

  private func refuse(
    _ code: FindingCode, _ quarantine: CloseQuarantine
  ) throws(CloseRefusal) {
    guard let count = quarantine.counts.first(where: { $0.code == code }) else {
      throw CloseRefusal(
        .notQuarantined,
        "no record of \(place) is quarantined with \(code.rawValue). See findings.csv of the date.")
    }
    try refuseCountedOnce(code)
    let decidable = isUndo ? quarantine.accepted(count) : quarantine.open(count)
    if decidable.records == 0 {
      throw nothing("no record of \(place) that is quarantined with \(code.rawValue)")
    }
  }

  private func refuse(
    _ record: RecordPlace, _ quarantine: CloseQuarantine
  ) throws(CloseRefusal) {
    guard let found = quarantine.records.first(where: { $0.place == record }) else {
      throw CloseRefusal(.notQuarantined, missing(record, quarantine))
    }
    try refuseCountedOnce(found.code)
    let isAccepted = quarantine.acceptance(of: found) != nil
    if isAccepted != isUndo { throw nothing("", or: "the record \(record) of \(place)") }
  }

  private func missing(_ record: RecordPlace, _ quarantine: CloseQuarantine) -> String {
    if !quarantine.isItemised && !quarantine.counts.isEmpty {
      return
        "an older version of Tieout closed \(header.businessDate) and did not keep its quarantined "
        + "records one by one. Accept them by --code, or all of the date."
    }
    let isWhole = quarantine.counts.allSatisfy { $0.kept == $0.sum.records }
    return "the record \(record) of \(place) is not quarantined"
      + (isWhole
        ? ". See findings.csv of the date."
        : ", or not among those that findings_limit kept. See findings.csv of the date, or accept by "
          + "--code.")
  }

  private func refuseCountedOnce(_ code: FindingCode) throws(CloseRefusal) {
    if code.needsAcceptance { return }
    throw CloseRefusal(
      .notOpen,
      "records quarantined with \(code.rawValue) need no acceptance: their entry is counted once.")
  }

  /// A refusal of a decision about records, none of which is in the state that it would change.
  private func nothing(_ none: String, or one: String? = nil) -> CloseRefusal {
    let seen =
      "reconciliation.html of \(header.businessDate) says who accepted what; tieout report writes it again."
    if isUndo {
      return CloseRefusal(
        .notAccepted,
        (one.map { "\($0) is not accepted" } ?? "\(none) is accepted")
          + ", so there is nothing to take back. \(seen)")
    }
    return CloseRefusal(
      .notOpen, (one.map { "\($0) is not open: it is accepted" } ?? "\(none) is open") + ". \(seen)"
    )
  }

  private var place: String { "\(header.businessDate) (close \(header.closeID))" }
}
