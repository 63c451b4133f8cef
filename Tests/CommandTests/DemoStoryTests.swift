import Testing

@Suite("The story of the demo ledger")
struct DemoStoryTests {
  private func breaks(_ place: TestDirectory) throws -> [String] {
    try place.store().rows(
      """
      SELECT business_date, check_name, difference_minor FROM tie_out WHERE status = 'fail'
      ORDER BY business_date, check_name
      """)
  }

  @Test("has one break on each of its dates, and every other date ties out", arguments: ["1", "9"])
  func otherDatesTieOut(seed: String) throws {
    let place = try TestDirectory()
    let demo = try place.tieout("demo", "--out", ".", "--seed", seed, "--entries", "150")
    #expect(demo.exitCode == 0)
    for words in ["Harbor Lending, 2026-01-04", "Juniper Credit, 2026-01-10", "chart lacks"] {
      #expect(demo.output.contains(words))
    }
    #expect(try place.tieout("close", "--job", "job.yaml").exitCode == 1)
    #expect(
      try place.store().rows("SELECT count(*) FROM close_run WHERE status = 'closed'") == ["25"])
    let found = try breaks(place)
    #expect(found.count == 4)
    #expect(found[0].hasPrefix("2026-01-04,bank_reconciliation,"))
    #expect(
      found.suffix(3) == [
        "2026-01-05,bank_reconciliation,-184250", "2026-01-07,portfolio_rollup,-12500",
        "2026-01-10,bank_reconciliation,1250",
      ])
    #expect(
      try place.store().rows(
        "SELECT DISTINCT business_date, code FROM finding WHERE severity = 'error'")
        == ["2026-01-10,unknown_account"])
    #expect(try place.tieout("verify", "--job", "job.yaml").exitCode == 0)
  }

  @Test("is told by what is planted, as files and counts say")
  func plantedFilesAgree() throws {
    let place = try TestDirectory()
    _ = try place.tieout("demo", "--out", ".", "--entries", "60")
    let kinds = CSVTable(try place.text("planted-breaks.csv")).selecting(["kind", "business_date"])
    #expect(
      kinds.map { $0.joined(separator: " ") }.sorted() == [
        "bank_fee 2026-01-10", "bank_later 2026-01-04", "ledger_later 2026-01-05",
        "loan_amount 2026-01-07",
      ])
    let errors = CSVTable(try place.text("planted.csv")).selecting(["code", "severity"])
      .filter { $0[1] == "error" }
    #expect(errors.count == 3)
  }

  @Test(
    "fits ranges of any size",
    arguments: [("1", "1"), ("1", "2"), ("2", "3"), ("4", "12"), ("3", "31")])
  func anyRangeCloses(tenants: String, dates: String) throws {
    let place = try TestDirectory()
    let demo = try place.tieout(
      "demo", "--out", ".", "--tenants", tenants, "--dates", dates, "--entries", "40")
    #expect(demo.exitCode == 0, "\(demo.errors)")
    #expect(try place.tieout("close", "--job", "job.yaml").exitCode < 2)
    let broken = try place.store().rows(
      "SELECT count(*) FROM close_run WHERE status = 'closed_with_breaks'")
    #expect((Int(broken[0]) ?? 9) <= 5)
  }

  @Test("and all defects contradict each other; so do no defects and all of them")
  func contradictionsAreRefused() throws {
    let outcome = try TestDirectory().tieout(
      "demo", "--out", ".", "--all-defects", "--no-defects")
    #expect(outcome.exitCode == 64 && outcome.errors.contains("contradict"))
  }
}
