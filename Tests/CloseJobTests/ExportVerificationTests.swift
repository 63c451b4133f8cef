import CloseJob
import DemoLedger
import Foundation
import JobConfiguration
import LedgerDomain
import Testing

@Suite("Verifying the books against their exports")
struct ExportVerificationTests {
  private static let part = "exports/tenant_id=\(LedgerTree.tenant)/date=2026-01-06"

  private func closedLedger() throws -> LedgerTree {
    let ledger = try LedgerTree()
    try ledger.export("2026-01-05", "#1 2026-01-05 | 1000 DR 500 | 3000 CR 500\n= not json")
    try ledger.export("2026-01-06", "#2 2026-01-05 | 1000 DR 1 | 3000 CR 1")
    try ledger.export("2026-01-07", "#3 2026-01-08 | 1000 DR 2 | 3000 CR 2")
    try ledger.close(through: "2026-01-07")
    return ledger
  }

  /// Expects differences of one date only.
  private func expectDifferences(
    _ result: VerifyResult, of date: String = "2026-01-06", say says: String
  ) {
    #expect(result.exitCode == 1)
    #expect(Set(result.differences.map { $0.date?.description }) == [date])
    #expect(
      result.differences.contains { $0.message.contains(says) },
      "\(result.differences.map(\.message))")
  }

  @Test("unchanged exports have no differences")
  func unchangedExportsHaveNoDifferences() throws {
    let ledger = try closedLedger()
    let before = try ledger.books.dump()
    let result = try ledger.verify()
    #expect(result.exitCode == 0)
    #expect(result.differences.isEmpty)
    #expect(result.tenants.map(\.datesRead) == [3])
    #expect(try ledger.books.dump() == before)
    #expect(VerifySummary.text(result).contains("exports of 3 dates read"))
    let storeOnly = try ledger.verify(storeOnly: true)
    #expect(storeOnly.tenants.map(\.datesRead) == [0])
  }

  @Test("books with every feature have no differences")
  func fullBooksHaveNoDifferences() throws {
    for ledger in [try FullBooks.ledger(), try FullBooks.prunedLedger()] {
      let result = try ledger.verify()
      #expect(result.exitCode == 0, "\(result.differences) \(result.tenants.map(\.failures))")
      #expect(result.tenants.allSatisfy { $0.datesRead >= 5 })
    }
  }

  @Test("a changed amount is reported with its movement")
  func changedAmountIsReported() throws {
    let ledger = try closedLedger()
    try ledger.export("2026-01-06", "#2 2026-01-05 | 1000 DR 4 | 3000 CR 4")
    let result = try ledger.verify()
    expectDifferences(result, say: "records of the export have changed (part-00000.ndjson)")
    expectDifferences(result, say: "on 2026-01-05 by 3 DR 0 CR more")
    #expect(try ledger.verify(storeOnly: true).exitCode == 0)
  }

  @Test("a changed quarantined record is reported")
  func changedQuarantinedRecordIsReported() throws {
    let ledger = try closedLedger()
    try ledger.export("2026-01-05", "#1 2026-01-05 | 1000 DR 500 | 3000 CR 500\n= not JSON")
    let result = try ledger.verify()
    expectDifferences(result, of: "2026-01-05", say: "records of the export have changed")
    #expect(result.differences.count == 1)
  }

  @Test("an added part is reported")
  func addedPartIsReported() throws {
    let ledger = try closedLedger()
    try ledger.export(
      "2026-01-06", part: "part-00001.ndjson", "2026-01-06 | 1000 DR 9 | 3000 CR 9")
    expectDifferences(try ledger.verify(), say: "part-00001.ndjson")
  }

  @Test("a removed part is reported")
  func removedPartIsReported() throws {
    let ledger = try closedLedger()
    try ledger.remove("\(Self.part)/part-00000.ndjson")
    expectDifferences(try ledger.verify(), say: "has 0 records")
  }

  @Test("a date without its directory fails and the others are verified")
  func missingDirectoryFailsOneDate() throws {
    let ledger = try closedLedger()
    try ledger.remove(Self.part)
    try ledger.export("2026-01-07", "#3 2026-01-08 | 1000 DR 3 | 3000 CR 3")
    let result = try ledger.verify()
    #expect(result.exitCode == 2)
    #expect(result.tenants[0].failures.joined().contains("2026-01-06: the export is gone"))
    #expect(result.tenants[0].datesRead == 2)
    #expect(Set(result.differences.map { $0.date?.description }) == ["2026-01-07"])
    #expect(try ledger.verify(to: "2026-01-05").exitCode == 0)
    #expect(try ledger.verify(from: "2026-01-07").exitCode == 1)
  }

  @Test("a tenant without a directory cannot be verified")
  func missingTenantDirectoryFails() throws {
    let ledger = try closedLedger()
    try ledger.remove("exports/tenant_id=\(LedgerTree.tenant)")
    let result = try ledger.verify()
    #expect(result.exitCode == 2)
    #expect(result.tenants[0].failures.joined().contains("--store-only"))
    #expect(try ledger.verify(storeOnly: true).exitCode == 0)
  }

  @Test("a truncated part is reported once")
  func truncatedPartIsReportedOnce() throws {
    let ledger = try LedgerTree()
    var options = DemoOptions()
    (options.tenants, options.dates, options.entriesPerDate) = (1, 3, 60)
    _ = try DemoLedger(options).write(to: "\(ledger.directory)/demo")
    ledger.settings.exports = "\(ledger.directory)/demo/exports"
    ledger.settings.chart = "\(ledger.directory)/demo/chart.csv"
    try ledger.close(through: "2026-01-03")
    #expect(try ledger.verify().exitCode == 0)
    let tenants = try FileManager.default.contentsOfDirectory(
      atPath: "\(ledger.directory)/demo/exports")
    let part =
      "\(ledger.directory)/demo/exports/\(tenants[0])/date=2026-01-02/part-00000.ndjson.gz"
    let bytes = try Data(contentsOf: URL(fileURLWithPath: part))
    try bytes.dropLast(9).write(to: URL(fileURLWithPath: part))
    let result = try ledger.verify()
    #expect(result.exitCode == 2)
    #expect(result.tenants[0].failures.count == 1)
    #expect(result.tenants[0].failures[0].contains("part-00000.ndjson.gz"))
    #expect(result.tenants[0].datesRead == 2)
    #expect(result.differences.isEmpty)
  }

  @Test("recompressed parts with the same records have no differences")
  func recompressedPartsHaveNoDifferences() throws {
    let ledger = try LedgerTree()
    var options = DemoOptions()
    (options.tenants, options.dates, options.entriesPerDate) = (2, 2, 60)
    for level in [1, 9] {
      options.compressionLevel = level
      _ = try DemoLedger(options).write(to: "\(ledger.directory)/level-\(level)")
    }
    ledger.settings.exports = "\(ledger.directory)/level-1/exports"
    ledger.settings.chart = "\(ledger.directory)/level-1/chart.csv"
    try ledger.close(through: "2026-01-02")
    ledger.settings.exports = "\(ledger.directory)/level-9/exports"
    let result = try ledger.verify()
    #expect(result.exitCode == 0, "\(result.differences)")
    #expect(result.tenants.map(\.datesRead) == [2, 2])
  }

  @Test("a reclosed date is compared with its current close")
  func reclosedDateIsComparedWithItsCurrentClose() throws {
    let ledger = try closedLedger()
    try ledger.export("2026-01-06", "#2 2026-01-05 | 1000 DR 4 | 3000 CR 4")
    expectDifferences(try ledger.verify(), say: "close 2 of 2026-01-06")
    // The quarantined record of 5 January is open.
    #expect(try ledger.closeAgain("2026-01-06").exitCode == 1)
    #expect(try ledger.verify().exitCode == 0)
    try ledger.export("2026-01-06", "#2 2026-01-05 | 1000 DR 1 | 3000 CR 1")
    expectDifferences(try ledger.verify(), say: "close 4 of 2026-01-06")
  }

  @Test("each date is verified with the chart of its close")
  func changedChartDoesNotMatter() throws {
    let ledger = try closedLedger()
    try ledger.write("chart.csv", "account_code,account_name,normal_side\n1000,Till,CR\n")
    #expect(try ledger.verify().exitCode == 0)
    try ledger.remove("chart.csv")
    ledger.settings.chart = nil
    #expect(try ledger.verify().exitCode == 0)
  }
}
