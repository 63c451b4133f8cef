import Testing

@Suite("tieout signoff")
struct SignoffCommandTests {
  /// Two closed dates with reports.
  private func place() throws -> TestDirectory {
    let place = try TestDirectory()
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05")])
    try place.export("2026-01-06", [TestDirectory.entry(2, on: "2026-01-06")])
    #expect(try place.close(through: "2026-01-06", "--reports", "reports").exitCode == 0)
    return place
  }

  private func sign(
    _ place: TestDirectory, _ date: String = "2026-01-05", by name: String = "Ada Example",
    tenant: String = TestDirectory.tenant
  ) throws -> CommandOutcome {
    try place.tieout(
      "signoff", "--store", "books.sqlite", "--reports", "reports", "--tenant", tenant, "--date",
      date, "--by", name, "--note", "checked, \"twice\"")
  }

  private func page(_ place: TestDirectory, _ date: String = "2026-01-05") throws -> String {
    try place.text("reports/\(TestDirectory.tenant)/\(date)/reconciliation.html")
  }

  private func status(_ place: TestDirectory, _ column: String) throws -> String {
    let outcome = try place.tieout("status", "--store", "books.sqlite", "--format", "csv")
    return CSVTable(outcome.output).selecting([column]).first?.first ?? "none"
  }

  @Test("records who certified which close, and the reports show it")
  func signoffIsRecordedAndReported() throws {
    let place = try place()
    let chain = try place.store().rows("SELECT chain_digest FROM close_run WHERE close_id = 1")
    let outcome = try sign(place)
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("close 1") && outcome.output.contains(chain[0]))
    #expect(
      try place.store().rows(
        """
        SELECT business_date, close_id, chain_digest, name, note, withdrawn_by_close_id
        FROM certification
        """) == ["2026-01-05,1,\(chain[0]),Ada Example,checked, \"twice\","])
    #expect(try page(place).contains("Ada Example"))
    #expect(try !page(place, "2026-01-06").contains("Ada Example"))
    #expect(try sign(place, "2026-01-06").exitCode == 0)
    #expect(try status(place, "certified_by") == "Ada Example")
    #expect(
      try place.tieout("verify", "--store", "books.sqlite", "--store-only").exitCode == 0)
  }

  @Test("is withdrawn by a close that restates the date, which status and its reports say")
  func restatementWithdrawsTheSignoff() throws {
    let place = try place()
    _ = try sign(place)
    #expect(try status(place, "certifications_withdrawn") == "")
    try place.export(
      "2026-01-07", [TestDirectory.entry(3, on: "2026-01-07", effective: "2026-01-05")])
    #expect(try place.close(through: "2026-01-07", "--reports", "reports").exitCode == 0)
    #expect(try place.store().rows("SELECT withdrawn_by_close_id FROM certification") == ["3"])
    #expect(try status(place, "certifications_withdrawn") == "2026-01-05")
    #expect(try page(place).lowercased().contains("withdrawn"))
    // What is certified now is the date as it was restated: whoever signs, or reads it, is told.
    let again = try sign(place, by: "Grace Example")
    #expect(again.exitCode == 0)
    #expect(again.output.contains("restated since by close 3 of 2026-01-07"))
    #expect(try status(place, "certifications_withdrawn") == "")
    #expect(try page(place).contains("Grace Example"))
    #expect(try page(place).contains("Restated since by close 3 of 2026-01-07."))
    #expect(try !page(place, "2026-01-07").contains("Restated since"))
  }

  @Test("that a run withdraws is said by that run")
  func runReportsTheSignoffsItWithdraws() throws {
    let place = try place()
    _ = try sign(place)
    try place.export(
      "2026-01-07", [TestDirectory.entry(3, on: "2026-01-07", effective: "2026-01-05")])
    let outcome = try place.close(through: "2026-01-07", "--reports", "reports")
    #expect(outcome.output.contains("withdrew     the certification of 2026-01-05\n"))
    // What was withdrawn is not withdrawn again, though it is restated again.
    try place.export(
      "2026-01-08", [TestDirectory.entry(4, on: "2026-01-08", effective: "2026-01-05")])
    let next = try place.close(through: "2026-01-08", "--reports", "reports")
    #expect(next.output.contains("restated") && !next.output.contains("withdrew"))
    #expect(try page(place).contains("Restated since by close 3 of 2026-01-07, close 4 of"))
  }

  @Test("is recorded though its reports cannot be written, and says so")
  func signoffIsRecordedWithoutReports() throws {
    let place = try place()
    try place.write("no-directory", "a file")
    let outcome = try place.tieout(
      "signoff", "--store", "books.sqlite", "--reports", "no-directory", "--tenant",
      TestDirectory.tenant, "--date", "2026-01-05", "--by", "Ada Example")
    #expect(outcome.exitCode == 2)
    #expect(outcome.errors.contains("is recorded") && outcome.errors.contains("tieout report"))
    #expect(try place.store().rows("SELECT count(*) FROM certification") == ["1"])
  }

  @Test("is withdrawn by closing the date again")
  func recloseWithdrawsTheSignoff() throws {
    let place = try place()
    _ = try sign(place)
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05", "501")])
    let again = try place.tieout(
      "backfill", "--exports", "exports", "--chart", "chart.csv", "--store", "books.sqlite",
      "--reports", "reports", "--from", "2026-01-05", "--to", "2026-01-06", "--reclose")
    #expect(again.exitCode == 0, "\(again.output)\(again.errors)")
    #expect(try place.store().rows("SELECT withdrawn_by_close_id FROM certification") == ["3"])
    #expect(try status(place, "certifications_withdrawn") == "2026-01-05")
  }

  @Test("is not for a date that is not closed, nobody, another tenant or altered books")
  func invalidSignoffsAreRefused() throws {
    let place = try place()
    let early = try sign(place, "2026-01-07")
    #expect(early.exitCode == 2 && early.errors.contains("not_closed"))
    let stranger = try sign(place, tenant: TestDirectory.otherTenant)
    #expect(stranger.exitCode == 2 && stranger.errors.contains("not_closed"))
    #expect(try sign(place, by: "  ").exitCode == 64)
    #expect(try sign(place, "05.01.2026").exitCode == 64)
    try place.store().execute("UPDATE stored_movement SET dr_minor = 1 WHERE dr_minor = 500")
    let altered = try sign(place)
    #expect(altered.exitCode == 2 && altered.errors.contains("altered_store"))
    #expect(try place.store().rows("SELECT count(*) FROM certification") == ["0"])
  }
}
