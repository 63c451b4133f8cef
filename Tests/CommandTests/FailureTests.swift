import Glibc
import Testing

@Suite("Failure ends with 2, and a held lock with 75")
struct FailureTests {
  private static let date = "2026-01-05"

  @Test("if there is no export of a date")
  func missingDateExitsWith2() throws {
    let place = try TestDirectory()
    try place.export(Self.date, [TestDirectory.entry(1, on: Self.date)])
    let outcome = try place.close(through: "2026-01-06")
    #expect(outcome.exitCode == 2)
    #expect(outcome.output.contains("2026-01-06  FAILED"))
    #expect(outcome.output.contains("missing_export"))
    #expect(try place.store().closes() == ["2026-01-05,closed"])
    let empty = try place.close(through: "2026-01-06", "--missing-dates", "empty")
    #expect(empty.exitCode == 0)
  }

  @Test("if the exports are not there")
  func missingExportsExitWith2() throws {
    let place = try TestDirectory()
    let outcome = try place.close(through: Self.date)
    #expect(outcome.exitCode == 2)
    #expect(outcome.errors.contains("exports"))
  }

  @Test("if there is nothing to close at all, as when a disk is not mounted")
  func emptyExportTreeExitsWith2() throws {
    let place = try TestDirectory()
    try place.write("exports/README", "exports are mounted here")
    let outcome = try place.close(through: Self.date)
    #expect(outcome.exitCode == 2)
    #expect(outcome.errors.contains("nothing was closed") && outcome.errors.contains("mounted"))
    #expect(!outcome.output.contains("ties out"))
    let dryRun = try place.tieout(
      "backfill", "--exports", "exports", "--chart", "chart.csv", "--store", "books.sqlite",
      "--from", Self.date, "--to", Self.date, "--dry-run")
    #expect(dryRun.exitCode == 2 && dryRun.errors.contains("nothing_exported"))
  }

  @Test("if the tenant asked for has no exports")
  func unknownTenantExitsWith2() throws {
    let place = try TestDirectory()
    try place.export(Self.date, [])
    let outcome = try place.close(through: Self.date, "--tenant", TestDirectory.otherTenant)
    #expect(outcome.exitCode == 2)
    #expect(outcome.output.contains("missing_export"))
    #expect(try place.store().closes() == [])
  }

  @Test("if the chart is not there, or is none", arguments: [nil, "account_code\n1000\n"])
  func unusableChartExitsWith2(text: String?) throws {
    let place = try TestDirectory()
    try place.export(Self.date, [])
    if let text { try place.write("chart.csv", text) } else { try place.remove("chart.csv") }
    let outcome = try place.close(through: Self.date)
    #expect(outcome.exitCode == 2)
    #expect(outcome.output.contains("chart.csv"))
    #expect(try place.store().closes() == [])
  }

  @Test("for one tenant, while the others close")
  func otherTenantsAreClosed() throws {
    let place = try TestDirectory()
    try place.export(
      Self.date, [TestDirectory.entry(1, on: Self.date)], part: "part-00000.ndjson.gz")
    let part = "\(TestDirectory.dateDirectory(Self.date))/part-00000.ndjson.gz"
    let whole = try place.bytes(part)
    try place.write(part, Array(whole.dropLast(9)))
    try place.export(
      Self.date, [TestDirectory.entry(2, on: Self.date)], tenant: TestDirectory.otherTenant)
    let outcome = try place.close(through: Self.date)
    #expect(outcome.exitCode == 2)
    #expect(outcome.output.contains("truncated_gzip"))
    #expect(try place.store().closes() == [])
    #expect(try place.store().closes(of: TestDirectory.otherTenant) == ["2026-01-05,closed"])
    // Mended, the first tenant closes too.
    try place.write(part, whole)
    #expect(try place.close(through: Self.date).exitCode == 0)
    #expect(try place.store().closes() == ["2026-01-05,closed"])
  }

  @Test("if something among the tenants is none, which stops no tenant")
  func unexpectedFileStopsNoTenant() throws {
    let place = try TestDirectory()
    try place.export(Self.date, [TestDirectory.entry(1, on: Self.date)])
    try place.write("exports/tenant_id=acme/date=\(Self.date)/part-00000.ndjson", "")
    let outcome = try place.close(through: Self.date)
    #expect(outcome.exitCode == 2)
    #expect(outcome.output.contains("tenant_id=acme"))
    #expect(try place.store().closes() == ["2026-01-05,closed"])
  }

  @Test("75 while another run holds the store, and not after")
  func heldLockExitsWith75() throws {
    let place = try TestDirectory()
    try place.export(Self.date, [TestDirectory.entry(1, on: Self.date)])
    let lock = open(place.path("books.sqlite.lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    let outcome = try place.close(through: Self.date)
    #expect(outcome.exitCode == 75)
    #expect(outcome.errors.contains("books.sqlite.lock"))
    #expect(!place.exists("books.sqlite"))
    Glibc.close(lock)
    #expect(try place.close(through: Self.date).exitCode == 0)
  }
}
