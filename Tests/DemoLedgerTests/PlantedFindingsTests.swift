import DemoLedger
import Foundation
import Testing

@Suite("Planted findings")
struct PlantedFindingsTests {
  private static let codes: Set<String> = [
    "record_too_long", "malformed_json", "missing_field", "invalid_field", "unknown_currency",
    "tenant_mismatch", "posted_outside_date", "unknown_account", "duplicate_sequence",
    "unbalanced", "duplicate_entry", "conflicting_duplicate", "future_effective",
    "effective_before_opening", "locked_period", "abnormal_balance", "backdated",
    "reversal_mismatch", "reversal_repeated", "entry_already_closed",
  ]

  @Test("have every code at default options, and fewer than 100 quarantined records per date")
  func everyFindingCodeIsPlanted() throws {
    var options = DemoOptions()
    options.compressionLevel = 1
    let rows = try DemoTree(options).planted()
    #expect(Set(rows.compactMap { $0["code"] }) == Self.codes)
    let errors = rows.filter { $0["severity"] == "error" }
    let dates = Dictionary(grouping: errors) { "\($0["tenant_id"]!) \($0["business_date"]!)" }
    for (date, findings) in dates { #expect(findings.count < 100, "\(date)") }
  }

  @Test("name the record they are about, by its number in its part")
  func findingsNameTheirRecords() throws {
    var options = DemoOptions.small
    options.isCompressed = false
    let tree = try DemoTree(options)
    var checked = 0
    var parts: [String: [Data]] = [:]
    for row in try tree.planted() {
      guard let identifier = row["journal_entry_id"], !identifier.isEmpty else { continue }
      let path =
        "exports/tenant_id=\(row["tenant_id"]!)/date=\(row["business_date"]!)/\(row["file"]!)"
      let records = try parts[path] ?? Self.records(tree.bytes(of: path))
      parts[path] = records
      let record = records[try #require(Int(row["record"]!)) - 1]
      let text = String(decoding: record, as: UTF8.self).lowercased()
      #expect(text.contains(identifier), "\(row)")
      checked += 1
    }
    #expect(checked > 50)
  }

  @Test("of an earlier date's entries follow each other")
  func entriesOfEarlierDatesAreRepeatedAndReversed() throws {
    var options = DemoOptions.small
    (options.tenants, options.dates) = (1, 9)
    let rows = try DemoTree(options).planted()
    func dates(_ code: String) -> Set<String> {
      Set(rows.filter { $0["code"] == code }.compactMap { $0["business_date"] })
    }
    #expect(dates("entry_already_closed") == ["2026-01-02", "2026-01-06"])
    #expect(dates("reversal_mismatch").isSuperset(of: ["2026-01-03", "2026-01-07"]))
    #expect(dates("reversal_repeated").isSuperset(of: ["2026-01-04", "2026-01-08"]))
    #expect(dates("conflicting_duplicate").isSuperset(of: ["2026-01-05", "2026-01-09"]))
  }

  @Test("are backdated entries alone without defects")
  func onlyBackdatedEntriesWithoutDefects() throws {
    var options = DemoOptions.small
    options.plantsDefects = false
    options.dates = 8
    let rows = try DemoTree(options).planted()
    #expect(Set(rows.compactMap { $0["code"] }) == ["backdated"])
  }

  private static func records(_ part: Data) -> [Data] {
    part.split(separator: 0x0A, omittingEmptySubsequences: false)
  }
}
