import Testing

@Suite("Opening balances of a date")
struct OpeningDateTests {
  private static let date = "2026-01-05"
  private static let header =
    "account_code,currency,layer,dr_balance_minor,cr_balance_minor,tenant_id,as_of_date\n"

  /// Opening balances of both tenants, each as of its own date.
  private func place(_ first: String, _ second: String) throws -> TestDirectory {
    let place = try TestDirectory()
    var text = Self.header
    for (tenant, asOf) in [
      (TestDirectory.tenant, first), (TestDirectory.otherTenant, second),
    ] {
      text += "1000,USD,SETTLED,70,0,\(tenant),\(asOf)\n3000,USD,SETTLED,0,70,\(tenant),\(asOf)\n"
    }
    try place.write("opening.csv", text)
    try place.export(Self.date, [TestDirectory.entry(1, on: Self.date)])
    try place.export(
      Self.date, [TestDirectory.entry(1, on: Self.date)], tenant: TestDirectory.otherTenant)
    return place
  }

  @Test("begin books on the next day, and on no other, each tenant's on its own")
  func ownDates() throws {
    let place = try place("2026-01-04", "2025-12-31")
    let outcome = try place.close(through: Self.date, "--opening", "opening.csv")
    #expect(outcome.exitCode == 2)
    for words in [
      "opening_date_mismatch", "as of 2025-12-31 (as_of_date)", "must be of 2026-01-01",
      "would be of 2026-01-05", "as of 2026-01-04",
    ] { #expect(outcome.output.contains(words), "\(outcome.output)") }
    #expect(try place.store().closes() == ["2026-01-05,closed"])
    #expect(try place.store().closes(of: TestDirectory.otherTenant) == [])
    #expect(
      try place.store().rows(
        "SELECT dr_balance_minor FROM current_balance WHERE account_code = 1000")
        == ["570"])
    // A close of a tenant that has books does not read them.
    try place.export("2026-01-06", [])
    try place.write("opening.csv", Self.header)
    #expect(
      try place.close(
        through: "2026-01-06", "--opening", "opening.csv", "--tenant", TestDirectory.tenant
      ).exitCode == 0)
  }

  @Test("are those of the job's opening_date, which must not contradict them")
  func jobDate() throws {
    let place = try place("2026-01-04", "2026-01-04")
    func close(_ date: String, _ more: String...) throws -> CommandOutcome {
      let arguments = [
        "close", "--verbose", "--exports", "exports", "--chart", "chart.csv", "--store",
        "books.sqlite",
        "--date", Self.date, "--opening-date", date,
      ]
      return try TieoutProcess(arguments + more, in: place).wait()
    }
    let contradiction = try close("2026-01-03", "--opening", "opening.csv")
    #expect(contradiction.exitCode == 2)
    #expect(
      contradiction.output.contains("as of 2026-01-04 (as_of_date), but the job's opening_date"))
    let alone = try close("2026-01-03")
    #expect(alone.exitCode == 2)
    #expect(alone.output.contains("as of 2026-01-03 (opening_date)"))
    #expect(try close("2026-01-04", "--opening", "opening.csv").exitCode == 0)
  }

  @Test("whose date is none, or not the same in every row, are refused with the line")
  func invalidDates() throws {
    for (first, words) in [
      ("2026-02-30", "line 2 has the as_of_date '2026-02-30'"),
      ("", "line 2 has the as_of_date ''"),
      ("=1+1", "line 2"), ("2026-01-04 ", "line 2"), ("\"2026-01-04\n\"", "line 2"),
      ("04.01.2026", "line 2"), ("2026-01-04T00:00:00Z", "line 2"),
    ] {
      let place = try place(first, "2026-01-04")
      let outcome = try place.close(through: Self.date, "--opening", "opening.csv")
      #expect(outcome.exitCode == 2)
      #expect(outcome.output.contains(words), "\(outcome.output)")
      #expect(try place.store().closes() == [])
      #expect(try place.store().closes(of: TestDirectory.otherTenant) == ["2026-01-05,closed"])
    }
    let place = try place("2026-01-04", "2026-01-04")
    try place.write(
      "opening.csv",
      try place.text("opening.csv") + "2000,USD,SETTLED,0,0,\(TestDirectory.tenant),2026-01-03\n")
    let outcome = try place.close(through: Self.date, "--opening", "opening.csv")
    #expect(outcome.output.contains("line 6 is as of 2026-01-03, but line 2 is as of 2026-01-04"))
  }

  @Test("are checked by a dry run too")
  func dryRun() throws {
    let place = try place("2026-01-04", "2025-12-31")
    let outcome = try place.tieout(
      "backfill", "--from", Self.date, "--to", Self.date, "--dry-run", "--exports", "exports",
      "--chart", "chart.csv", "--store", "books.sqlite", "--opening", "opening.csv")
    #expect(outcome.exitCode == 2)
    #expect(outcome.output.contains("opening_date_mismatch"))
    #expect(!place.exists("books.sqlite"))
  }
}
