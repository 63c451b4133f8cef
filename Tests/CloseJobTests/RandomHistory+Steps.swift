import CloseJob
import JobConfiguration
import LedgerDomain
import TestSupport

extension RandomHistory {
  func step() throws {
    switch model.closes.isEmpty ? 0 : Int.random(in: 0..<24, using: &numbers) {
    case 0...6: try closeNext()
    case 7...12: try correct()
    case 13...15: try addLateParts()
    case 16: try closeAgain()
    case 17: try prune()
    case 18, 19: try changeChart()
    case 20...22: try decide()
    default: try changeTimeZone()
    }
  }

  /// One to three more dates, perhaps one of them missing at first.
  private func closeNext() throws {
    let count = Int.random(in: 1...3, using: &numbers)
    let dates = (1...count).map { model.closedThrough.advanced(by: $0) }
    var late =
      Int.random(in: 0..<6, using: &numbers) == 0 ? dates.randomElement(using: &numbers) : nil
    // A history that begins with a late date would begin with the next one instead.
    if late == model.firstDate { late = nil }
    for date in dates where date != late { try export(date) }
    log.append("close through \(dates[count - 1])\(late.map { ", \($0) is late" } ?? "")")
    try run(through: dates[count - 1])
    if let late, exports[late] == nil {
      try export(late)
      try run(through: dates[count - 1])
    }
  }

  /// Other exports for one or two closed dates: refused, then closed again on request, perhaps without
  /// the dates after them.
  private func correct() throws {
    let dates = model.closedDates.shuffled(using: &numbers).prefix(
      Int.random(in: 1...2, using: &numbers)
    ).sorted()
    for date in dates { try export(date, correcting: true) }
    let from = dates.first ?? model.firstDate
    let last =
      Bool.random(using: &numbers) ? dates.last ?? model.closedThrough : model.closedThrough
    log.append("correct \(dates), close \(from) to \(last) again")
    if Bool.random(using: &numbers) { try run(from: from, through: last) }
    try run(from: from, through: last, recloses: true)
  }

  /// New parts for one or two closed dates, which the next runs find.
  private func addLateParts() throws {
    let dates = model.closedDates.suffix(6).shuffled(using: &numbers).prefix(
      Int.random(in: 1...2, using: &numbers))
    for date in dates.sorted() {
      var parts = exports[date] ?? []
      parts.append([entry(on: date)])
      if let replayed = replayed(on: date) { parts[parts.count - 1].append(replayed) }
      try write(date, parts)
    }
    log.append("late parts for \(dates.sorted())")
    if Bool.random(using: &numbers) { try closeNext() }
  }

  /// Closed dates do not change.
  private func closeAgain() throws {
    log.append("close again")
    let before = try ledger.books.dump()
    let count = model.closes.count
    try run(through: model.closedThrough)
    guard try model.closes.count > count || ledger.books.dump() == before else {
      throw mismatch("a no-op changed the store")
    }
  }

  private func prune() throws {
    let offset = Int.random(in: 0...(model.closedDates.count + 1), using: &numbers)
    let before = model.firstDate.advanced(by: offset)
    log.append("prune before \(before)")
    _ = try PruneRun(
      storePath: ledger.settings.store ?? "", tenants: [], before: before,
      clock: RunClock { 1_769_925_600 }
    ).run()
    try compare(isWhole: true)
  }

  /// An account comes, leaves, or gets another side or name.
  private func changeChart() throws {
    let code = Self.allAccounts.randomElement(using: &numbers) ?? 1000
    let change: String
    if var account = chart[code] {
      switch Int.random(in: 0..<4, using: &numbers) {
      case 0:
        account.isDebit.toggle()
        chart[code] = account
        change = "other side"
      case 1:
        account.name += "'"
        chart[code] = account
        change = "other name"
      default:
        // A chart without accounts is none.
        guard chart.count > 1 else { return }
        chart[code] = nil
        change = "left"
      }
    } else {
      chart[code] = Self.account(code)
      change = "new"
    }
    log.append("account \(code): \(change)")
    try writeChart()
  }

  /// Somebody accepts quarantined records of a date, or takes that back.
  private func decide() throws {
    guard let date = model.closedDates.randomElement(using: &numbers),
      let close = model.current(date)
    else { return }
    let isUndo = Int.random(in: 0..<3, using: &numbers) == 0
    let (scope, scoped) = scope(in: close)
    let needed = scoped.filter { $0.code.needsAcceptance }
    let decided = needed.filter { close.decided.contains($0.record.place) == isUndo }
    log.append("decide on \(date): \(scope), \(isUndo ? "undo" : "accept"), \(decided.count)")
    do {
      let day = "\(date)"
      let result = try ledger.accept(day, scope, isUndo: isUndo)
      model.decide(date, Set(decided.map(\.record.place)), isUndo: isUndo)
      guard !decided.isEmpty, result.decided.records == decided.count,
        result.open.records == model.current(date)?.open.count,
        sums(result.decided) == Self.text(HistoryModel.sums(decided.map(\.record.entry)))
      else { throw mismatch("decided \(result.decided), \(result.open) are open") }
    } catch let refusal as CloseRefusal {
      guard decided.isEmpty else { throw mismatch("refused: \(refusal)") }
    }
  }

  /// A scope of a decision, with the quarantined records that it has.
  private func scope(
    in close: ModelClose
  ) -> (QuarantineAcceptance.Scope, [(record: ModelRecord, code: FindingCode)]) {
    let all = close.quarantined
    guard let one = all.randomElement(using: &numbers) else { return (.everything, []) }
    switch Int.random(in: 0..<3, using: &numbers) {
    case 0: return (.everything, all)
    case 1: return (.code(one.code), all.filter { $0.code == one.code })
    default: return (.record(one.record.place), [one])
    }
  }

  private func sums(_ sum: QuarantineSum) -> [String] {
    sum.sortedTotals.map { "\($0.pair) \($0.totals.debitMinor) \($0.totals.creditMinor)" }.sorted()
  }

  private static func text(_ sums: [String: (debit: Int64, credit: Int64)]) -> [String] {
    sums.map { "\($0.key) \($0.value.debit) \($0.value.credit)" }.sorted()
  }

  /// A run in another time zone is refused.
  private func changeTimeZone() throws {
    log.append("other time zone")
    let before = try ledger.books.dump()
    ledger.settings.timeZone = "Europe/Berlin"
    ledger.settings.date = model.closedThrough.advanced(by: 1)
    let result = try ledger.run()
    ledger.settings.timeZone = "UTC"
    guard result.exitCode == 2, result.failure.contains("[time_zone_changed]"),
      try ledger.books.dump() == before
    else { throw mismatch("another time zone was not refused: \(result.failure)") }
  }
}
