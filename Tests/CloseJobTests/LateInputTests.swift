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

  static func reclose(_ ledger: LedgerTree, _ first: String, _ last: String) throws -> RunResult {
    var request = CloseRequest()
    request.from = BusinessDate(first)
    request.recloses = true
    ledger.settings.date = BusinessDate(last)
    return try ledger.run(request)
  }

  @Test("unchanged exports pass; the first close has nothing to compare with")
  func unchangedExportsPass() throws {
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
  func latePartIsABreakUntilReclosed() throws {
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
    #expect(try Self.reclose(ledger, "2026-01-05", "2026-01-05").exitCode == 0)
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
  func reconciliationStatusIsUnaffected() throws {
    let ledgers = try [Self.ledger(), Self.ledger()]
    try Self.addPart(ledgers[1])
    let statuses = try ledgers.map {
      try #require($0.close(through: "2026-01-08").tenants[0].dates.first).reconciliation
    }
    #expect(statuses[0] == statuses[1])
    #expect(statuses[1].ledgerIntegrity.status == .ok)
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
  static let directory =
    "exports/tenant_id=\(LedgerTree.tenant)/date=2026-01-05"

  @Test("every change of an export is late input", arguments: changes.indices)
  func everyChangeIsLateInput(index: Int) throws {
    let ledger = try Self.ledger()
    let change = Self.changes[index]
    try change.change(ledger)
    #expect(try ledger.close(through: "2026-01-08").exitCode == 1)
    #expect(try Self.tieOuts(ledger).last == "4 2026-01-05 fail \(change.parts)")
    let detail = try Self.detail(ledger, close: 4)
    #expect(detail.contains(change.says), "\(detail)")
  }

  @Test("renamed parts with the same records are a note and no break")
  func renamedPartsAreANote() throws {
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
  func hiddenNamesAreNoChange() throws {
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
  func archivedExportIsNoLateInput() throws {
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
  func newDirectoryOfAnEmptyDateIsLate() throws {
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
}
