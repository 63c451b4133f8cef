import Foundation
import Testing

@Suite("What the books were made from")
struct ChangedFoundationsTests {
  private static let date = "2026-01-05"

  /// 5 January in Berlin, whose last entry was posted at half past ten in UTC, closed with reports.
  private func place(zone: String = "Europe/Berlin") throws -> TestDirectory {
    let place = try TestDirectory()
    try place.export(
      Self.date,
      [
        TestDirectory.entry(1, on: Self.date, "500"),
        TestDirectory.entry(2, on: Self.date, "9").replacingPosted(with: "\(Self.date)T22:30:00Z"),
      ])
    let closed = try place.close(
      through: Self.date, "--time-zone", zone, "--reports", "reports")
    #expect(closed.exitCode == 0, "\(closed.output)")
    return place
  }

  private func verify(_ place: TestDirectory, _ zone: String) throws -> CommandOutcome {
    try place.tieout(
      "verify", "--store", "books.sqlite", "--exports", "exports", "--time-zone", zone)
  }

  @Test("another time zone is refused, with both zones, since when and what to do")
  func timeZone() throws {
    let place = try place()
    // In UTC, an entry of 23:30Z on the 5th would be of the 5th; in Berlin it is of the 6th.
    try place.export(
      "2026-01-06",
      [TestDirectory.entry(3, on: "2026-01-06").replacingPosted(with: "2026-01-05T23:30:00Z")])
    let refused = try place.close(through: "2026-01-06", "--time-zone", "UTC")
    #expect(refused.exitCode == 2)
    for words in [
      "time_zone_changed", "Europe/Berlin (since close 1 of 2026-01-05)",
      "job's time_zone is UTC", "Set time_zone back to Europe/Berlin",
    ] { #expect(refused.output.contains(words), "\(refused.output)") }
    #expect(try place.store().closes() == ["2026-01-05,closed"])
    #expect(
      try place.close(through: "2026-01-06", "--time-zone", "Europe/Berlin").exitCode == 0)
    #expect(
      try place.store().rows("SELECT business_date, time_zone FROM close_basis ORDER BY 1")
        == ["2026-01-05,Europe/Berlin", "2026-01-06,Europe/Berlin"])
    #expect(try place.close(through: "2026-01-06", "--time-zone", "UTC").exitCode == 2)
  }

  @Test("a zone under another name is the same zone, and one that only looks like it is not")
  func zoneNames() throws {
    let place = try TestDirectory()
    for (number, zone, code) in [
      (5, "Etc/UTC", 0), (6, "UTC", 0), (7, "GMT", 0), (8, "Africa/Abidjan", 0),
      (9, "Europe/London", 2), (9, "Etc/GMT-1", 2), (9, "UTC", 0),
    ] as [(Int, String, Int32)] {
      let date = "2026-01-0\(number)"
      try place.export(date, [TestDirectory.entry(number, on: date)])
      let outcome = try place.close(through: date, "--time-zone", zone)
      #expect(outcome.exitCode == code, "\(zone): \(outcome.output)")
    }
    let other = try self.place(zone: "US/Eastern")
    try other.export("2026-01-06", [])
    #expect(try other.close(through: "2026-01-06", "--time-zone", "America/New_York").exitCode == 0)
  }

  @Test("verify reads the exports in the books' zone, and says that the job's is another")
  func verifyInBooksZone() throws {
    let place = try place()
    try place.export(
      "2026-01-06",
      [TestDirectory.entry(3, on: "2026-01-06").replacingPosted(with: "2026-01-05T23:30:00Z")])
    #expect(try place.close(through: "2026-01-06", "--time-zone", "Europe/Berlin").exitCode == 0)
    for zone in ["Europe/Berlin", "UTC", "Asia/Tokyo"] {
      let outcome = try verify(place, zone)
      #expect(outcome.exitCode == 0, "\(outcome.output)")
      #expect(outcome.output.contains("time_zone_changed") == (zone != "Europe/Berlin"))
    }
  }

  @Test("a dry run, job check and doctor say that the zone changed")
  func zoneIsInspected() throws {
    let place = try place()
    try place.export("2026-01-06", [])
    try place.write(
      "job.yaml",
      "exports: exports\nchart: chart.csv\nstore: books.sqlite\ntime_zone: Asia/Tokyo\n")
    for arguments in [
      ["backfill", "--job", "job.yaml", "--from", "2026-01-05", "--to", "2026-01-06", "--dry-run"],
      ["job", "check", "job.yaml"], ["doctor", "--job", "job.yaml"],
    ] {
      let outcome = try TieoutProcess(arguments, in: place).wait()
      #expect(outcome.exitCode == 2, "\(arguments)")
      #expect(outcome.output.contains("time_zone_changed"), "\(outcome.output)")
    }
  }

  @Test("a zone that was tampered with is found")
  func tamperedZone() throws {
    let place = try place()
    try place.store().execute("UPDATE stored_basis SET time_zone = 'UTC'")
    let outcome = try place.tieout("verify", "--store", "books.sqlite", "--store-only")
    #expect(outcome.exitCode == 1)
    try place.store().execute("DELETE FROM stored_basis")
    #expect(
      try place.tieout("verify", "--store", "books.sqlite", "--store-only").exitCode == 1)
  }

  @Test("a store that is gone is not begun anew while reports tell of it")
  func missingStore() throws {
    let place = try place(zone: "UTC")
    let arguments = ["--reports", "reports", "--log-format", "text"]
    try place.export(Self.date, [], tenant: TestDirectory.otherTenant)
    try place.remove("books.sqlite")
    let before = try place.files("reports")
    let refused = try place.close(through: Self.date, arguments[0], arguments[1])
    #expect(refused.exitCode == 2)
    for words in [
      "books_missing", "the store books.sqlite does not exist",
      "reports/\(TestDirectory.tenant)/2026-01-05", "--new-books",
    ] { #expect(refused.output.contains(words), "\(refused.output)") }
    #expect(refused.output.contains(TestDirectory.otherTenant), "nor are books of others begun")
    #expect(refused.errors.contains("books_missing"))
    #expect(!place.exists("books.sqlite"), "an empty store would hide the one that is missing")
    #expect(try place.files("reports") == before)
    let begun = try place.close(through: Self.date, "--reports", "reports", "--new-books")
    #expect(begun.exitCode == 0, "\(begun.output)")
    #expect(try place.store().closes() == ["2026-01-05,closed"])
  }

  @Test("books of one tenant that are gone are not begun anew, while those of others go on")
  func missingTenant() throws {
    let place = try place(zone: "UTC")
    try place.remove("books.sqlite")
    try place.export(Self.date, [], tenant: TestDirectory.otherTenant)
    #expect(
      try place.close(
        through: Self.date, "--tenant", TestDirectory.otherTenant, "--reports", "reports"
      ).exitCode == 0)
    let outcome = try place.close(through: Self.date, "--reports", "reports")
    #expect(outcome.exitCode == 2)
    #expect(outcome.output.contains("books.sqlite has no books of this tenant"))
    #expect(try place.store().closes() == [])
    #expect(try place.store().closes(of: TestDirectory.otherTenant) == ["2026-01-05,closed"])
    let dry = try place.tieout(
      "backfill", "--from", Self.date, "--to", Self.date, "--dry-run", "--exports", "exports",
      "--chart", "chart.csv", "--store", "books.sqlite", "--reports", "reports")
    #expect(dry.exitCode == 2 && dry.output.contains("books_missing"))
    #expect(try place.close(through: Self.date).exitCode == 0, "without reports nobody knows")
  }

  @Test("what is no report set does not stop a first close")
  func noReportSet() throws {
    let place = try TestDirectory()
    try place.export(Self.date, [TestDirectory.entry(1, on: Self.date)])
    let tenant = "reports/\(TestDirectory.tenant)"
    for name in ["2026-01-04/notes.txt", ".2026-01-04.new/SHA256SUMS", "archive/SHA256SUMS", "x"] {
      try place.write("\(tenant)/\(name)", "")
    }
    try place.write("reports/2026-01-04/SHA256SUMS", "")
    try place.write("reports/\(TestDirectory.otherTenant)/2026-01-04/SHA256SUMS", "")
    #expect(try place.close(through: Self.date, "--reports", "reports").exitCode == 0)
  }

  @Test("a tenant that the job does not list is named in every summary, whatever else happens")
  func unlistedTenants() throws {
    let place = try place(zone: "UTC")
    for number in 10..<22 {
      try place.export(
        Self.date, [], tenant: "0f000000-0000-4000-8000-0000000000\(number)")
    }
    try place.write(
      "job.yaml",
      """
      exports: exports
      chart: chart.csv
      store: books.sqlite
      date: \(Self.date)
      tenants: [\(TestDirectory.tenant)]

      """)
    let text = try place.tieout(
      "close", "--job", "job.yaml", "--log-format", "json", environment: ["COLUMNS": "1000"])
    #expect(text.exitCode == 0)
    #expect(text.output.contains("12 tenant directories are not in the job's tenants"))
    #expect(text.output.contains("0000000000\(10), ") && text.output.contains("000000000019, …"))
    #expect(!text.output.contains("000000000020"))
    #expect(text.errors.contains("\"event\":\"unlisted_tenants\""))
    let json = try place.tieout("close", "--job", "job.yaml", "--format", "json")
    #expect(json.exitCode == 0)
    #expect(json.output.contains("\"unlisted_tenants\"") && json.output.contains("000000000021"))
    // A flag chooses for one run; what the job covers stays the same.
    let flag = try place.tieout(
      "close", "--job", "job.yaml", "--tenant", "0f000000-0000-4000-8000-000000000010")
    #expect(flag.output.contains("11 tenant directories are"), "\(flag.output)")
    let all = try place.close(through: Self.date, "--tenant", TestDirectory.tenant)
    #expect(!all.output.contains("not in the job's tenants"))
    let check = try place.tieout("job", "check", "job.yaml")
    #expect(check.output.contains("12 tenant directories are"))
  }
}
