import DemoLedger
import Foundation
import Testing

/// A line of an entry that the close accepts, as the export has it.
struct LedgerLine {
  let entry: String
  let account: String
  let currency: String
  let layer: String
  /// Debits positive, in minor units.
  let amount: Int
  let loan: String?
  let reference: String?
  let effective: String
  /// The first date whose close has it.
  let known: String
}

extension DemoTree {
  /// The dates of the tree, in order.
  func dates() throws -> [String] {
    Set(try files().compactMap(Self.place).map(\.date)).sorted()
  }

  /// The lines of all records of a tenant but those that were planted as errors.
  func lines(of tenant: String) throws -> [LedgerLine] {
    let errors = Set(
      try planted().filter { $0["severity"] == "error" }.map {
        [$0["tenant_id"], $0["business_date"], $0["file"], $0["record"]].map { $0 ?? "" }
      })
    return try files().flatMap { path -> [LedgerLine] in
      guard let place = Self.place(path), place.tenant == tenant else { return [] }
      let mark = Data([0xEF, 0xBB, 0xBF])
      let bytes = try bytes(of: path)
      let records = (bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes)
        .split(separator: 0x0A, omittingEmptySubsequences: false)
      return try records.enumerated().flatMap { index, record -> [LedgerLine] in
        let number = [tenant, place.date, place.file, String(index + 1)]
        if errors.contains(number) || record.count < 2 { return [] }
        return try Self.lines(record, date: place.date)
      }
    }
  }

  private static func lines(_ record: Data, date: String) throws -> [LedgerLine] {
    let entry = try #require(try JSONSerialization.jsonObject(with: record) as? [String: Any])
    let lines = try #require(entry["lines"] as? [[String: Any]])
    let effective = try #require(entry["effective_at"] as? String)
    return try lines.map { line in
      let amount = try #require((line["amount_minor"] as? String).flatMap(Int.init))
      return LedgerLine(
        entry: (entry["journal_entry_id"] as? String ?? "").lowercased(),
        account: line["account_code"] as? String ?? "",
        currency: line["currency"] as? String ?? "", layer: line["layer"] as? String ?? "",
        amount: line["direction"] as? String == "DR" ? amount : -amount,
        loan: (line["loan_id"] as? String)?.lowercased(),
        reference: line["external_ref"] as? String, effective: effective,
        known: max(effective, date))
    }
  }

  private static func place(_ path: String) -> (tenant: String, date: String, file: String)? {
    let steps = path.split(separator: "/").map(String.init)
    guard steps.count == 4, steps[0] == "exports", steps[3].lowercased().hasSuffix(".ndjson")
    else { return nil }
    return (String(steps[1].dropFirst(10)), String(steps[2].dropFirst(5)), steps[3])
  }

  /// The rows of a file with a header, each by column.
  func rows(_ path: String) throws -> [[String: String]] {
    let rows = String(decoding: try bytes(of: path), as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(rows[0], $0)) }
  }

  /// The settled opening balances of some accounts: debits less credits, by account and currency.
  func opening(of tenant: String) throws -> [String: Int] {
    guard summary.opening != nil else { return [:] }
    var balances: [String: Int] = [:]
    for row in try rows("opening/\(tenant).csv") where row["layer"] == "SETTLED" {
      let debit = try #require(row["dr_balance_minor"].flatMap(Int.init))
      let credit = try #require(row["cr_balance_minor"].flatMap(Int.init))
      balances["\(row["account_code"]!) \(row["currency"]!)", default: 0] += debit - credit
    }
    return balances
  }
}

/// A row of the list of planted breaks.
struct ListedBreak {
  let kind: String
  let tenant: String
  let date: String
  let account: String
  let loan: String
  let currency: String
  /// Zero if there is none.
  let amount: Int
  /// Empty if there is none.
  let until: String

  func isOf(_ bankAccount: DemoBankAccount) -> Bool {
    account == bankAccount.accountCode && currency == bankAccount.currencyCode
  }
}

extension DemoTree {
  /// The planted breaks, of one kind or of all.
  func breaks(_ kind: String? = nil) throws -> [ListedBreak] {
    try rows("planted-breaks.csv").map { row in
      func text(_ column: String) -> String { row[column] ?? "" }
      return ListedBreak(
        kind: text("kind"), tenant: text("tenant_id"), date: text("business_date"),
        account: text("account_code"), loan: text("loan_id"), currency: text("currency"),
        amount: Int(text("amount_minor")) ?? 0, until: text("until_date"))
    }.filter { kind == nil || $0.kind == kind }
  }
}

extension DemoOptions {
  /// Plain parts of twelve dates, so that every break has its turn.
  static func readable(defects: Bool, opening: Bool = true) -> DemoOptions {
    var options = DemoOptions.small
    (options.dates, options.entriesPerDate) = (12, 90)
    (options.isCompressed, options.plantsDefects) = (false, defects)
    options.opensWithBalances = opening
    return options
  }
}
