public import LedgerDomain

/// A tenant's books, rebuilt close by close from openings and movements alone.
///
/// It keeps every key's balance of every closed date and adds each movement to all dates from its
/// effective date on. A close works differently: it builds on the previous date. Verification compares
/// the two results.
///
/// Memory: 24 bytes for each key and date.
public struct BalanceReplay {
  /// One row that a close must have written.
  public struct Row: Hashable, Sendable {
    /// The account, currency and layer.
    public let key: BalanceKey
    /// The date.
    public let asOfDate: BusinessDate
    /// The balance.
    public let totals: DebitCreditTotals
    /// The version before this one; `nil` if this is the first.
    public let before: DebitCreditTotals?
    /// The close that wrote the version before this one.
    public let supersedes: CloseID?
  }

  /// A key's balances from the first date on which it has one.
  private struct Series {
    var first: Int
    var totals: [DebitCreditTotals]
    var writers: [CloseID]
  }

  private let firstDate: BusinessDate
  private var dateCount = 0
  private var series: [BalanceKey: Series] = [:]
  /// Future-dated movements by effective date and close, so that a reclose can remove them.
  private var futureDated: [BusinessDate: [CloseID: [Movement]]] = [:]

  /// Books without a close.
  public init(firstDate: BusinessDate) {
    self.firstDate = firstDate
  }

  /// The last closed date; the date before the first if none is closed.
  public var closedThrough: BusinessDate { firstDate.advanced(by: dateCount - 1) }

  /// Every key's balance of a closed date, in the order of the keys.
  public func balances(_ date: BusinessDate) -> [Balance] {
    let day = firstDate.days(to: date)
    return series.compactMap { key, series in
      guard day >= series.first, day - series.first < series.totals.count else { return nil }
      return Balance(key: key, totals: series.totals[day - series.first])
    }.sorted { $0.key < $1.key }
  }

  /// Closes the next date.
  ///
  /// - Parameters:
  ///   - close: the number of the close.
  ///   - openings: opening balances, at the first date.
  ///   - movements: what the close's entries moved, in the order of key and effective date.
  /// - Returns: the rows the close must have written, in the order of key and date.
  /// - Throws: `BalanceOverflow` if a sum passes 2^63 − 1.
  public mutating func close(
    _ close: CloseID, openings: [Balance] = [], movements: [Movement]
  ) throws(BalanceOverflow) -> [Row] {
    let date = firstDate.advanced(by: dateCount)
    var rows = try change(movements.filter { $0.effectiveDate < date }, by: close)
    for balance in openings {
      series[balance.key] = Series(first: 0, totals: [balance.totals], writers: [close])
    }
    if dateCount > 0 { carryForward(by: close) }
    dateCount += 1
    let nowEffective = (futureDated.removeValue(forKey: date) ?? [:]).sorted { $0.key < $1.key }
    for (_, nowEffective) in nowEffective { try count(nowEffective, from: date, close) }
    // Before the first date there was nothing to restate: what is effective earlier counts now.
    let isFirst = dateCount == 1
    try count(
      movements.filter { $0.effectiveDate == date || isFirst && $0.effectiveDate < date },
      from: date, close)
    deferUntilEffective(movements.filter { $0.effectiveDate > date }, of: close)
    rows += series.map { key, series in
      Row(
        key: key, asOfDate: date, totals: series.totals.last ?? .zero, before: nil, supersedes: nil)
    }
    return Self.sorted(rows)
  }

  /// Closes a date again: new movements replace the old ones.
  ///
  /// - Parameters:
  ///   - close: the number of the new close.
  ///   - date: a closed date.
  ///   - old: the close whose movement is replaced, and that movement.
  ///   - movements: what the new close's entries moved.
  /// - Returns: the rows the close must have written, in the order of key and date.
  /// - Throws: `BalanceOverflow` if a sum passes 2^63 − 1.
  public mutating func reclose(
    _ close: CloseID, date: BusinessDate, replacing old: (close: CloseID, movements: [Movement]),
    movements: [Movement]
  ) throws(BalanceOverflow) -> [Row] {
    let last = closedThrough
    for day in futureDated.keys { futureDated[day]?[old.close] = nil }
    let changes = MovementDiff.between(
      old: old.movements.filter { $0.effectiveDate <= last },
      new: movements.filter { $0.effectiveDate <= last })
    var rows = try change(changes, by: close)
    let changed = Set(rows.filter { $0.asOfDate == date }.map(\.key))
    let day = firstDate.days(to: date)
    for (key, series) in series where day >= series.first && !changed.contains(key) {
      let totals = series.totals[day - series.first]
      rows.append(
        Row(
          key: key, asOfDate: date, totals: totals, before: totals,
          supersedes: series.writers[day - series.first]))
      self.series[key]?.writers[day - series.first] = close
    }
    deferUntilEffective(movements.filter { $0.effectiveDate > last }, of: close)
    return Self.sorted(rows)
  }

  /// Adds changes to every closed date from their effective date on.
  private mutating func change(
    _ changes: [Movement], by close: CloseID
  ) throws(BalanceOverflow) -> [Row] {
    guard dateCount > 0 else { return [] }
    var rows: [Row] = []
    for (key, changes) in Dictionary(grouping: changes, by: \.key) {
      let days = changes.map { max(0, firstDate.days(to: $0.effectiveDate)) }
      guard let earliest = days.min() else { continue }
      var steps = [DebitCreditTotals](repeating: .zero, count: dateCount - earliest)
      for (day, change) in zip(days, changes) {
        let date = firstDate.advanced(by: day)
        steps[day - earliest] = try steps[day - earliest].adding(
          change.totals, of: key, asOf: date)
      }
      rows += try add(steps, to: key, from: earliest, by: close)
    }
    return rows
  }

  /// Adds the running sum of some steps to a key's balances, and gives it those it lacks.
  private mutating func add(
    _ steps: [DebitCreditTotals], to key: BalanceKey, from earliest: Int, by close: CloseID
  ) throws(BalanceOverflow) -> [Row] {
    var known = series[key] ?? Series(first: dateCount, totals: [], writers: [])
    let newDays = max(0, known.first - earliest)
    known.totals.insert(contentsOf: repeatElement(.zero, count: newDays), at: 0)
    known.writers.insert(contentsOf: repeatElement(close, count: newDays), at: 0)
    known.first -= newDays
    var rows: [Row] = []
    var sum = DebitCreditTotals.zero
    for (offset, step) in steps.enumerated() {
      let date = firstDate.advanced(by: earliest + offset)
      sum = try sum.adding(step, of: key, asOf: date)
      let isNew = offset < newDays
      guard isNew || sum != .zero else { continue }
      let index = earliest + offset - known.first
      let (before, writer) = (known.totals[index], known.writers[index])
      known.totals[index] = try before.adding(sum, of: key, asOf: date)
      known.writers[index] = close
      rows.append(
        Row(
          key: key, asOfDate: date, totals: known.totals[index], before: isNew ? nil : before,
          supersedes: isNew ? nil : writer))
    }
    series[key] = known
    return rows
  }

  /// Begins the next date: every key keeps its previous balance.
  private mutating func carryForward(by close: CloseID) {
    for key in Array(series.keys) {
      guard let last = series[key]?.totals.last else { continue }
      series[key]?.totals.append(last)
      series[key]?.writers.append(close)
    }
  }

  private mutating func count(
    _ movements: [Movement], from date: BusinessDate, _ close: CloseID
  ) throws(BalanceOverflow) {
    for movement in movements {
      var known =
        series.removeValue(forKey: movement.key)
        ?? Series(first: dateCount - 1, totals: [.zero], writers: [close])
      let last = known.totals.count - 1
      known.totals[last] = try known.totals[last].adding(
        movement.totals, of: movement.key, asOf: date)
      series[movement.key] = known
    }
  }

  private mutating func deferUntilEffective(_ movements: [Movement], of close: CloseID) {
    for movement in movements {
      futureDated[movement.effectiveDate, default: [:]][close, default: []].append(movement)
    }
  }

  private static func sorted(_ rows: [Row]) -> [Row] {
    rows.sorted { ($0.key, $0.asOfDate) < ($1.key, $1.asOfDate) }
  }
}
