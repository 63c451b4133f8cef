import Testing

@Suite("A setting")
struct SettingPrecedenceTests {
  private static let date = "2026-01-05"

  private func place() throws -> TestDirectory {
    let place = try TestDirectory()
    try place.export(Self.date, [TestDirectory.entry(1, on: Self.date)])
    try place.write(
      "job.yaml",
      """
      exports: exports
      chart: chart.csv
      store: of-file.sqlite
      date: \(Self.date)

      """)
    return place
  }

  private func stores(_ place: TestDirectory) throws -> [String] {
    try place.names("").filter { $0.hasSuffix(".sqlite") }
  }

  @Test("comes from the job file if nothing overrides it")
  func jobFileApplies() throws {
    let place = try place()
    #expect(try place.tieout("close", "--job", "job.yaml").exitCode == 0)
    #expect(try stores(place) == ["of-file.sqlite"])
  }

  @Test("in the environment overrides the job file")
  func environmentOverridesJobFile() throws {
    let place = try place()
    let outcome = try place.tieout(
      "close", "--job", "job.yaml", environment: ["TIEOUT_STORE": "of-environment.sqlite"])
    #expect(outcome.exitCode == 0)
    #expect(try stores(place) == ["of-environment.sqlite"])
  }

  @Test("given as an option overrides both")
  func optionOverridesEnvironment() throws {
    let place = try place()
    let outcome = try place.tieout(
      "close", "--job", "job.yaml", "--store", "of-flag.sqlite",
      environment: ["TIEOUT_STORE": "of-environment.sqlite", "TIEOUT_DATE": "ignored"])
    #expect(outcome.exitCode == 64)
    let other = try place.tieout(
      "close", "--job", "job.yaml", "--store", "of-flag.sqlite", "--date", Self.date,
      environment: ["TIEOUT_STORE": "of-environment.sqlite", "TIEOUT_DATE": "ignored"])
    #expect(other.exitCode == 0)
    #expect(try stores(place) == ["of-flag.sqlite"])
  }

  @Test("can come from the environment alone, like the job file's path")
  func environmentAloneIsEnough() throws {
    let place = try place()
    let named = try place.tieout("close", environment: ["TIEOUT_JOB": "job.yaml"])
    #expect(named.exitCode == 0)
    let alone = try place.tieout(
      "close",
      environment: [
        "TIEOUT_EXPORTS": "exports", "TIEOUT_CHART": "chart.csv", "TIEOUT_DATE": Self.date,
        "TIEOUT_STORE": "alone.sqlite", "TIEOUT_TENANTS": TestDirectory.tenant,
      ])
    #expect(alone.exitCode == 0)
    #expect(try stores(place) == ["alone.sqlite", "of-file.sqlite"])
  }

  @Test("with a path is relative to the job file, or as an option to the working directory")
  func pathsInJobFileAreRelativeToIt() throws {
    let place = try place()
    try place.write("jobs/nightly.yaml", try place.text("job.yaml").replacingPaths())
    try place.write("elsewhere/readme", "")
    let outcome = try TieoutProcess(
      ["close", "--job", "../jobs/nightly.yaml", "--reports", "reports"],
      in: place, directory: "elsewhere"
    ).wait()
    #expect(outcome.exitCode == 0)
    #expect(place.exists("jobs/of-file.sqlite"))
    #expect(place.exists("elsewhere/reports/\(TestDirectory.tenant)/\(Self.date)/SHA256SUMS"))
  }

  @Test("for several tenants is a list in the job file and a repeated option")
  func severalTenantsAreClosed() throws {
    let place = try place()
    try place.export(Self.date, [], tenant: TestDirectory.otherTenant)
    try place.export(Self.date, [], tenant: "0f000000-0000-4000-8000-00000000000c")
    let job = try place.text("job.yaml")
    let (first, second) = (TestDirectory.tenant, TestDirectory.otherTenant.uppercased())
    try place.write("job.yaml", job + "tenants:\n  - \(first)\n  - \(second)\n")
    #expect(try place.tieout("close", "--job", "job.yaml").exitCode == 0)
    let closed = "SELECT tenant_id FROM close_run ORDER BY tenant_id"
    let both = [TestDirectory.tenant, TestDirectory.otherTenant]
    #expect(try place.store("of-file.sqlite").rows(closed) == both)
    let flags = try place.close(through: Self.date, "--tenant", second, "--tenant", first)
    #expect(flags.exitCode == 0)
    #expect(try place.store().rows(closed) == both)
  }
}

extension String {
  /// The job's text for a file in a directory next to the exports.
  fileprivate func replacingPaths() -> String {
    split(separator: "\n").map { line in
      for key in ["exports: ", "chart: "] where line.hasPrefix(key) {
        return key + "../" + line.dropFirst(key.count)
      }
      return String(line)
    }.joined(separator: "\n")
  }
}
