import CloseJob
import JobConfiguration
import LedgerDomain

/// What the model expects of a run.
struct ExpectedRun {
  var dates: [BusinessDate] = []
  var exitCode: Int32 = 0
  /// The code of the refusal; `nil` if nothing is refused.
  var refusal: String?
}

extension RandomHistory {
  /// Runs the job and the model, and compares what they closed.
  func run(from: BusinessDate? = nil, through last: BusinessDate, recloses: Bool = false) throws {
    ledger.settings.date = last
    var request = CloseRequest()
    request.from = from
    request.recloses = recloses
    let count = model.closes.count
    let expected = expect(from: from, through: last, recloses: recloses)
    let before = expected.refusal == nil ? [] : try ledger.books.dump()
    let result = try ledger.run(request)
    let headers = result.tenants.flatMap(\.dates).map(\.header)
    let isRefusal = expected.refusal.map { result.failure.contains("[\($0)]") } ?? true
    guard headers.map(\.businessDate) == expected.dates, result.exitCode == expected.exitCode,
      isRefusal
    else {
      throw mismatch(
        "closed \(headers.map(\.businessDate)) instead of \(expected.dates), exit \(result.exitCode) "
          + "instead of \(expected.exitCode) \(expected.refusal ?? ""): \(result.failure)")
    }
    if expected.refusal != nil, try ledger.books.dump() != before {
      throw mismatch("a refused run changed the store")
    }
    closeIDs += headers.map(\.closeID.number)
    for index in count..<model.closes.count { try compare(model.closes[index], closeIDs[index]) }
  }

  /// Runs the model.
  private func expect(
    from: BusinessDate?, through last: BusinessDate, recloses: Bool
  ) -> ExpectedRun {
    model.changes = [:]
    let next = model.closedThrough.advanced(by: 1)
    let new = next <= last ? (0...next.days(to: last)).map { next.advanced(by: $0) } : []
    let planned = model.closedDates.filter { date in
      date <= last
        && (from.map { date >= $0 } ?? (new.isEmpty && date == min(last, next.advanced(by: -1))))
    }
    let count = ledger.settings.recheckDates
    let mode = ledger.settings.lateInput
    var late = model.rechecked(count: count).filter { !planned.contains($0) && isLate($0) }
    var tasks: Set<BusinessDate> = []
    var hasBreaks = false
    for date in planned {
      if recloses {
        tasks.insert(date)
      } else if from == nil, mode == .reclose, model.rechecked(count: count).contains(date) {
        if model.hasOtherRecords(date, records(date)) {
          late = (late + [date]).sorted()
        } else {
          hasBreaks = hasBreaks || model.current(date)?.hasBreaks == true
        }
      } else if model.hasOtherRecords(date, records(date)) {
        return ExpectedRun(exitCode: 2, refusal: "other_input")
      } else {
        hasBreaks = hasBreaks || model.current(date)?.hasBreaks == true
      }
    }
    if mode == .refuse, !late.isEmpty, !(recloses && new.isEmpty) {
      return ExpectedRun(exitCode: 2, refusal: "late_input")
    }
    if mode == .reclose { tasks.formUnion(late) }
    let lateDates = late.map {
      ModelLateDate(
        date: $0, partsClosed: model.current($0)?.sizes.count ?? 0,
        partsNow: exports[$0]?.count ?? 0)
    }
    var expected = ExpectedRun()
    hasBreaks =
      closeAgain(tasks, lateDates, &expected) || hasBreaks || !Set(late).isSubset(of: tasks)
    for date in new {
      guard exports[date] != nil else {
        expected.exitCode = 2
        return expected
      }
      let rows = model.lateInput(count: count, lateDates, reclosed: tasks)
      _ = model.close(
        date, records(date), sizes: sizes[date] ?? [:], chart: chart, lateInput: rows)
      expected.dates.append(date)
      hasBreaks = hasBreaks || model.current(date)?.hasBreaks == true
    }
    expected.exitCode = hasBreaks ? 1 : 0
    return expected
  }

  /// Closes dates again, and the later ones that share entries with them, in the order of the dates.
  ///
  /// - Returns: whether one of them has breaks.
  private func closeAgain(
    _ tasks: Set<BusinessDate>, _ late: [ModelLateDate], _ expected: inout ExpectedRun
  ) -> Bool {
    var waiting: [BusinessDate: ModelChart] = [:]
    for date in tasks { waiting[date] = chart }
    var hasBreaks = false
    while let date = waiting.keys.min(), let chart = waiting.removeValue(forKey: date) {
      let rows = model.lateInput(
        count: ledger.settings.recheckDates, late, reclosed: tasks)
      let affected = model.close(
        date, records(date), sizes: sizes[date] ?? [:], chart: chart, lateInput: rows)
      hasBreaks = hasBreaks || model.current(date)?.hasBreaks == true
      guard let affected else { continue }
      expected.dates.append(date)
      for later in affected where waiting[later] == nil {
        waiting[later] = model.current(later)?.chart
      }
    }
    return hasBreaks
  }

  /// Whether a run that looks back finds that a date's export changed.
  private func isLate(_ date: BusinessDate) -> Bool {
    model.current(date)?.sizes != sizes[date] && model.hasOtherRecords(date, records(date))
  }
}
