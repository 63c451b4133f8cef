import LedgerDomain

/// One entry of a random history, as its export has it.
struct ModelEntry {
  struct Line {
    let account: Int
    let isDebit: Bool
    let amount: Int64
    let currency: String
    let layer: String
  }

  let number: Int
  let effective: BusinessDate
  let lines: [Line]

  /// The entry as `JournalText` reads it.
  var text: String {
    let lines = lines.map {
      " | \($0.account) \($0.isDebit ? "DR" : "CR") \($0.amount) \($0.currency) \($0.layer)"
    }
    return "#\(number) \(effective)" + lines.joined()
  }

  /// Whether debits equal credits in every currency and layer.
  var isBalanced: Bool {
    Dictionary(grouping: lines) { $0.currency + $0.layer }.values.allSatisfy { lines in
      lines.reduce(0) { $0 + ($1.isDebit ? $1.amount : -$1.amount) } == 0
    }
  }
}

/// Account, currency and layer, as the rows of the store have them: `1000 USD SETTLED`.
typealias ModelKey = String
/// Debits and credits of every key: `1000 USD SETTLED` → `500 0`.
typealias ModelBalances = [ModelKey: String]

/// A tenant's books by section 3 of the specification, in the simplest possible way: the entries of all
/// dates are kept, and every balance is summed from them on demand.
struct HistoryModel {
  let firstDate: BusinessDate
  let openings: [ModelKey: (debit: Int64, credit: Int64)]
  /// The accepted entries of each closed date's current close.
  private var standing: [BusinessDate: [ModelEntry]] = [:]
  /// The first date on which a key has a balance. A key that has one never loses it.
  private var begin: [ModelKey: BusinessDate] = [:]
  private(set) var closedThrough: BusinessDate
  /// Every closed date's balances after each close.
  private(set) var known: [[BusinessDate: ModelBalances]] = []

  init(firstDate: BusinessDate, openings: [ModelKey: (debit: Int64, credit: Int64)]) {
    self.firstDate = firstDate
    self.openings = openings
    closedThrough = firstDate.advanced(by: -1)
    for key in openings.keys { begin[key] = firstDate }
  }

  /// How a record is treated.
  enum Verdict: String {
    /// It is accepted.
    case accepted
    /// It is unbalanced, or an account is not in the chart.
    case refused
    /// An earlier record with its identifier is accepted.
    case repeated
  }

  /// How each of a date's records is treated.
  static func verdicts(_ entries: [ModelEntry], accounts: Set<Int>) -> [Verdict] {
    var seen: Set<Int> = []
    return entries.map { entry in
      guard entry.lines.allSatisfy({ accounts.contains($0.account) }), entry.isBalanced else {
        return .refused
      }
      return seen.insert(entry.number).inserted ? .accepted : .repeated
    }
  }

  /// Closes a date, for the first time or again.
  mutating func close(_ date: BusinessDate, accepted: [ModelEntry]) {
    standing[date] = accepted
    closedThrough = max(closedThrough, date)
    for entry in standing.values.joined() {
      let counts = max(entry.effective, firstDate)
      guard counts <= closedThrough else { continue }
      for line in entry.lines {
        let key = Self.key(line)
        begin[key] = min(begin[key] ?? counts, counts)
      }
    }
    known.append(balances())
  }

  private func balances() -> [BusinessDate: ModelBalances] {
    var all: [BusinessDate: ModelBalances] = [:]
    var date = firstDate
    while date <= closedThrough {
      all[date] = balances(date)
      date = date.advanced(by: 1)
    }
    return all
  }

  private func balances(_ date: BusinessDate) -> ModelBalances {
    var sums: [ModelKey: (debit: Int64, credit: Int64)] = [:]
    for (key, first) in begin where first <= date { sums[key] = openings[key] ?? (0, 0) }
    for entry in standing.values.joined() where entry.effective <= date {
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
