import CloseJob
import Foundation
import JobConfiguration
import LedgerDomain
import Testing

@Suite("What a run does about late input")
struct LateInputModesTests {
  @Test("with late_input: reclose, late dates are closed again, oldest first, before new ones")
  func lateDatesAreClosedAgain() throws {
    let ledger = try LateInputTests.ledger()
    ledger.settings.lateInput = .reclose
    try LateInputTests.addPart(ledger, to: "2026-01-07")
    try LateInputTests.addPart(ledger, to: "2026-01-05")
    let result = try ledger.close(through: "2026-01-08")
    #expect(result.exitCode == 0 && result.tenants[0].lateInput == [])
    #expect(
      try ledger.books.rows("SELECT business_date, replaces_close_id FROM close_run") == [
        "2026-01-05 -", "2026-01-06 -", "2026-01-07 -", "2026-01-05 1", "2026-01-07 3",
        "2026-01-08 -",
      ])
    #expect(try LateInputTests.tieOuts(ledger).suffix(3).allSatisfy { $0.hasSuffix("pass 3 3") })
    #expect(
      try ledger.books.balances("2026-01-08")
        == "1000 USD SETTLED 2014 0\n3000 USD SETTLED 0 2014")
    #expect(try ledger.close(through: "2026-01-08").closedCount == 0)
  }

  @Test("with late_input: reclose, an export that cannot be read stops the tenant")
  func unreadableExportStopsTheTenant() throws {
    let ledger = try LateInputTests.ledger()
    ledger.settings.lateInput = .reclose
    try ledger.write("\(LateInputTests.directory)/part-00001.ndjson", "PK\u{3}\u{4}\0\0")
    let before = try ledger.books.dump()
    let result = try ledger.close(through: "2026-01-08")
    #expect(result.exitCode == 2 && result.failureDate == "2026-01-05")
    #expect(result.tenants[0].lateInput.count == 1)
    #expect(try ledger.books.dump() == before)
  }

  @Test("with late_input: refuse, nothing of the tenant is closed until its dates are closed again")
  func refusingClosesNothing() throws {
    let ledger = try LateInputTests.ledger()
    ledger.settings.lateInput = .refuse
    try ledger.exportEmptyDate("2026-01-08", tenant: LedgerTree.otherTenant)
    try LateInputTests.addPart(ledger, to: "2026-01-05")
    try LateInputTests.addPart(ledger, to: "2026-01-07")
    let result = try ledger.close(through: "2026-01-08")
    #expect(result.exitCode == 2)
    #expect(result.failure.contains("[late_input]") && result.failure.contains("2026-01-05"))
    #expect(result.failure.contains("1 later date changed as well"))
    #expect(result.tenants.map(\.dates.count) == [0, 1])
    // Each can be closed again while the other is still late.
    #expect(try LateInputTests.reclose(ledger, "2026-01-07", "2026-01-07").exitCode == 1)
    #expect(try LateInputTests.reclose(ledger, "2026-01-05", "2026-01-05").exitCode == 0)
    #expect(try ledger.close(through: "2026-01-08").exitCode == 0)
  }

  @Test("recheck_dates bounds what is compared; 0 switches it off")
  func recheckDatesBoundsTheComparison() throws {
    for (count, exitCode) in [(0, 0), (2, 0), (3, 1)] as [(Int, Int32)] {
      let ledger = try LateInputTests.ledger()
      try LateInputTests.addPart(ledger)
      ledger.settings.recheckDates = count
      #expect(try ledger.close(through: "2026-01-08").exitCode == exitCode, "\(count)")
      let row = try #require(LateInputTests.tieOuts(ledger).last)
      switch count {
      case 0: #expect(row == "4  inconclusive - -")
      case 2: #expect(row == "4 2_dates_to_2026-01-07 pass 2 2")
      default: #expect(row == "4 2026-01-05 fail 1 2")
      }
    }
  }

  @Test("a late date leaves the window of later closes of the same run as it would night by night")
  func windowMovesWithEachClose() throws {
    let ledger = try LateInputTests.ledger()
    try LateInputTests.addPart(ledger)
    ledger.settings.recheckDates = 3
    try ledger.exportEmptyDate("2026-01-09")
    #expect(try ledger.close(through: "2026-01-09").exitCode == 1)
    #expect(
      try LateInputTests.tieOuts(ledger).suffix(2) == [
        "4 2026-01-05 fail 1 2", "5 3_dates_to_2026-01-08 pass 3 3",
      ])
  }

  @Test("a run with nothing to close shows late input too")
  func runWithNothingToCloseShowsLateInput() throws {
    let ledger = try LateInputTests.ledger()
    try ledger.close(through: "2026-01-08")
    ledger.settings.date = nil
    ledger.now = 1_767_938_400  // 2026-01-09 06:00 UTC
    #expect(try ledger.run().exitCode == 0)
    try LateInputTests.addPart(ledger, to: "2026-01-06")
    try LateInputTests.addPart(ledger, to: "2026-01-08")
    let result = try ledger.run()
    #expect(result.exitCode == 1 && result.closedCount == 0)
    let summary = RunSummary.details(result)
    #expect(summary.contains("2026-01-06  LATE INPUT  The export changed after close 2"))
    #expect(summary.contains("2026-01-08  LATE INPUT  The export changed after close 4"))
    #expect(try RunSummary.json(result).contains(#""differences" : "part-00001.ndjson is new""#))
    ledger.settings.lateInput = .reclose
    #expect(try ledger.run().closedCount == 2)
    #expect(try ledger.run().exitCode == 0)
  }

  @Test("a date that was asked for is refused as before, and not reported twice")
  func requestedDateIsRefusedAsBefore() throws {
    let ledger = try LateInputTests.ledger()
    try LateInputTests.addPart(ledger)
    var request = CloseRequest()
    request.from = BusinessDate("2026-01-05")
    let result = try ledger.run(request)
    #expect(result.exitCode == 2 && result.failure.contains("other_input"))
    #expect(result.tenants[0].lateInput == [])
  }

  @Test("one tenant's late input is not another's")
  func lateInputConcernsOneTenant() throws {
    let ledger = try LedgerTree()
    for tenant in [LedgerTree.tenant, LedgerTree.otherTenant] {
      try ledger.exportEmptyDate("2026-01-05", tenant: tenant)
      try ledger.exportEmptyDate("2026-01-06", tenant: tenant)
    }
    try ledger.close(through: "2026-01-05")
    try ledger.export(
      "2026-01-05", part: LateInputTests.late, tenant: LedgerTree.otherTenant,
      "#1 2026-01-05 | 1000 DR 7 | 3000 CR 7")
    let result = try ledger.close(through: "2026-01-06")
    #expect(result.tenants.map(\.lateInput.count) == [0, 1])
    #expect(result.tenants.map { $0.dates[0].breaks } == [[], [.lateInput]])
  }

  @Test("a dry run says what would happen")
  func dryRunSaysWhatWouldHappen() throws {
    for (mode, step) in [
      (.report, .lateInput), (.reclose, .reclose), (.refuse, .refuse),
    ] as [(JobSettings.LateInput, DryRunDate.Step)] {
      let ledger = try LateInputTests.ledger()
      try LateInputTests.addPart(ledger)
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
