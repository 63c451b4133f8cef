import LedgerDomain

/// Account, currency and layer, as the rows of the store have them: `1000 USD SETTLED`.
typealias ModelKey = String
/// Debits and credits of every key: `1000 USD SETTLED` → `500 0`.
typealias ModelBalances = [ModelKey: String]

/// A tenant's books by sections 2 and 3 of the specification, in the simplest possible way: the records
/// of all dates are kept, and every balance is summed from them on demand.
struct HistoryModel {
  let firstDate: BusinessDate
  let openings: [ModelKey: (debit: Int64, credit: Int64)]
  /// The job's `duplicate_window`.
  let window: Int
  /// Every close, in order.
  private(set) var closes: [ModelClose] = []
  /// The index of each closed date's current close.
  private(set) var currentIndex: [BusinessDate: Int] = [:]
  /// The first date on which a key has a balance. A key that has one never loses it.
  private var begin: [ModelKey: BusinessDate] = [:]
  private(set) var closedThrough: BusinessDate
  /// The first date whose identifiers are kept.
  private(set) var keptFrom: BusinessDate
  /// Every closed date's balances after each close.
  private(set) var known: [[BusinessDate: ModelBalances]] = []
  /// What closing dates again in this run changed for later dates, by entry and by the date closed again:
  /// the content that it accepts now, or `nil` if it does not accept the entry any more.
  var changes: [Int: [BusinessDate: String?]] = [:]

  init(
    firstDate: BusinessDate, openings: [ModelKey: (debit: Int64, credit: Int64)], window: Int
  ) {
    self.firstDate = firstDate
    self.openings = openings
    self.window = window
    keptFrom = firstDate
    closedThrough = firstDate.advanced(by: -1)
    for key in openings.keys { begin[key] = firstDate }
  }

  /// The current close of a date.
  func current(_ date: BusinessDate) -> ModelClose? { currentIndex[date].map { closes[$0] } }

  /// The closed dates, in order.
  var closedDates: [BusinessDate] { currentIndex.keys.sorted() }

  /// Accepts quarantined records of a date's current close, or takes that back.
  mutating func decide(_ date: BusinessDate, _ places: Set<RecordPlace>, isUndo: Bool) {
    guard let index = currentIndex[date] else { return }
    if isUndo {
      closes[index].decided.subtract(places)
    } else {
      closes[index].decided.formUnion(places)
    }
  }

  /// Closes a date, for the first time or again.
  ///
  /// - Parameters:
  ///   - chart: the chart that its records are checked against.
  ///   - lateInput: the rows of the tie-out.
  /// - Returns: the later dates that accept other entries because of it, in order; `nil` if the date is
  ///   closed already and would be closed as it was.
  mutating func close(
    _ date: BusinessDate, _ records: [ModelRecord], sizes: [String: Int], chart: ModelChart,
    lateInput: [String]
  ) -> [BusinessDate]? {
    let replaced = current(date)
    let repetitions = repetitions(date, records, chart)
    let reasons = Self.reasons(records, chart, repetitions)
    var close = ModelClose(
      date: date, records: records, reasons: reasons, repetitions: repetitions, sizes: sizes,
      chart: chart)
    if let replaced, replaced.input == close.input, replaced.repetitions == repetitions {
      return nil
    }
    close.tieOuts = openQuarantine(before: date) + lateInput
    let before = (
      last: balances(closedThrough), dayBefore: balances(date.advanced(by: -1)),
      isFirst: closes.isEmpty
    )
    closes.append(close)
    currentIndex[date] = closes.count - 1
    closedThrough = max(closedThrough, date)
    keptFrom = max(keptFrom, closedThrough.advanced(by: 1 - window))
    notePresence()
    known.append(allBalances())
    if !before.isFirst {
      let rows = BalancesAround(
        opening: replaced == nil ? before.dayBefore : before.last,
        closing: balances(closedThrough),
        others: replaced == nil ? [:] : before.last.merging(balances(date)) { $1 })
      let (stored, findings) = chartChanges(chart, rows, replaced: replaced)
      closes[closes.count - 1].chart = stored
      closes[closes.count - 1].chartFindings = findings
    }
    return replaced == nil ? [] : datesAffected(by: closes[closes.count - 1])
  }

  private mutating func notePresence() {
    for entry in standing {
      let counts = max(entry.effective, firstDate)
      guard counts <= closedThrough else { continue }
      for line in entry.lines {
        let key = Self.key(line)
        begin[key] = min(begin[key] ?? counts, counts)
      }
    }
  }

  /// The accepted entries of all current closes.
  private var standing: [ModelEntry] { currentIndex.values.flatMap { closes[$0].accepted } }

  private func allBalances() -> [BusinessDate: ModelBalances] {
    var all: [BusinessDate: ModelBalances] = [:]
    for date in closedDates { all[date] = balances(date) }
    return all
  }

  /// The balances of a date.
  func balances(_ date: BusinessDate) -> ModelBalances {
    var sums: [ModelKey: (debit: Int64, credit: Int64)] = [:]
    for (key, first) in begin where first <= date { sums[key] = openings[key] ?? (0, 0) }
    for entry in standing where entry.effective <= date {
      for line in entry.lines {
        let key = Self.key(line)
        sums[key, default: (0, 0)].debit += line.isDebit ? line.amount : 0
        sums[key, default: (0, 0)].credit += line.isDebit ? 0 : line.amount
      }
    }
    return sums.mapValues { "\($0.debit) \($0.credit)" }
  }

  private static func key(_ line: ModelEntry.Line) -> ModelKey {
    "\(line.account) \(line.currency) \(line.layer)"
  }
}
