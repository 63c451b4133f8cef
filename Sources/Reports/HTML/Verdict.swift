import LedgerDomain

/// The outcome of a close in one sentence.
enum Verdict {
  /// The checks that fail.
  static func breaks(_ record: CloseRecord) -> [TieOutCheck] {
    TieOutCheck.allCases.filter { record.tieOuts.status(of: $0) == .fail }
  }

  /// Whether exporter, bank and loan book each gave something to compare with. What had no input proves
  /// nothing.
  private static func comparesEverything(_ record: CloseRecord) -> Bool {
    [TieOutCheck.completeness, .bankReconciliation, .portfolioRollup].allSatisfy {
      record.tieOuts.status(of: $0) != .inconclusive
    }
  }

  /// `Closed with 2 breaks and 1 quarantined record.`
  static func sentence(_ record: CloseRecord) -> String {
    if record.header.status == .clean {
      return comparesEverything(record)
        ? "Everything ties out." : "Everything that could be compared ties out."
    }
    let parts = [
      Wording.count(breaks(record).count, "break", "breaks"),
      Wording.count(record.header.recordsQuarantined, "quarantined record", "quarantined records"),
    ].filter { !$0.hasPrefix("0 ") }
    return parts.isEmpty
      ? "Closed with breaks." : "Closed with \(parts.joined(separator: " and "))."
  }
}
