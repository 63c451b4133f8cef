import Foundation
import LedgerDomain
import TestSupport

extension RandomHistory {
  /// Exports a date, for the first time or with corrections.
  func export(_ date: BusinessDate, correcting: Bool = false) throws {
    var entries = correcting ? (exports[date] ?? []).flatMap { $0 } : []
    if correcting {
      // Some stay, some go, some come.
      entries.removeAll { _ in Int.random(in: 0..<4, using: &numbers) == 0 }
    }
    for _ in 0..<Int.random(in: 0...(correcting ? 2 : 4), using: &numbers) {
      entries.append(entry(on: date))
    }
    while let replayed = replayed(on: date) { entries.append(replayed) }
    if let repeated = entries.randomElement(using: &numbers),
      Int.random(in: 0..<4, using: &numbers) == 0
    {
      entries.append(again(repeated, on: date))
    }
    let cut = Int.random(in: 0...entries.count, using: &numbers)
    try write(date, [Array(entries[..<cut]), Array(entries[cut...])])
  }

  /// Writes a date's parts in place of those that it has.
  func write(_ date: BusinessDate, _ parts: [[ModelEntry]]) throws {
    let directory = "exports/tenant_id=\(LedgerTree.tenant)/date=\(date)"
    for index in parts.count..<max(parts.count, exports[date]?.count ?? 0) {
      try ledger.remove("\(directory)/\(Self.part(index))")
    }
    exports[date] = parts
    sizes[date] = [:]
    for (index, part) in parts.enumerated() {
      let file = Self.part(index)
      try ledger.export(
        "\(date)", part: file, part.map(\.text).joined(separator: "\n"))
      let path = "\(ledger.directory)/\(directory)/\(file)"
      sizes[date]?[file] = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    }
  }

  /// Now and then, an entry of a date at most one past the window away, with its content or another.
  func replayed(on date: BusinessDate) -> ModelEntry? {
    guard Int.random(in: 0..<5, using: &numbers) < 2 else { return nil }
    let distance = Int.random(in: 1...(model.window + 1), using: &numbers)
    let isLater = Int.random(in: 0..<4, using: &numbers) == 0
    let other = date.advanced(by: isLater ? distance : -distance)
    guard let entry = (exports[other] ?? []).flatMap({ $0 }).randomElement(using: &numbers) else {
      return nil
    }
    return again(entry, on: date)
  }

  /// The same identifier again, with the same content or another.
  private func again(_ repeated: ModelEntry, on date: BusinessDate) -> ModelEntry {
    let isSame = Int.random(in: 0..<3, using: &numbers) > 0
    return ModelEntry(
      number: repeated.number, effective: repeated.effective,
      lines: isSame ? repeated.lines : entry(on: date).lines)
  }

  func entry(on date: BusinessDate) -> ModelEntry {
    let offsets = [0, 0, 0, -1, -2, -5, -40, 1, 2, 4]
    let effective = date.advanced(by: offsets.randomElement(using: &numbers) ?? 0)
    nextNumber += 1
    var lines: [ModelEntry.Line] = []
    for _ in 0..<Int.random(in: 1...2, using: &numbers) {
      // Zero is an amount, too; and now and then an account is not in the chart.
      let amount =
        Int64.random(in: 0...3, using: &numbers) * Int64.random(in: 0...999, using: &numbers)
      let currency = ["USD", "USD", "EUR"].randomElement(using: &numbers) ?? "USD"
      let layer = ["SETTLED", "SETTLED", "PENDING"].randomElement(using: &numbers) ?? "SETTLED"
      let isUnbalanced = Int.random(in: 0..<12, using: &numbers) == 0
      for isDebit in [true, false] {
        let account =
          Int.random(in: 0..<12, using: &numbers) == 0
          ? Self.allAccounts.randomElement(using: &numbers)
          : chart.keys.sorted().randomElement(using: &numbers)
        lines.append(
          ModelEntry.Line(
            account: account ?? 1000, isDebit: isDebit,
            amount: amount + (isUnbalanced && isDebit ? 1 : 0), currency: currency, layer: layer))
      }
    }
    return ModelEntry(number: nextNumber, effective: effective, lines: lines)
  }

  func writeChart() throws {
    let rows = chart.sorted { $0.key < $1.key }.map {
      "\($0.key),\($0.value.name),\($0.value.isDebit ? "DR" : "CR")"
    }
    try ledger.write(
      "chart.csv",
      "account_code,account_name,normal_side\n" + rows.joined(separator: "\n") + "\n")
  }
}
