import LedgerDomain

/// The outcome of a close in one sentence.
enum Verdict {
  /// The checks that fail.
  static func breaks(_ record: CloseRecord) -> [TieOutCheck] {
    TieOutCheck.allCases.filter { record.tieOuts.status(of: $0) == .fail }
  }

  /// `Closed with 2 breaks and 1 quarantined record.`
  static func sentence(_ record: CloseRecord) -> String {
    guard record.header.status != .clean else { return "Everything ties out." }
    let parts = [
      Wording.count(breaks(record).count, "break", "breaks"),
      Wording.count(record.header.recordsQuarantined, "quarantined record", "quarantined records"),
    ].filter { !$0.hasPrefix("0 ") }
    return parts.isEmpty
      ? "Closed with breaks." : "Closed with \(parts.joined(separator: " and "))."
  }
}
