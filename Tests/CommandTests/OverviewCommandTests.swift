import Foundation
import Testing

@Suite("The overview that commands write")
struct OverviewCommandTests {
  private static let tenant = TestDirectory.tenant

  /// Two closed dates, the second with a quarantined record, of a tenant with a name.
  private func closed(name: String = "Harbor & Sons <b>") throws -> TestDirectory {
    let place = try TestDirectory()
    try place.write("names.csv", "tenant_id,tenant_name\n\(Self.tenant),\(name)\n")
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05")])
    try place.export("2026-01-06", [TestDirectory.entry(2, on: "2026-01-06"), "{}"])
    #expect(
      try place.close(
        through: "2026-01-06", "--reports", "reports", "--tenant-names", "names.csv"
      ).exitCode == 1)
    return place
  }

  private func run(_ place: TestDirectory, _ arguments: String...) throws -> CommandOutcome {
    let options = [
      "--store", "books.sqlite", "--reports", "reports", "--tenant-names", "names.csv",
    ]
    return try TieoutProcess(
      Array(arguments.prefix(1)) + options + arguments.dropFirst(), in: place
    )
    .wait()
  }

  @Test("is made again by report --index, with the same bytes")
  func indexIsMadeAgain() throws {
    let place = try closed()
    let page = try place.text("reports/index.html")
    try place.write("reports/index.html", "something else")
    let outcome = try run(place, "report", "--index")
    #expect(outcome.exitCode == 0 && outcome.output == "reports/index.html\n")
    #expect(try place.text("reports/index.html") == page)
    #expect(try run(place, "report").exitCode == 64)
    #expect(try run(place, "report", "--index", "--date", "2026-01-05").exitCode == 64)
  }

  @Test("leads to every close, and every close leads back, with the tenant's name")
  func linksLeadThereAndBack() throws {
    let place = try closed()
    let index = try place.text("reports/index.html")
    #expect(index.contains("Harbor &amp; Sons &lt;b&gt;") && !index.contains("Harbor & Sons <b>"))
    let page = try place.text("reports/\(Self.tenant)/2026-01-06/reconciliation.html")
    #expect(page.contains("<strong id=\"tenant-name\">Harbor &amp; Sons &lt;b&gt;</strong>"))
    #expect(page.contains("href=\"../2026-01-05/reconciliation.html\" rel=\"prev\""))
    #expect(page.contains("href=\"../../index.html#\(Self.tenant)\""))
    #expect(page.contains("href=\"../../index.html#\(Self.tenant)/2026-01-07\" rel=\"next\""))
    let first = try place.text("reports/\(Self.tenant)/2026-01-05/reconciliation.html")
    #expect(!first.contains("rel=\"prev\""))
  }

  @Test("follows certifications and acceptances, and the summary has the names")
  func decisionsAreShown() throws {
    let place = try closed(name: "Harbor Lending")
    let before = try place.text("reports/index.html")
    #expect(before.contains("\"AM\""))
    let signoff = ["signoff", "--tenant", Self.tenant, "--date", "2026-01-05", "--by", "Ada"]
    #expect(
      try run(place, signoff[0], signoff[1], signoff[2], signoff[3], signoff[4], "--by", "Ada")
        .exitCode == 0)
    #expect(try place.text("reports/index.html").contains("\"BM\""))
    #expect(
      try run(
        place, "accept", "--tenant", Self.tenant, "--date", "2026-01-06", "--by", "Ada", "--note",
        "A test."
      ).exitCode == 0)
    #expect(try place.text("reports/index.html").contains("\"BD\""))
    let again = try place.close(
      through: "2026-01-06", "--tenant-names", "names.csv", "--verbose")
    #expect(again.output.contains("tenant \(Self.tenant)  Harbor Lending\n"))
  }

  @Test("fails the run if it cannot be written, but the closes are kept")
  func unwritablePageFailsRun() throws {
    let place = try closed()
    try place.write("reports/.index.html.new/file", "in the way")
    try place.export("2026-01-07", [])
    let outcome = try place.close(through: "2026-01-07", "--reports", "reports")
    #expect(outcome.exitCode == 2)
    #expect(outcome.output.contains("reports/.index.html.new cannot be written"))
    #expect(outcome.errors.contains("overview_failed") || outcome.errors.contains("index.html.new"))
    #expect(try place.store().closes().count == 3)
    try place.remove("reports/.index.html.new")
    #expect(try place.close(through: "2026-01-07", "--reports", "reports").exitCode == 1)
    #expect(try place.text("reports/index.html").contains("\"AMD\"") == false)
    #expect(try place.text("reports/index.html").contains("\"AMJ\""))
  }

  @Test(
    "is brought up to date by the next run after one that was killed before it wrote it",
    .enabled(if: FaultInjection.isPossible(), "strace cannot trace here"))
  func nextRunFinishesIt() throws {
    let place = try closed()
    try place.export("2026-01-07", [])
    let close = [
      "close", "--exports", "exports", "--chart", "chart.csv", "--store", "books.sqlite",
      "--reports", "reports", "--tenant-names", "names.csv", "--date", "2026-01-07",
    ]
    let killed = try TieoutProcess(
      close, in: place,
      launcher: [
        "/usr/bin/env", "strace", "-f", "-o", "/dev/null", "-P", "reports/.index.html.new", "-e",
        "trace=openat", "-e", "inject=openat:signal=SIGKILL:when=1",
      ]
    ).wait()
    #expect(killed.exitCode == 137, "\(killed.output)\(killed.errors)")
    #expect(place.exists("reports/\(Self.tenant)/2026-01-07/SHA256SUMS"))
    #expect(try place.text("reports/index.html").contains("\"AM\""))
    #expect(try TieoutProcess(close, in: place).wait().exitCode == 1)
    let page = try place.text("reports/index.html")
    #expect(page.contains("\"AMJ\""))
    #expect(try run(place, "report", "--index").exitCode == 0)
    #expect(try place.text("reports/index.html") == page)
  }
}
