import CloseJob
import Foundation
import JobConfiguration
import LedgerDomain
import SnapshotStore
import TestSupport

/// A ledger's random history from a seed, with the model beside it: dates exported late, twice, wrongly
/// and again, entries replayed on other dates, late parts, backdated and future-dated entries, changed
/// charts, quarantined records that somebody accepts, reclosed dates, pruned versions.
final class RandomHistory {
  /// How the ledger differs from the model.
  struct Mismatch: Error, CustomStringConvertible {
    let description: String
  }

  static let allAccounts = [1000, 1100, 2000, 3000, 4000, 5000]

  var numbers: SeededNumbers
  let ledger: LedgerTree
  var model: HistoryModel
  /// The job's chart.
  var chart: ModelChart = [:]
  /// The records of each exported date, part by part.
  var exports: [BusinessDate: [[ModelEntry]]] = [:]
  /// The sizes of the parts of each exported date.
  var sizes: [BusinessDate: [String: Int]] = [:]
  var nextNumber = 1
  /// The ledger's close for each of the model's, in order.
  var closeIDs: [Int64] = []
  /// The steps of the history, for diagnosis.
  var log: [String] = []

  init(seed: UInt64) throws {
    numbers = SeededNumbers(seed: seed)
    ledger = try LedgerTree()
    let first = BusinessDate(dayNumber: 20_458)
    var openings: [ModelKey: (debit: Int64, credit: Int64)] = [:]
    if Bool.random(using: &numbers) {
      let amount = Int64.random(in: 1...9_999, using: &numbers)
      openings = ["1000 USD SETTLED": (amount + 7, 7), "3000 USD SETTLED": (0, amount)]
      try ledger.open(with: "1000,USD,SETTLED,\(amount + 7),7\n3000,USD,SETTLED,0,\(amount)")
    }
    let window = [0, 2, 2, 3, 3].randomElement(using: &numbers) ?? 2
    model = HistoryModel(firstDate: first, openings: openings, window: window)
    ledger.settings.duplicateWindow = window
    ledger.settings.recheckDates = Int.random(in: 2...5, using: &numbers)
    ledger.settings.lateInput =
      [.report, .report, .reclose, .refuse].randomElement(using: &numbers) ?? .report
    ledger.settings.maxQuarantinedPercent = 100
    for code in Self.allAccounts.prefix(4) { chart[code] = Self.account(code) }
    try writeChart()
    log.append(
      "window \(window), recheck \(ledger.settings.recheckDates), late input "
        + "\(ledger.settings.lateInput)")
  }

  static func account(_ code: Int) -> ModelAccount {
    ModelAccount(name: "Account \(code)", isDebit: code < 2000)
  }

  /// Takes some steps, and compares after each.
  func run() throws {
    for _ in 0..<Int.random(in: 4...12, using: &numbers) {
      try step()
      try compare(isWhole: false)
    }
    if model.closes.isEmpty { return }
    log.append("close everything again")
    try run(from: model.firstDate, through: model.closedThrough, recloses: true)
    try compare(isWhole: true)
    try verify(isStoreOnly: false)
  }

  /// The records of a date's export.
  func records(_ date: BusinessDate) -> [ModelRecord] {
    (exports[date] ?? []).enumerated().flatMap { part, entries in
      entries.enumerated().map {
        ModelRecord(file: Self.part(part), number: $0 + 1, entry: $1)
      }
    }
  }

  static func part(_ index: Int) -> String { "part-0000\(index).ndjson" }

  func verify(isStoreOnly: Bool) throws {
    let result = try VerifyRun(
      settings: ledger.settings, clock: RunClock { 0 }, dates: (nil, nil),
      isStoreOnly: isStoreOnly
    ).run()
    guard result.exitCode == 0 else {
      throw mismatch("does not verify: \(VerifySummary.text(result))")
    }
  }

  func mismatch(_ what: String) -> Mismatch {
    Mismatch(description: (log + [what]).joined(separator: "\n"))
  }
}
