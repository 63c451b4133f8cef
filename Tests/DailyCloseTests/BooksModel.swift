import DailyClose
import LedgerDomain
import TestSupport

/// Books kept the simple way: every movement is kept, every balance is summed up anew.
struct BooksModel {
  let firstDate: BusinessDate
  let openings: [Balance]
  private(set) var movements: [Movement] = []

  init(firstDate: BusinessDate, openings: [Balance]) {
    self.firstDate = firstDate
    self.openings = openings
  }

  mutating func close(_ posted: [Movement]) { movements += posted }

  /// Every balance at the end of a date, as known so far.
  func balances(_ date: BusinessDate) -> [BalanceKey: DebitCreditTotals] {
    var balances: [BalanceKey: WideTotals] = [:]
    for opening in openings { balances[opening.key, default: WideTotals()].add(opening.totals) }
    for movement in movements where max(movement.effectiveDate, firstDate) <= date {
      balances[movement.key, default: WideTotals()].add(movement.totals)
    }
    return balances.compactMapValues(\.narrowed)
  }

  /// What the movements of some effective dates add up to, by key.
  static func sums(
    _ movements: [Movement], where isWanted: (BusinessDate) -> Bool
  ) -> [BalanceKey: DebitCreditTotals] {
    var sums: [BalanceKey: WideTotals] = [:]
    for movement in movements where isWanted(movement.effectiveDate) {
      sums[movement.key, default: WideTotals()].add(movement.totals)
    }
    return sums.compactMapValues(\.narrowed)
  }
}

/// Books kept as the product keeps them: closings and restatements, each date once per version.
struct ClosedBooks {
  private(set) var current: [BusinessDate: [BalanceKey: DebitCreditTotals]] = [:]
  private(set) var firstDate: BusinessDate?
  private var datedAhead: [Movement] = []

  /// What a close wrote.
  struct Written {
    let rows: [RollforwardRow]
    let restatements: [Restatement]
    let nowEffective: [Movement]
  }

  mutating func close(
    _ date: BusinessDate, openings: [Balance], movements: [Movement]
  ) throws -> Written {
    let before = current[date.advanced(by: -1)].map { balances in
      balances.map { Balance(key: $0.key, totals: $0.value) }
    }
    let nowEffective = datedAhead.filter { $0.effectiveDate == date }
    let rows = try RollforwardBuilder.rows(
      date: date, opening: before ?? openings, movements: movements, nowEffective: nowEffective)
    var restatements: [Restatement] = []
    if let firstDate {
      restatements = try RestatementBuilder.restatements(
        firstDate: firstDate, lastDate: date.advanced(by: -1), changes: movements
      ) { key, day in current[day]?[key] }
    }
    for restatement in restatements {
      current[restatement.asOfDate]?[restatement.key] = restatement.after
    }
    current[date] = Dictionary(uniqueKeysWithValues: rows.map { ($0.key, $0.closing) })
    firstDate = firstDate ?? date
    datedAhead += movements.filter { $0.effectiveDate > date }
    return Written(rows: rows, restatements: restatements, nowEffective: nowEffective)
  }
}

/// A random run of closes: openings, and what each date's entries move.
struct RandomBooks {
  var openings: [Balance] = []
  var days: [[Movement]] = []

  init(_ numbers: inout SeededNumbers) {
    let keys = (0..<Int.random(in: 1...6, using: &numbers)).map { number in
      BalanceKey.sample("\(1100 + number / 2) \(number % 2 == 0 ? "USD" : "EUR") SETTLED")
    }.sorted()
    openings = keys.filter { _ in Bool.random(using: &numbers) }.map {
      Balance(key: $0, totals: Self.totals(&numbers))
    }
    for day in 0..<Int.random(in: 1...8, using: &numbers) {
      days.append(Self.movements(of: keys, day: day, &numbers))
    }
  }

  private static func totals(_ numbers: inout SeededNumbers) -> DebitCreditTotals {
    // Nothing at all now and then: a key that moved by zero has been seen all the same.
    let most: Int64 = Int.random(in: 0..<4, using: &numbers) == 0 ? 0 : 1_000
    return .of(.random(in: 0...most, using: &numbers), .random(in: 0...most, using: &numbers))
  }

  /// In the order of key and date, each pair once.
  private static func movements(
    of keys: [BalanceKey], day: Int, _ numbers: inout SeededNumbers
  ) -> [Movement] {
    var movements: [Movement] = []
    for key in keys where Bool.random(using: &numbers) {
      for offset in -3...3 where Int.random(in: 0..<3, using: &numbers) == 0 {
        movements.append(
          Movement(
            key: key, effectiveDate: .sample.advanced(by: day + offset), totals: totals(&numbers),
            lineCount: 1))
      }
    }
    return movements
  }
}
