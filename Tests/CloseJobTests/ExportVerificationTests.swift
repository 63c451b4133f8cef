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

  @Test("finds nothing if nothing changed, and says what was read")
  func nothing() throws {
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

  @Test("finds nothing in books with everything in them")
  func fullBooks() throws {
    for ledger in [try FullBooks.ledger(), try FullBooks.prunedLedger()] {
      let result = try ledger.verify()
      #expect(result.exitCode == 0, "\(result.differences) \(result.tenants.map(\.failure))")
      #expect(result.tenants.allSatisfy { $0.datesRead >= 5 })
    }
  }

  @Test("finds an entry whose amount changed, with the movement")
  func amountChanged() throws {
    let ledger = try closedLedger()
    try ledger.export("2026-01-06", "#2 2026-01-05 | 1000 DR 4 | 3000 CR 4")
    let result = try ledger.verify()
    expectDifferences(result, say: "other records now (part-00000.ndjson)")
    expectDifferences(result, say: "on 2026-01-05 by 3 DR 0 CR more")
    #expect(try ledger.verify(storeOnly: true).exitCode == 0)
  }

  @Test("finds a quarantined record that changed, which moves nothing")
  func quarantinedChanged() throws {
    let ledger = try closedLedger()
    try ledger.export("2026-01-05", "#1 2026-01-05 | 1000 DR 500 | 3000 CR 500\n= not JSON")
    let result = try ledger.verify()
    expectDifferences(result, of: "2026-01-05", say: "other records now")
    #expect(result.differences.count == 1)
  }

  @Test("finds a part that was added")
  func partAdded() throws {
    let ledger = try closedLedger()
    try ledger.export(
      "2026-01-06", part: "part-00001.ndjson", "2026-01-06 | 1000 DR 9 | 3000 CR 9")
    expectDifferences(try ledger.verify(), say: "part-00001.ndjson")
  }

  @Test("finds a part that was removed")
  func partRemoved() throws {
    let ledger = try closedLedger()
    try ledger.remove("\(Self.part)/part-00000.ndjson")
    expectDifferences(try ledger.verify(), say: "gives 0 records")
  }

  @Test("cannot verify a date whose directory is gone, and verifies the others")
  func directoryRemoved() throws {
    let ledger = try closedLedger()
    try ledger.remove(Self.part)
    try ledger.export("2026-01-07", "#3 2026-01-08 | 1000 DR 3 | 3000 CR 3")
    let result = try ledger.verify()
    #expect(result.exitCode == 2)
    #expect(result.tenants[0].failure.joined().contains("2026-01-06: its export is gone"))
    #expect(result.tenants[0].datesRead == 2)
    #expect(Set(result.differences.map { $0.date?.description }) == ["2026-01-07"])
    #expect(try ledger.verify(to: "2026-01-05").exitCode == 0)
    #expect(try ledger.verify(from: "2026-01-07").exitCode == 1)
  }

  @Test("cannot verify a tenant without a directory")
  func tenantRemoved() throws {
    let ledger = try closedLedger()
    try ledger.remove("exports/tenant_id=\(LedgerTree.tenant)")
    let result = try ledger.verify()
    #expect(result.exitCode == 2)
    #expect(result.tenants[0].failure.joined().contains("--store-only"))
    #expect(try ledger.verify(storeOnly: true).exitCode == 0)
  }

  @Test("cannot verify a part that is cut short, and says so once")
  func truncatedPart() throws {
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
    #expect(result.tenants[0].failure.count == 1)
    #expect(result.tenants[0].failure[0].contains("part-00000.ndjson.gz"))
    #expect(result.tenants[0].datesRead == 2)
    #expect(result.differences.isEmpty)
  }

  @Test("finds nothing if the same records come compressed otherwise")
  func recompressed() throws {
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

  @Test("compares a date that was closed again with its last close")
  func reclosedDate() throws {
    let ledger = try closedLedger()
    try ledger.export("2026-01-06", "#2 2026-01-05 | 1000 DR 4 | 3000 CR 4")
    expectDifferences(try ledger.verify(), say: "close 2 of 2026-01-06")
    #expect(try ledger.closeAgain("2026-01-06").exitCode == 0)
    #expect(try ledger.verify().exitCode == 0)
    try ledger.export("2026-01-06", "#2 2026-01-05 | 1000 DR 1 | 3000 CR 1")
    expectDifferences(try ledger.verify(), say: "close 4 of 2026-01-06")
  }

  @Test("uses the chart that a date was closed with, whatever the chart says now")
  func chartChanged() throws {
    let ledger = try closedLedger()
    try ledger.write("chart.csv", "account_code,account_name,normal_side\n1000,Till,CR\n")
    #expect(try ledger.verify().exitCode == 0)
    try ledger.remove("chart.csv")
    ledger.settings.chart = nil
    #expect(try ledger.verify().exitCode == 0)
  }
}
