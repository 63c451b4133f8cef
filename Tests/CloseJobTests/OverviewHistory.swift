import CloseJob
import JobConfiguration
import LedgerDomain

/// Random nights of two tenants with whatever changes an overview: quarantined records and decisions about
/// them, backdated entries, late parts, recloses, certifications, statements that come late, settlements.
final class OverviewHistory {
  let ledger: LedgerTree
  private var numbers: SeededNumbers
  private var lastDay = 4
  private var balances: [Int: Int] = [:]
  private var balance = 0
  /// What happened, for diagnosis.
  private(set) var log: [String] = []

  init(seed: UInt64) throws {
    numbers = SeededNumbers(seed: seed)
    ledger = try LedgerTree.withBank()
    ledger.settings.reports = "\(ledger.directory)/reports"
    ledger.settings.bankOverdueDays = 1
    ledger.settings.maxQuarantinedPercent = 100
    try closeDates(2)
  }

  private func date(_ day: Int) -> String { "2026-01-" + (day < 10 ? "0\(day)" : "\(day)") }

  private func anyDay() -> Int { Int.random(in: 5...lastDay, using: &numbers) }

  /// Takes a step.
  func step() throws {
    switch Int.random(in: 0..<10, using: &numbers) {
    case 0, 1, 2: try closeDates(Int.random(in: 1...2, using: &numbers))
    case 3, 4:
      log.append("certify \(date(anyDay()))")
      try ledger.certify(date(anyDay()))
    case 5: try decide()
    case 6: try closeAgain()
    case 7, 8: try deliver()
    default: try settle()
    }
  }

  private func closeDates(_ count: Int) throws {
    for _ in 0..<count {
      lastDay += 1
      let amount = Int.random(in: 1...9_999, using: &numbers)
      var lines = ["\(date(lastDay)) | 1000 DR \(amount) | 3000 CR \(amount)"]
      if Int.random(in: 0..<3, using: &numbers) == 0 { lines.append("= {}") }
      if Int.random(in: 0..<3, using: &numbers) == 0 {
        lines.append("\(date(lastDay)) | 9999 DR 31 EUR | 3000 CR 31 EUR")
      }
      if Int.random(in: 0..<2, using: &numbers) == 0 {
        lines.append("\(date(anyDay())) | 1100 DR 7 | 3000 CR 7")
      }
      balance += amount
      balances[lastDay] = balance
      try ledger.export(date(lastDay), lines.joined(separator: "\n"))
      let other = "\(date(anyDay())) | 1000 DR 5 | 3000 CR 5"
      try ledger.export(date(lastDay), tenant: LedgerTree.otherTenant, other)
    }
    log.append("close through \(date(lastDay))")
    try ledger.close(through: date(lastDay))
  }

  private func decide() throws {
    let isUndo = Int.random(in: 0..<3, using: &numbers) == 0
    for day in (5...lastDay).shuffled(using: &numbers) {
      do {
        try ledger.accept(date(day), isUndo: isUndo)
        log.append("\(isUndo ? "take back" : "accept") \(date(day))")
        return
      } catch is CloseRefusal {}
    }
  }

  private func closeAgain() throws {
    let day = anyDay()
    let part = "part-0001\(Int.random(in: 0..<4, using: &numbers)).ndjson"
    try ledger.export(date(day), part: part, "\(date(day)) | 1100 DR 2 | 3000 CR 2")
    if Bool.random(using: &numbers) {
      log.append("close \(date(day)) again")
      try ledger.closeAgain(date(day))
    } else {
      log.append("a late part of \(date(day))")
    }
  }

  /// A statement of a date, right or wrong.
  private func deliver() throws {
    let day = anyDay()
    let closing = (balances[day] ?? 0) - (Bool.random(using: &numbers) ? 0 : 25)
    let opening = balances[day - 1] ?? 0
    let amount = AmountText.decimal(AmountMinor(closing - opening), digits: 2)
    try ledger.statement(
      String(date(day).suffix(2)), opening: opening, closing: closing,
      rows: "\(date(day)),\(amount),\n")
    log.append("a statement of \(date(day))")
    _ = try ledger.reconcile()
  }

  private func settle() throws {
    let items = try ledger.books.rows(
      """
      SELECT identity FROM outstanding_item WHERE business_date = (
        SELECT max(business_date) FROM outstanding_item) ORDER BY identity
      """)
    guard let item = items.randomElement(using: &numbers) else { return }
    do {
      log.append("write off \(item)")
      try ledger.settle(.writeOff([item]))
    } catch is CloseRefusal {}
  }
}
