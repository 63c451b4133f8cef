import Testing

/// Issue 15: 60 of 60 records were quarantined because of a wrong chart. It was mended, and every later
/// night said that everything ties out, while the 60 stayed out.
@Suite("A wrong chart that is mended after the date was closed")
struct OpenQuarantineTests {
  private static let bad = "2026-01-05"
  private static let account = "9999,Suspense,DR\n"

  /// So many records of an account that is not in the chart, and a sound date after them.
  private func place(_ count: Int, sound: Int = 0) throws -> TestDirectory {
    let place = try TestDirectory()
    try place.export(
      Self.bad,
      (1...count).map { TestDirectory.entry($0, on: Self.bad, "100", debit: "9999") }
        + (0..<sound).map { TestDirectory.entry(1_000 + $0, on: Self.bad) })
    for (number, date) in ["2026-01-06", "2026-01-07", "2026-01-08"].enumerated() {
      try place.export(date, [TestDirectory.entry(2_000 + number, on: date)])
    }
    return place
  }

  private func mend(_ place: TestDirectory) throws {
    try place.write("chart.csv", place.text("chart.csv") + Self.account)
  }

  private func close(
    _ place: TestDirectory, _ date: String, _ more: String...
  ) throws -> CommandOutcome {
    try TieoutProcess(
      [
        "close", "--verbose", "--exports", "exports", "--chart", "chart.csv", "--store",
        "books.sqlite",
        "--reports", "reports", "--date", date,
      ] + more, in: place
    ).wait()
  }

  private func tieOut(_ place: TestDirectory, _ date: String) throws -> [String] {
    try place.store().rows(
      """
      SELECT scope, status, actual_minor FROM tie_out
      WHERE check_name = 'open_quarantine' AND business_date = '\(date)' ORDER BY close_id, scope
      """)
  }

  @Test("is refused if all of ten or more records would be left out", arguments: [10, 60])
  func wholeDateIsRefused(count: Int) throws {
    let place = try place(count)
    let outcome = try close(place, Self.bad)
    #expect(outcome.exitCode == 2)
    for part in ["too_many_quarantined", "all \(count) records", "unknown_account \(count)"] {
      #expect(outcome.output.contains(part), "\(outcome.output)")
    }
    #expect(try place.store().rowCount() == 0)
    try mend(place)
    #expect(try close(place, "2026-01-06").exitCode == 0)
  }

  @Test("is not refused below ten, with one sound record, or if the job allows 100 %")
  func bothBoundsMatter() throws {
    #expect(try close(place(9), Self.bad).exitCode == 1)
    #expect(try close(place(60, sound: 1), Self.bad).exitCode == 1)
    let whole = try place(60)
    #expect(try close(whole, Self.bad, "--max-quarantined-percent", "99").exitCode == 2)
    #expect(try close(whole, Self.bad, "--max-quarantined-percent", "100").exitCode == 1)
  }

  @Test("is told every night until the date is closed again")
  func recloseTakesTheRecordsIn() throws {
    let place = try place(5)
    #expect(try close(place, Self.bad).exitCode == 1)
    try mend(place)
    for date in ["2026-01-06", "2026-01-07"] {
      let outcome = try close(place, date)
      #expect(outcome.exitCode == 1, "\(outcome.output)")
      #expect(outcome.output.contains("BREAKS open_quarantine"))
      #expect(outcome.output.contains("5 quarantined records of earlier dates are open"))
      #expect(try tieOut(place, date) == ["USD SETTLED,fail,500", "records,fail,5"])
    }
    #expect(try place.store().rows("SELECT DISTINCT record_count FROM quarantine_count") == ["5"])
    let again = try TieoutProcess(
      [
        "backfill", "--exports", "exports", "--chart", "chart.csv", "--store", "books.sqlite",
        "--from", Self.bad, "--to", Self.bad, "--reclose",
      ], in: place
    ).wait()
    #expect(again.exitCode == 0, "\(again.output)\(again.errors)")
    #expect(try close(place, "2026-01-08").exitCode == 0)
    #expect(try tieOut(place, "2026-01-08") == ["records,pass,0"])
    #expect(
      try place.tieout(
        "verify", "--store", "books.sqlite", "--exports", "exports"
      ).exitCode == 0)
  }

  @Test("is told every night until somebody accepts it, and again if that is taken back")
  func acceptanceEndsTheBreak() throws {
    let place = try place(5)
    #expect(try close(place, Self.bad).exitCode == 1)
    #expect(try close(place, "2026-01-06").exitCode == 1)
    func accept(_ more: String...) throws -> CommandOutcome {
      try TieoutProcess(
        [
          "accept", "--store", "books.sqlite", "--reports", "reports", "--tenant",
          TestDirectory.tenant, "--date", Self.bad, "--by", "Ada", "--note", "Test entries",
        ] + more, in: place
      ).wait()
    }
    let accepted = try accept()
    #expect(accepted.exitCode == 0, "\(accepted.errors)")
    #expect(try close(place, "2026-01-07").exitCode == 0)
    #expect(try accept("--undo").exitCode == 0)
    #expect(try close(place, "2026-01-08").exitCode == 1)
    #expect(try tieOut(place, "2026-01-08") == ["USD SETTLED,fail,500", "records,fail,5"])
  }

  @Test("of repetitions alone is no break on later dates")
  func repetitionsAreNotOpen() throws {
    let place = try TestDirectory()
    let entry = TestDirectory.entry(1, on: Self.bad)
    try place.export(Self.bad, [entry, entry])
    try place.export("2026-01-06", [TestDirectory.entry(2, on: "2026-01-06")])
    #expect(try close(place, Self.bad).exitCode == 1)
    #expect(try close(place, "2026-01-06").exitCode == 0)
  }
}
