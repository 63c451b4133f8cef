import Foundation
import Testing

/// Issue 15: a part for a closed date arrives while newer dates are exported too.
@Suite("Late input")
struct LateInputCommandTests {
  private static let late = "part-00001.ndjson"
  private static let directory = TestDirectory.dateDirectory("2026-01-05")

  /// A manifest that lists these parts of 5 January with their sizes.
  private func writeManifest(_ place: TestDirectory, _ parts: [String]) throws {
    let listed = try parts.map {
      "{\"file\":\"\($0)\",\"bytes\":\(try place.bytes("\(Self.directory)/\($0)").count)}"
    }
    try place.write(
      "\(Self.directory)/manifest.json", "{\"parts\":[\(listed.joined(separator: ","))]}")
  }

  private func close(_ place: TestDirectory, _ date: String, _ more: String...) throws
    -> CommandOutcome
  {
    let arguments = [
      "close", "--verbose", "--exports", "exports", "--chart", "chart.csv", "--store",
      "books.sqlite",
      "--reports", "reports", "--metrics-file", "run.prom", "--log-format", "text", "--date", date,
    ]
    return try TieoutProcess(arguments + more, in: place).wait()
  }

  @Test(
    "of a closed date is a break every night until the date is closed again",
    arguments: [false, true])
  func untilClosedAgain(hasManifest: Bool) throws {
    let place = try TestDirectory()
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05")])
    if hasManifest { try writeManifest(place, ["part-00000.ndjson"]) }
    #expect(try close(place, "2026-01-05").exitCode == 0)
    try place.export("2026-01-06", [TestDirectory.entry(2, on: "2026-01-06")])
    try place.export("2026-01-07", [TestDirectory.entry(3, on: "2026-01-07")])
    try place.export("2026-01-05", [TestDirectory.entry(4, on: "2026-01-05", "7")], part: Self.late)
    if hasManifest { try writeManifest(place, ["part-00000.ndjson", Self.late]) }
    for date in ["2026-01-06", "2026-01-07"] {
      let night = try close(place, date)
      #expect(night.exitCode == 1)
      for text in [
        "BREAKS late_input", "2026-01-05  LATE INPUT", Self.late, "late_input fail",
        "tieout backfill --from 2026-01-05 --to 2026-01-05 --reclose",
      ] { #expect(night.output.contains(text), "\(night.output)") }
    }
    let tenant = TestDirectory.tenant
    #expect(
      try place.text("run.prom").contains("tieout_tenant_late_dates{tenant_id=\"\(tenant)\"} 1"))
    #expect(
      try place.text("reports/\(tenant)/2026-01-07/reconciliation.html").contains("Late input"))
    let status = try place.tieout("status", "--store", "books.sqlite", "--format", "csv")
    #expect(CSVTable(status.output).selecting(["breaks"]) == [["late_input"]])

    let again = try place.tieout(
      "backfill", "--exports", "exports", "--chart", "chart.csv", "--store", "books.sqlite",
      "--reports", "reports", "--from", "2026-01-05", "--to", "2026-01-05", "--reclose")
    #expect(again.exitCode == 0, "\(again.output)")
    try place.export("2026-01-08", [])
    let clean = try close(place, "2026-01-08")
    #expect(clean.exitCode == 0, "\(clean.output)")
    let balance = try place.tieout(
      "balance", "1000", "--tenant", tenant, "--currency", "USD", "--store", "books.sqlite",
      "--as-of", "2026-01-08", "--format", "csv")
    #expect(balance.output.contains("1507"), "\(balance.output)")
  }

  @Test("is closed again by the run, or stops it, as the job says")
  func modes() throws {
    for (mode, exitCode, closes) in [("reclose", 0, "3"), ("refuse", 2, "1")] {
      let place = try TestDirectory()
      try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05")])
      #expect(try close(place, "2026-01-05").exitCode == 0)
      try place.export("2026-01-06", [])
      try place.export("2026-01-05", [TestDirectory.entry(4, on: "2026-01-05")], part: Self.late)
      let night = try close(place, "2026-01-06", "--late-input", mode)
      #expect(night.exitCode == exitCode, "\(night.output)")
      if mode == "refuse" { #expect(night.output.contains("[late_input]")) }
      #expect(try place.store().rows("SELECT count(*) FROM close_run") == [closes])
    }
  }
}
