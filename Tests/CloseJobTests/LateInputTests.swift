import CloseJob
import Foundation
import JobConfiguration
import LedgerDomain
import Testing

@Suite("Late input")
struct LateInputTests {
  static let dates = ["2026-01-05", "2026-01-06", "2026-01-07"]
  static let late = "part-00001.ndjson"
  static let command = "tieout backfill --from 2026-01-05 --to 2026-01-05 --reclose"

  /// Three closed dates with an entry of 500 each, and a fourth that is exported.
  static func ledger() throws -> LedgerTree {
    let ledger = try LedgerTree()
    for (index, date) in dates.enumerated() {
      try ledger.export(date, "#\(index + 1) \(date) | 1000 DR 500 | 3000 CR 500")
    }
    try ledger.close(through: "2026-01-07")
    try ledger.export("2026-01-08", "#4 2026-01-08 | 1000 DR 500 | 3000 CR 500")
    return ledger
  }

  static func addPart(_ ledger: LedgerTree, to date: String = "2026-01-05") throws {
    try ledger.export(date, part: late, "#\(date.suffix(2)) \(date) | 1000 DR 7 | 3000 CR 7")
  }

  /// The rows of the check: date, scope, status, figures.
  static func tieOuts(_ ledger: LedgerTree) throws -> [String] {
    try ledger.books.rows(
      """
      SELECT close_id, replace(scope, ' ', '_'), status, expected_minor, actual_minor
      FROM tie_out WHERE check_name = 'late_input' ORDER BY close_id, scope
      """)
  }

  static func detail(_ ledger: LedgerTree, close: Int) throws -> String {
    try ledger.books.rows(
      "SELECT detail FROM tie_out WHERE check_name = 'late_input' AND close_id = \(close)"
    ).joined(separator: "\n")
  }

  private func reclose(_ ledger: LedgerTree, _ first: String, _ last: String) throws -> RunResult {
    var request = CloseRequest()
    request.from = BusinessDate(first)
    request.recloses = true
    ledger.settings.date = BusinessDate(last)
    return try ledger.run(request)
  }

  @Test("unchanged exports pass; the first close has nothing to compare with")
  func unchanged() throws {
    let ledger = try Self.ledger()
    let result = try ledger.close(through: "2026-01-08")
    #expect(result.exitCode == 0)
    #expect(
      try Self.tieOuts(ledger) == [
        "1  inconclusive - -", "2 2026-01-05 pass 1 1", "3 2_dates_to_2026-01-06 pass 2 2",
        "4 3_dates_to_2026-01-07 pass 3 3",
      ])
  }

  @Test("a part that comes late is a break of every new close until the date is closed again")
  func latePart() throws {
    let ledger = try Self.ledger()
    try Self.addPart(ledger)
    for (date, close) in [("2026-01-08", 4), ("2026-01-09", 5)] {
      try ledger.exportEmptyDate("2026-01-09")
      let result = try ledger.close(through: date)
      #expect(result.exitCode == 1)
      #expect(result.tenants[0].dates.map(\.breaks) == [[.lateInput]])
      #expect(result.tenants[0].lateInput.map(\.date.description) == ["2026-01-05"])
      #expect(try Self.tieOuts(ledger).last == "\(close) 2026-01-05 fail 1 2")
      let detail = try Self.detail(ledger, close: close)
      #expect(detail.contains("\(Self.late) is new") && detail.contains(Self.command))
      #expect(detail.contains("after close 1"))
    }
    #expect(try reclose(ledger, "2026-01-05", "2026-01-05").exitCode == 0)
    try ledger.exportEmptyDate("2026-01-10")
    #expect(try ledger.close(through: "2026-01-10").exitCode == 0)
    #expect(
      try ledger.books.balances("2026-01-10")
        == "1000 USD SETTLED 2007 0\n3000 USD SETTLED 0 2007")
    #expect(
      try Self.tieOuts(ledger).suffix(2) == [
        "6 5_dates_to_2026-01-09 pass 5 5", "7 5_dates_to_2026-01-09 pass 5 5",
      ])
  }

  @Test("the API's reconciliation status is the same with and without late input")
  func statusIsUnaffected() throws {
    let ledgers = try [Self.ledger(), Self.ledger()]
    try Self.addPart(ledgers[1])
    let statuses = try ledgers.map {
      try #require($0.close(through: "2026-01-08").tenants[0].dates.first).reconciliation
    }
    #expect(statuses[0] == statuses[1])
    #expect(statuses[1].ledgerIntegrity?.status == .ok)
  }

  /// What happens to the export of 5 January, and what the tie-out must say.
  static let changes:
    [(change: @Sendable (LedgerTree) throws -> Void, says: String, parts: String)] =
      [
        ({ try addPart($0) }, "part-00001.ndjson is new", "1 2"),
        (
          { try $0.export("2026-01-05", "#1 2026-01-05 | 1000 DR 5000 | 3000 CR 5000") },
          "part-00000.ndjson has ", "1 1"
        ),
        (
          { try $0.remove("\(directory)/part-00000.ndjson") }, "part-00000.ndjson is gone", "1 0"
        ),
        (
          {
            try addPart($0)
            try $0.remove("\(directory)/part-00000.ndjson")
          }, "part-00000.ndjson is gone, part-00001.ndjson is new", "1 1"
        ),
        (
          { try $0.write("\(directory)/part-00001.ndjson", "PK\u{3}\u{4}\0\0") }, "[not_text]",
          "1 2"
        ),
        ({ try $0.write("\(directory)/part-00001.json", "{}") }, "[unexpected_file]", "1 2"),
        (
          { try $0.write("\(directory)/manifest.json", #"{"parts":[{"file":"a.ndjson"}]}"#) },
          "[missing_part]", "1 1"
        ),
        ({ try $0.write("\(directory)/manifest.json", "{") }, "[invalid_manifest]", "1 1"),
        (
          {
            try $0.write(
              "\(directory)/manifest.json",
              #"{"parts":[{"file":"part-00000.ndjson","sha256":"00ff"}]}"#)
          }, "manifest.json gives part-00000.ndjson another SHA-256", "1 1"
        ),
      ]
  private static let directory =
    "exports/tenant_id=\(LedgerTree.tenant)/date=2026-01-05"

  @Test("every change of an export is late input", arguments: changes.indices)
  func change(index: Int) throws {
    let ledger = try Self.ledger()
    let change = Self.changes[index]
    try change.change(ledger)
    #expect(try ledger.close(through: "2026-01-08").exitCode == 1)
    #expect(try Self.tieOuts(ledger).last == "4 2026-01-05 fail \(change.parts)")
    let detail = try Self.detail(ledger, close: 4)
    #expect(detail.contains(change.says), "\(detail)")
  }

  @Test("renamed parts with the same records are a note and no break")
  func renamed() throws {
    let ledger = try Self.ledger()
    try FileManager.default.moveItem(
      atPath: "\(ledger.directory)/\(Self.directory)/part-00000.ndjson",
      toPath: "\(ledger.directory)/\(Self.directory)/\(Self.late)")
    let result = try ledger.close(through: "2026-01-08")
    #expect(result.exitCode == 0)
    #expect(result.notes.contains("2026-01-05 is already closed. Its files changed"))
    #expect(try Self.tieOuts(ledger).last == "4 3_dates_to_2026-01-07 pass 3 3")
  }

  @Test("hidden names and a manifest that agrees with the parts are no change")
  func harmless() throws {
    let ledger = try Self.ledger()
    try ledger.write("\(Self.directory)/_SUCCESS", "")
    try ledger.write("\(Self.directory)/.part-00001.ndjson.crc", "x")
    try ledger.write("\(Self.directory)/_temporary/0/part-00001.ndjson", "x")
    try ledger.write(
      "\(Self.directory)/manifest.json",
      #"{"entry_count":7,"parts":[{"file":"part-00000.ndjson"}]}"#)
    let result = try ledger.close(through: "2026-01-08")
    #expect(result.exitCode == 0 && result.notes == "")
  }

  @Test("an archived export is no late input; if all are archived, nothing was compared")
  func archived() throws {
    let ledger = try Self.ledger()
    try ledger.remove("exports/tenant_id=\(LedgerTree.tenant)/date=2026-01-06")
    #expect(try ledger.close(through: "2026-01-08").exitCode == 0)
    #expect(try Self.tieOuts(ledger).last == "4 3_dates_to_2026-01-07 pass 2 2")
    for date in ["2026-01-05", "2026-01-07", "2026-01-08"] {
      try ledger.remove("exports/tenant_id=\(LedgerTree.tenant)/date=\(date)")
    }
    try ledger.exportEmptyDate("2026-01-09")
    #expect(try ledger.close(through: "2026-01-09").exitCode == 0)
    #expect(try Self.tieOuts(ledger).last == "5  inconclusive - -")
  }

  @Test("a directory that appears for a date that was closed as empty is late once it has parts")
  func directoryOfAnEmptyDate() throws {
    let ledger = try LedgerTree()
    ledger.settings.missingDates = .empty
    try ledger.export("2026-01-05", "#1 2026-01-05 | 1000 DR 500 | 3000 CR 500")
    try ledger.close(through: "2026-01-06")
    try ledger.write(
      "exports/tenant_id=\(LedgerTree.tenant)/date=2026-01-06/_temporary/0/x", "")
    #expect(try ledger.close(through: "2026-01-07").exitCode == 0)
    try Self.addPart(ledger, to: "2026-01-06")
    #expect(try ledger.close(through: "2026-01-08").exitCode == 1)
    #expect(try Self.tieOuts(ledger).last == "4 2026-01-06 fail 0 1")
  }

  @Test("with late_input: reclose, late dates are closed again, oldest first, before new ones")
  func reclosing() throws {
    let ledger = try Self.ledger()
    ledger.settings.lateInput = .reclose
    try Self.addPart(ledger, to: "2026-01-07")
    try Self.addPart(ledger, to: "2026-01-05")
    let result = try ledger.close(through: "2026-01-08")
    #expect(result.exitCode == 0 && result.tenants[0].lateInput == [])
    #expect(
      try ledger.books.rows("SELECT business_date, replaces_close_id FROM close_run") == [
        "2026-01-05 -", "2026-01-06 -", "2026-01-07 -", "2026-01-05 1", "2026-01-07 3",
        "2026-01-08 -",
      ])
    #expect(try Self.tieOuts(ledger).suffix(3).allSatisfy { $0.hasSuffix("pass 3 3") })
    #expect(
      try ledger.books.balances("2026-01-08")
        == "1000 USD SETTLED 2014 0\n3000 USD SETTLED 0 2014")
    #expect(try ledger.close(through: "2026-01-08").closedCount == 0)
  }

  @Test("with late_input: reclose, an export that cannot be read stops the tenant")
  func reclosingUnreadable() throws {
    let ledger = try Self.ledger()
    ledger.settings.lateInput = .reclose
    try ledger.write("\(Self.directory)/part-00001.ndjson", "PK\u{3}\u{4}\0\0")
    let before = try ledger.books.dump()
    let result = try ledger.close(through: "2026-01-08")
    #expect(result.exitCode == 2 && result.failureDate == "2026-01-05")
    #expect(result.tenants[0].lateInput.count == 1)
    #expect(try ledger.books.dump() == before)
  }

  @Test("with late_input: refuse, nothing of the tenant is closed until its dates are closed again")
  func refusing() throws {
    let ledger = try Self.ledger()
    ledger.settings.lateInput = .refuse
    try ledger.exportEmptyDate("2026-01-08", tenant: LedgerTree.otherTenant)
    try Self.addPart(ledger, to: "2026-01-05")
    try Self.addPart(ledger, to: "2026-01-07")
    let result = try ledger.close(through: "2026-01-08")
    #expect(result.exitCode == 2)
    #expect(result.failure.contains("[late_input]") && result.failure.contains("2026-01-05"))
    #expect(result.failure.contains("1 later date changed as well"))
    #expect(result.tenants.map(\.dates.count) == [0, 1])
    // Each can be closed again while the other is still late.
    #expect(try reclose(ledger, "2026-01-07", "2026-01-07").exitCode == 1)
    #expect(try reclose(ledger, "2026-01-05", "2026-01-05").exitCode == 0)
    #expect(try ledger.close(through: "2026-01-08").exitCode == 0)
  }

  @Test("recheck_dates bounds what is compared; 0 switches it off")
  func window() throws {
    for (count, exitCode) in [(0, 0), (2, 0), (3, 1)] as [(Int, Int32)] {
      let ledger = try Self.ledger()
      try Self.addPart(ledger)
      ledger.settings.recheckDates = count
      #expect(try ledger.close(through: "2026-01-08").exitCode == exitCode, "\(count)")
      let row = try #require(Self.tieOuts(ledger).last)
      switch count {
      case 0: #expect(row == "4  inconclusive - -")
      case 2: #expect(row == "4 2_dates_to_2026-01-07 pass 2 2")
      default: #expect(row == "4 2026-01-05 fail 1 2")
      }
    }
  }

  @Test("a late date leaves the window of later closes of the same run as it would night by night")
  func windowMoves() throws {
    let ledger = try Self.ledger()
    try Self.addPart(ledger)
    ledger.settings.recheckDates = 3
    try ledger.exportEmptyDate("2026-01-09")
    #expect(try ledger.close(through: "2026-01-09").exitCode == 1)
    #expect(
      try Self.tieOuts(ledger).suffix(2) == [
        "4 2026-01-05 fail 1 2", "5 3_dates_to_2026-01-08 pass 3 3",
      ])
  }

  @Test("a run with nothing to close shows late input too")
  func nothingToClose() throws {
    let ledger = try Self.ledger()
    try ledger.close(through: "2026-01-08")
    ledger.settings.date = nil
    ledger.now = 1_767_938_400  // 2026-01-09 06:00 UTC
    #expect(try ledger.run().exitCode == 0)
    try Self.addPart(ledger, to: "2026-01-06")
    try Self.addPart(ledger, to: "2026-01-08")
    let result = try ledger.run()
    #expect(result.exitCode == 1 && result.closedCount == 0)
    let summary = RunSummary.text(result)
    #expect(summary.contains("2026-01-06  LATE INPUT  The export changed after close 2"))
    #expect(summary.contains("2026-01-08  LATE INPUT  The export changed after close 4"))
    #expect(try RunSummary.json(result).contains(#""differences" : "part-00001.ndjson is new""#))
    ledger.settings.lateInput = .reclose
    #expect(try ledger.run().closedCount == 2)
    #expect(try ledger.run().exitCode == 0)
  }

  @Test("a date that was asked for is refused as before, and not reported twice")
  func askedFor() throws {
    let ledger = try Self.ledger()
    try Self.addPart(ledger)
    var request = CloseRequest()
    request.from = BusinessDate("2026-01-05")
    let result = try ledger.run(request)
    #expect(result.exitCode == 2 && result.failure.contains("other_input"))
    #expect(result.tenants[0].lateInput == [])
  }

  @Test("one tenant's late input is not another's")
  func severalTenants() throws {
    let ledger = try LedgerTree()
    for tenant in [LedgerTree.tenant, LedgerTree.otherTenant] {
      try ledger.exportEmptyDate("2026-01-05", tenant: tenant)
      try ledger.exportEmptyDate("2026-01-06", tenant: tenant)
    }
    try ledger.close(through: "2026-01-05")
    try ledger.export(
      "2026-01-05", part: Self.late, tenant: LedgerTree.otherTenant,
      "#1 2026-01-05 | 1000 DR 7 | 3000 CR 7")
    let result = try ledger.close(through: "2026-01-06")
    #expect(result.tenants.map(\.lateInput.count) == [0, 1])
    #expect(result.tenants.map { $0.dates[0].breaks } == [[], [.lateInput]])
  }

  @Test("a dry run says what would happen")
  func dryRun() throws {
    for (mode, step) in [
      (.report, .lateInput), (.reclose, .reclose), (.refuse, .refuse),
    ] as [(JobSettings.LateInput, DryRunDate.Step)] {
      let ledger = try Self.ledger()
      try Self.addPart(ledger)
      ledger.settings.lateInput = mode
      ledger.settings.date = BusinessDate("2026-01-08")
      let now = ledger.now
      let before = try ledger.books.dump()
      let dryRun = try CloseRun(settings: ledger.settings, clock: RunClock { now }).dryRun()
      #expect(dryRun.tenants[0].dates.map(\.step) == [step, .close])
      #expect(dryRun.text().contains("part-00001.ndjson is new"))
      #expect(try ledger.books.dump() == before)
    }
  }
}
