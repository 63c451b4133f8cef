public import LedgerDomain

/// Whether records of earlier dates are still left out of the balances without anybody's decision.
public enum OpenQuarantineCheck {
  private static let datesNamedMax = 5

  /// The comparisons: how many records are open, and for each currency and layer what they add up to.
  ///
  /// The figure of a currency and layer is the greater of debits and credits, since a record may have
  /// only one side.
  ///
  /// - Parameter open: the open records of earlier dates, in the order of the dates.
  public static func tieOuts(_ open: [OpenQuarantine]) -> [TieOut] {
    let sum = open.reduce(into: QuarantineSum()) { $0.add($1.sum) }
    guard sum.records > 0 else {
      return [
        TieOut(
          .openQuarantine, scope: "records", expected: 0, actual: 0,
          detail: "No record of an earlier date is open in quarantine.")
      ]
    }
    let records = TieOut(
      .openQuarantine, scope: "records", expected: 0, actual: Int128(sum.records),
      detail: detail(open, sum))
    return [records] + sum.sortedTotals.map { tieOut($0, of: open) }
  }

  private static func tieOut(_ total: CurrencyLayerTotals, of open: [OpenQuarantine]) -> TieOut {
    let (debit, credit) = (total.totals.debitMinor, total.totals.creditMinor)
    let dates = open.filter { $0.sum.totals[total.pair] != nil }
    return TieOut(
      .openQuarantine, scope: "\(total.pair)", expected: 0, actual: max(debit, credit),
      detail:
        "Left out of the balances: \(debit) in debits and \(credit) in credits, in minor units, of "
        + "\(named(dates)).")
  }

  private static func detail(_ open: [OpenQuarantine], _ sum: QuarantineSum) -> String {
    let byDate = open.prefix(datesNamedMax).map {
      "\($0.businessDate) (close \($0.closeID)): \($0.sum.records)"
    }.joined(separator: ", ")
    let more = open.count > datesNamedMax ? ", and \(open.count - datesNamedMax) more dates" : ""
    let unread = open.filter(\.hasAmounts).reduce(0) { $0 + $1.sum.records - $1.sum.readable }
    var text =
      "\(sum.records.counted("quarantined record")) of earlier dates "
      + "\(sum.records == 1 ? "is" : "are") open: \(byDate)\(more). "
    if unread > 0 {
      text += "The amounts of \(unread) of them cannot be read. "
    }
    let old = open.filter { !$0.hasAmounts }
    if !old.isEmpty {
      text += "An older version of Tieout closed \(named(old)) and kept no amounts. "
    }
    return text
      + "Have the records corrected and close their date again with --reclose, or record with tieout accept "
      + "who decided to leave them out, and why."
  }

  private static func named(_ open: [OpenQuarantine]) -> String {
    guard let first = open.first, let last = open.last, open.count > 1 else {
      return open.first.map { "\($0.businessDate)" } ?? "no date"
    }
    return "\(open.count) dates from \(first.businessDate) to \(last.businessDate)"
  }
}
