import CloseJob
import Foundation
import JobConfiguration
import LedgerDomain
import SnapshotStore
import TestSupport

/// A ledger's random history from a seed, with the model beside it: dates exported late, twice, wrongly
/// and again, backdated and future-dated entries, new accounts, reclosed dates, pruned versions.
final class RandomHistory {
  /// How the ledger differs from the model.
  struct Mismatch: Error, CustomStringConvertible {
    let description: String
  }

  private static let allAccounts = [1000, 1100, 2000, 3000, 4000, 5000]

  private var numbers: SeededNumbers
  private let ledger: LedgerTree
  private var model: HistoryModel
  private var accounts: Set<Int>
  /// The records of each exported date, part by part.
  private var exports: [BusinessDate: [[ModelEntry]]] = [:]
  private var nextNumber = 1
  /// The steps of the history, for diagnosis.
  private(set) var log: [String] = []
  /// The model's closes, by the number of the ledger's close.
  private var closeIDs: [Int64] = []

  init(seed: UInt64) throws {
    numbers = SeededNumbers(seed: seed)
    ledger = try LedgerTree()
    accounts = Set(Self.allAccounts.prefix(4))
    let first = BusinessDate(dayNumber: 20_458)
    var openings: [ModelKey: (debit: Int64, credit: Int64)] = [:]
    if Bool.random(using: &numbers) {
      let amount = Int64.random(in: 1...9_999, using: &numbers)
      openings = ["1000 USD SETTLED": (amount + 7, 7), "3000 USD SETTLED": (0, amount)]
      try ledger.open(with: "1000,USD,SETTLED,\(amount + 7),7\n3000,USD,SETTLED,0,\(amount)")
    }
    model = HistoryModel(firstDate: first, openings: openings)
    try writeChart()
  }

  /// Takes some steps, and compares after each.
  func run() throws {
    for _ in 0..<Int.random(in: 4...9, using: &numbers) {
      try step()
      try compare()
    }
    try verify()
  }

  private func step() throws {
    let hasCloses = model.closedThrough >= model.firstDate
    switch hasCloses ? Int.random(in: 0..<10, using: &numbers) : 0 {
    case 0...3: try closeNext()
    case 4...6: try correct()
    case 7: try closeAgain()
    case 8: try prune()
    default: try addAccount()
    }
  }

  // MARK: steps

  /// One to three more dates, perhaps one of them missing at first.
  private func closeNext() throws {
    let count = Int.random(in: 1...3, using: &numbers)
    let dates = (1...count).map { model.closedThrough.advanced(by: $0) }
    let late =
      Int.random(in: 0..<6, using: &numbers) == 0 ? dates.randomElement(using: &numbers) : nil
    for date in dates where date != late { try export(date) }
    let last = dates[count - 1]
    log.append("close through \(last)\(late.map { ", \($0) is late" } ?? "")")
    // A history that begins with a late date would begin with the next one instead.
    if let late, late != model.firstDate {
      try run(through: last, expecting: dates.filter { $0 < late }, code: 2)
      try export(late)
      try run(through: last, expecting: dates.filter { $0 >= late })
    } else {
      if let late { try export(late) }
      try run(through: last, expecting: dates)
    }
  }

  /// Other exports for one or two closed dates: refused, then closed again on request.
  private func correct() throws {
    let dates = closedDates.shuffled(using: &numbers).prefix(Int.random(in: 1...2, using: &numbers))
    for date in dates { try export(date, correcting: true) }
    let from = dates.min() ?? model.firstDate
    let range = closedDates.filter { $0 >= from }
    // An account that came since makes records count that did not, which is no other input.
    let other = range.filter { records($0) != recordsClosed[$0] }
    let changed = range.filter { verdicts($0) != verdictsClosed[$0] || other.contains($0) }
    log.append("correct \(dates.sorted()), other \(other), changed \(changed)")
    ledger.settings.date = model.closedThrough
    var request = CloseRequest()
    request.from = from
    if !other.isEmpty {
      let before = try ledger.books.dump()
      let refused = try ledger.run(request)
      guard refused.exitCode == 2, refused.failure.contains("other_input"),
        try ledger.books.dump() == before
      else { throw mismatch("other input was not refused: \(refused.failure)") }
    }
    request.recloses = true
    try finish(try ledger.run(request), expecting: changed)
  }

  /// Closed dates do not change.
  private func closeAgain() throws {
    log.append("close again")
    let before = try ledger.books.dump()
    try run(through: model.closedThrough, expecting: [])
    guard try ledger.books.dump() == before else { throw mismatch("a no-op changed the store") }
  }

  private func prune() throws {
    let offset = Int.random(in: 0...(closedDates.count + 1), using: &numbers)
    let before = model.firstDate.advanced(by: offset)
    log.append("prune before \(before)")
    _ = try PruneRun(
      storePath: ledger.settings.store ?? "", tenants: [], before: before,
      clock: RunClock { 1_769_925_600 }
    ).run()
  }

  private func addAccount() throws {
    guard let account = Self.allAccounts.first(where: { !accounts.contains($0) }) else { return }
    log.append("account \(account)")
    accounts.insert(account)
    try writeChart()
  }

  // MARK: exports

  private func export(_ date: BusinessDate, correcting: Bool = false) throws {
    var entries = correcting ? (exports[date] ?? []).flatMap { $0 } : []
    if correcting {
      // Some stay, some go, some come.
      entries.removeAll { _ in Int.random(in: 0..<4, using: &numbers) == 0 }
    }
    for _ in 0..<Int.random(in: 0...(correcting ? 2 : 4), using: &numbers) {
      entries.append(entry(on: date))
    }
    if let repeated = entries.randomElement(using: &numbers),
      Int.random(in: 0..<4, using: &numbers) == 0
    {
      // The same identifier again, with the same content or another.
      let again = Bool.random(using: &numbers) ? repeated.lines : entry(on: date).lines
      entries.append(
        ModelEntry(number: repeated.number, effective: repeated.effective, lines: again))
    }
    let cut = Int.random(in: 0...entries.count, using: &numbers)
    exports[date] = [Array(entries[..<cut]), Array(entries[cut...])]
    for (index, part) in (exports[date] ?? []).enumerated() {
      try ledger.export(
        "\(date)", part: "part-0000\(index).ndjson", part.map(\.text).joined(separator: "\n"))
    }
  }

  private func entry(on date: BusinessDate) -> ModelEntry {
    let offsets = [0, 0, 0, -1, -2, -5, -40, 1, 2, 4]
    let effective = date.advanced(by: offsets.randomElement(using: &numbers) ?? 0)
    nextNumber += 1
    var lines: [ModelEntry.Line] = []
    for _ in 0..<Int.random(in: 1...2, using: &numbers) {
      // Zero is an amount, too; and now and then an account is not in the chart yet.
      let amount =
        Int64.random(in: 0...3, using: &numbers) * Int64.random(in: 0...999, using: &numbers)
      let currency = ["USD", "USD", "EUR"].randomElement(using: &numbers) ?? "USD"
      let layer = ["SETTLED", "SETTLED", "PENDING"].randomElement(using: &numbers) ?? "SETTLED"
      let isUnbalanced = Int.random(in: 0..<12, using: &numbers) == 0
      for isDebit in [true, false] {
        let account = Self.allAccounts.prefix(5).randomElement(using: &numbers) ?? 1000
        lines.append(
          ModelEntry.Line(
            account: account, isDebit: isDebit, amount: amount + (isUnbalanced && isDebit ? 1 : 0),
            currency: currency, layer: layer))
      }
    }
    return ModelEntry(number: nextNumber, effective: effective, lines: lines)
  }

  private func writeChart() throws {
    let rows = accounts.sorted().map { "\($0),Account \($0),\($0 < 2000 ? "DR" : "CR")" }
    try ledger.write(
      "chart.csv",
      "account_code,account_name,normal_side\n" + rows.joined(separator: "\n") + "\n")
  }

  // MARK: running and comparing

  private var closedDates: [BusinessDate] {
    (0...max(0, model.firstDate.days(to: model.closedThrough))).map {
      model.firstDate.advanced(by: $0)
    }
  }

  private func accepted(_ date: BusinessDate) -> [ModelEntry] {
    judged(date).filter { $0.verdict == .accepted }.map(\.entry)
  }

  private func judged(
    _ date: BusinessDate
  ) -> [(entry: ModelEntry, verdict: HistoryModel.Verdict)] {
    let entries = (exports[date] ?? []).flatMap { $0 }
    return Array(zip(entries, HistoryModel.verdicts(entries, accounts: accounts)))
  }

  /// The records that the current close of each date read, in any order.
  private var recordsClosed: [BusinessDate: [String]] = [:]
  /// How they were treated.
  private var verdictsClosed: [BusinessDate: [String]] = [:]

  private func records(_ date: BusinessDate) -> [String] {
    (exports[date] ?? []).flatMap { $0 }.map(\.text).sorted()
  }

  private func verdicts(_ date: BusinessDate) -> [String] {
    judged(date).map { "\($0.verdict) \($0.entry.text)" }.sorted()
  }

  private func run(through date: BusinessDate, expecting dates: [BusinessDate], code: Int32? = nil)
    throws
  {
    ledger.settings.date = date
    try finish(try ledger.run(), expecting: dates, code: code)
  }

  private func finish(
    _ result: RunResult, expecting dates: [BusinessDate], code: Int32? = nil
  ) throws {
    let headers = result.tenants.flatMap(\.dates).map(\.header)
    guard headers.map(\.businessDate) == dates,
      code.map({ $0 == result.exitCode }) ?? (result.exitCode < 2)
    else {
      throw mismatch(
        "closed \(headers.map(\.businessDate)) instead of \(dates), exit \(result.exitCode): \(result.failure)"
      )
    }
    for header in headers {
      closeIDs.append(header.closeID.number)
      model.close(header.businessDate, accepted: accepted(header.businessDate))
      recordsClosed[header.businessDate] = records(header.businessDate)
      verdictsClosed[header.businessDate] = verdicts(header.businessDate)
    }
  }

  /// Compares every balance, current and as known at every close.
  private func compare() throws {
    guard let last = model.known.last else { return }
    try BookStore(readingFrom: ledger.settings.store ?? "").read { reader in
      guard let tenant = TenantID(LedgerTree.tenant), let state = try reader.tenantState(tenant)
      else {
        throw mismatch("the tenant has no books")
      }
      for (date, expected) in last {
        try compare(try reader.balances(state, date: date), expected, "current \(date)")
      }
      for (close, known) in zip(closeIDs, model.known) {
        for (date, expected) in known {
          try compare(
            try reader.balances(state, date: date, knownAt: CloseID(close)), expected,
            "\(date) known at close \(close)")
        }
      }
    }
  }

  private func compare(_ balances: [Balance], _ expected: ModelBalances, _ what: String) throws {
    let found = Dictionary(
      balances.map { ("\($0.key)", "\($0.totals.debitMinor) \($0.totals.creditMinor)") },
      uniquingKeysWith: { $0 + $1 })
    guard found == expected else {
      let keys = Set(found.keys).union(expected.keys).filter { found[$0] != expected[$0] }.sorted()
      let list = keys.map { "\($0): \(found[$0] ?? "none"), must be \(expected[$0] ?? "none")" }
      throw mismatch("\(what): \(list.joined(separator: "; "))")
    }
  }

  /// The books verify, against the exports as they are now unless some changed since.
  private func verify() throws {
    guard !model.known.isEmpty else { return }
    let result = try VerifyRun(
      settings: ledger.settings, clock: RunClock { 0 }, dates: (nil, nil), isStoreOnly: false
    ).run()
    guard result.exitCode == 0 else {
      throw mismatch("does not verify: \(VerifySummary.text(result))")
    }
  }

  private func mismatch(_ what: String) -> Mismatch {
    Mismatch(description: (log + [what]).joined(separator: "\n"))
  }
}
