import DemoLedger
import Foundation
import Testing

@Suite("Exports without defects")
struct BalancedExportsTests {
  private struct Totals: Equatable {
    var debit = 0
    var credit = 0
  }

  private struct Reading {
    var entries = 0
    var lines = 0
    var totals: [String: Totals] = [:]
  }

  @Test("balance in every entry, currency and layer, and agree with their manifests")
  func entriesBalanceAndAgreeWithManifests() throws {
    var options = DemoOptions.small
    options.plantsDefects = false
    options.isCompressed = false
    let tree = try DemoTree(options)
    let files = try tree.files()
    var entries = 0
    for manifest in files where manifest.hasSuffix("manifest.json") {
      let directory = manifest.dropLast("manifest.json".count)
      var day = Reading()
      for part in files where part.hasPrefix(directory) && part.hasSuffix(".ndjson") {
        try read(tree.bytes(of: part), into: &day)
      }
      try compare(day, with: object(tree.bytes(of: manifest)))
      entries += day.entries
    }
    #expect(entries == tree.summary.entries)
    #expect(entries == 2 * 3 * 60)
  }

  private func read(_ part: Data, into day: inout Reading) throws {
    for record in part.split(separator: 0x0A) {
      var sums: [String: Int] = [:]
      let lines = try #require(object(record)["lines"] as? [[String: Any]])
      for line in lines {
        let pair = "\(line["currency"]!) \(line["layer"]!)"
        let amount = try #require((line["amount_minor"] as? String).flatMap(Int.init))
        let isDebit = line["direction"] as? String == "DR"
        sums[pair, default: 0] += isDebit ? amount : -amount
        day.totals[pair, default: Totals()].debit += isDebit ? amount : 0
        day.totals[pair, default: Totals()].credit += isDebit ? 0 : amount
      }
      #expect(sums.values.allSatisfy { $0 == 0 })
      day.entries += 1
      day.lines += lines.count
    }
  }

  private func compare(_ day: Reading, with manifest: [String: Any]) throws {
    #expect(manifest["entry_count"] as? Int == day.entries)
    #expect(manifest["line_count"] as? Int == day.lines)
    var totals: [String: Totals] = [:]
    for total in try #require(manifest["control_totals"] as? [[String: Any]]) {
      let debit = try #require(total["dr_minor"] as? Int)
      let credit = try #require(total["cr_minor"] as? Int)
      totals["\(total["currency"]!) \(total["layer"]!)"] = Totals(debit: debit, credit: credit)
    }
    #expect(totals == day.totals)
  }

  private func object(_ json: Data) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
  }
}
