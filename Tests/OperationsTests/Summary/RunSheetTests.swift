import FoundationEssentials
import LedgerDomain
import Testing

@testable import CloseJob
@testable import Operations

@Suite("The sheet of a run")
struct RunSheetTests {

  /// A night with a late part, an item that only the ledger has, and records left out.
  private func troubled() throws -> SampleRun {
    var run = try SampleRun(names: ["Harbor Lending", "Juniper Credit", "Northgate Loans"])
    try run.close(0)
    try run.close(1) { tenant in
      tenant.lateInput = [
        LateDate(
          date: try SampleRun.date(3), closeID: CloseID(7), partsClosed: 1, partsNow: 2,
          differences: "part-00001.ndjson.gz is new")
      ]
    }
    try run.close(2, findings: [(.unknownAccount, 2)]) { tenant in
      tenant.bankBreaks = [
        .unreconciled(
          "OPERATING-USD", on: try SampleRun.date(5), currency: try #require(CurrencyCode("USD")),
          differenceMinor: -1_250, outstanding: 1)
      ]
    }
    return run
  }

  private func refused() throws -> SampleRun {
    var run = try SampleRun(names: ["Harbor Lending", "Juniper Credit"])
    try run.close(0)
    try run.close(1) { tenant in
      tenant.dates = []
      tenant.failure = TenantFailure(
        date: try SampleRun.date(5),
        message:
          "part-00000.ndjson.gz, byte 13: the gzip data is truncated. Ask the exporter for the whole "
          + "part. [truncated_gzip]")
    }
    return run
  }

  @Test("of a quiet night is a line for each tenant, a total, the outcome, and what to run next")
  func quietNightHasALinePerTenant() throws {
    var run = try SampleRun(names: ["Harbor Lending", "Juniper Credit"])
    try run.close(0)
    try run.close(1, records: 998)
    #expect(
      run.text(columns: 80) == """
        Harbor Lending  2026-01-05  closed, 1,204 records
        Juniper Credit  2026-01-05  closed, 998 records

        2 tenants; 2 dates closed in 1.3 s, 2,202 records.
        everything ties out
        next: read reports/index.html, then tieout signoff --tenant UUID --date
            2026-01-05 --by NAME

        """)
  }

  @Test("of a night with breaks begins with what needs somebody")
  func brokenNightBeginsWithTheTable() throws {
    let text = try troubled().text(columns: 80)
    #expect(
      text == """
        tenant           date        what                                         amount
        Juniper Credit   2026-01-03  the export changed:
                                       part-00001.ndjson.gz is new
            see tieout explain late_input
            if it was meant: tieout backfill --from 2026-01-03 --to 2026-01-03 --reclose
        Northgate Loans  2026-01-05  bank OPERATING-USD: 1 item outstanding   -12.50 USD
            see bank-items.csv
        Northgate Loans  2026-01-05  2 quarantined: unknown_account 2
            see findings.csv

        Reports:
          reports/00000002-0000-4000-8000-00000000000a/2026-01-05

        2 of 3 tenants need somebody; 3 dates closed in 1.3 s, 3,612 records (2
            quarantined).
        closed, with breaks or quarantined records
        next: tieout explain late_input (also bank_reconciliation, unknown_account)

        """)
  }

  @Test("has where to look in the row if the terminal is wide enough")
  func wideTableHasFiveColumns() throws {
    let lines = try troubled().text(columns: 120).split(separator: "\n").map(String.init)
    #expect(lines[0].hasSuffix("amount  where to look"))
    #expect(lines[1].hasSuffix("tieout explain late_input"))
    #expect(lines[2].hasSuffix("tieout backfill --from 2026-01-03 --to 2026-01-03 --reclose"))
    #expect(lines[3].contains("-12.50 USD  bank-items.csv"))
  }

  @Test("of a night with a tenant refused says why, and to run again")
  func refusedTenantHasItsMessage() throws {
    let text = try refused().text(columns: 80)
    #expect(
      text == """
        tenant          date        what
        Juniper Credit  2026-01-05  not closed: truncated_gzip
            see tieout explain truncated_gzip
            part-00000.ndjson.gz, byte 13: the gzip data is truncated. Ask the exporter
            for the whole part. [truncated_gzip]

        1 of 2 tenants needs somebody; 1 date closed in 1.3 s, 1,204 records.
        FAILED: dates that could not be closed are not published
        next: tieout explain truncated_gzip; mend the cause, then run the same command
            again

        """)
  }

  @Test(
    "is never wider than the terminal, whatever names and messages hold",
    arguments: [20, 37, 40, 60, 80, 100, 120, 200], [false, true])
  func noLineIsWider(columns: Int, isVerbose: Bool) throws {
    let hostile = String(repeating: "x\u{1B}[31m\u{202E}東 ", count: 40)
    for var run in [try troubled(), try refused()] {
      try run.close(3) { tenant in
        tenant.notes = [hostile]
        tenant.failure = TenantFailure(date: nil, message: hostile + " [cannot_read]")
      }
      run.result.unexpectedEntries = [hostile]
      run.result.unlistedTenants = try (10...40).map { try SampleRun.tenant($0) }
      for line in run.text(columns: columns, isVerbose: isVerbose).split(separator: "\n") {
        #expect(DisplayText.columns(String(line)) <= columns, "\(line)")
      }
      let text = run.text(columns: columns, isVerbose: isVerbose)
      #expect(!text.unicodeScalars.contains("\u{1B}") && !text.unicodeScalars.contains("\u{202E}"))
    }
  }

  @Test("of a thousand tenants stays a page")
  func thousandTenantsAreAPage() throws {
    var quiet = try SampleRun()
    for index in 0..<1_000 { try quiet.close(index) }
    #expect(quiet.text(columns: 80).hasPrefix("1000 tenants  2026-01-05  closed\n\n1000 tenants; "))
    #expect(quiet.text(columns: 80).split(separator: "\n").count <= 6)

    var broken = try SampleRun()
    for index in 0..<1_000 {
      try broken.close(index, findings: index % 30 == 0 ? [(.unbalanced, 1)] : []) { tenant in
        guard index % 400 == 7 else { return }
        tenant.failure = TenantFailure(date: nil, message: "it cannot be read. [cannot_read]")
      }
    }
    let text = broken.text(columns: 80)
    #expect(text.contains("34 tenants  2026-01-05  records quarantined"))
    #expect(text.contains("among them: 00000000, 0000001e, "))
    #expect(text.contains("37 of 1000 tenants need somebody"))
    #expect(text.components(separatedBy: "it cannot be read.").count == 2, "said once")
    #expect(text.split(separator: "\n").count < 20, "\(text)")
  }

  @Test("says that everything ties out only if the run exits with 0")
  func tiesOutMeansExitCodeZero() throws {
    var left = try SampleRun()
    try left.close(0, findings: [(.unknownAccount, 202)])
    #expect(left.result.exitCode == 1)
    for isVerbose in [false, true] {
      #expect(!left.text(columns: 80, isVerbose: isVerbose).contains("ties out"))
    }
    #expect(left.text(columns: 80).contains("202 quarantined: unknown_account 202"))
    #expect(left.text(columns: 80, isVerbose: true).contains("202 quarantined  QUARANTINED"))
  }

  @Test(
    "lists something for every check that can fail", arguments: TieOutCheck.allCases)
  func everyBreakIsListed(check: TieOutCheck) throws {
    var run = try SampleRun()
    try run.close(
      0,
      tieOuts: [
        TieOut(check, scope: "records", expected: 0, actual: 3, detail: "A detail."),
        TieOut(check, scope: "USD SETTLED", expected: 0, actual: -125, detail: "Another."),
      ])
    #expect(run.result.exitCode == 1)
    let items = ActionItems(result: run.result).items()
    #expect(items.count == 1 && items.first?.code == check.rawValue, "\(items)")
  }

  @Test("puts many dates of a tenant in one row, with the last of them")
  func manyDatesShareARow() throws {
    var run = try SampleRun()
    try run.close(0) { tenant in
      let closed = tenant.dates[0]
      tenant.dates = []
      tenant.alreadyClosed = try (1...9).map { day in
        CloseHeader(
          closeID: CloseID(Int64(day)), tenant: tenant.tenant,
          businessDate: try SampleRun.date(day),
          status: .withBreaks, recordsRead: 0, entriesAccepted: 0, recordsQuarantined: 0,
          startedAt: closed.header.startedAt, finishedAt: closed.header.finishedAt, inputDigest: "",
          chainDigest: "")
      }
    }
    let rows = ActionRow.rows(ActionItems(result: run.result).items())
    #expect(rows.count == 1)
    #expect(rows.first?.dates == 9)
    #expect(rows.first?.item.date == (try SampleRun.date(9)))
  }

  @Test("has colours only where they are allowed")
  func coloursAreAllowed() throws {
    let text = try refused().text(columns: 80, isColoured: true)
    #expect(text.contains("\u{1B}[31mFAILED"))
    #expect(try !refused().text(columns: 80).contains("\u{1B}"))
  }

  @Test(
    "prints everything before the rest with --verbose, in lines of its own width off a terminal")
  func verboseSheetBeginsWithDetails() throws {
    let text = try refused().text(columns: nil, isVerbose: true)
    #expect(
      text.hasPrefix(
        "tenant 00000000-0000-4000-8000-00000000000a  Harbor Lending\n  2026-01-05  close 1  "))
    #expect(text.contains("Ask the exporter for the whole part. [truncated_gzip]\n"))
  }
}
