import LedgerDomain

/// A closed date whose export is not what its close read.
struct ModelLateDate {
  let date: BusinessDate
  let partsClosed: Int
  let partsNow: Int
}

extension HistoryModel {
  /// The dates that a run or a close looks back at.
  func rechecked(count: Int) -> [BusinessDate] {
    closedDates.filter { $0 > closedThrough.advanced(by: -count) }
  }

  /// Whether the records of a date, checked as its close checked them, are other ones.
  func hasOtherRecords(_ date: BusinessDate, _ records: [ModelRecord]) -> Bool {
    guard let close = current(date) else { return false }
    let reasons = Self.reasons(records, close.chart, close.repetitions)
    return ModelClose.input(records, reasons) != close.input
  }

  /// The rows of the tie-out `late_input` of the next close.
  ///
  /// - Parameters:
  ///   - count: the job's `recheck_dates`.
  ///   - late: the dates whose export changed, in order.
  ///   - reclosed: the dates that the run closes again.
  func lateInput(
    count: Int, _ late: [ModelLateDate], reclosed: Set<BusinessDate>
  ) -> [String] {
    let dates = rechecked(count: count)
    guard let first = dates.first, let last = dates.last else {
      return ["late_input  inconclusive - -"]
    }
    let rows = late.filter { dates.contains($0.date) && !reclosed.contains($0.date) }
    if rows.isEmpty {
      let scope = dates.count == 1 ? "\(first)" : "\(dates.count) dates to \(last)"
      return ["late_input \(scope) pass \(dates.count) \(dates.count)"]
    }
    return rows.map { "late_input \($0.date) fail \($0.partsClosed) \($0.partsNow)" }
  }
}
