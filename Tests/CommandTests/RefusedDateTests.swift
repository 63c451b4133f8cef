import Testing

@Suite("A date that would publish nonsense")
struct RefusedDateTests {
  private static let date = "2026-01-05"
  private static let largest = "9223372036854775807"

  /// A date with this many sound records and this many of an unknown account.
  private func place(sound: Int, bad: Int) throws -> TestDirectory {
    let place = try TestDirectory()
    let records =
      (0..<bad).map { TestDirectory.entry($0, on: Self.date, debit: "9999") }
      + (bad..<(bad + sound)).map { TestDirectory.entry($0, on: Self.date) }
    try place.export(Self.date, records)
    return place
  }

  @Test("because more than a tenth and more than 100 records are bad is refused")
  func tooManyQuarantinedRecordsAreRefused() throws {
    let place = try place(sound: 900, bad: 101)
    let outcome = try place.close(through: Self.date)
    #expect(outcome.exitCode == 2)
    for word in ["too_many_quarantined", "101 of 1001", "unknown_account 101", "record 1"] {
      #expect(outcome.output.contains(word), "\(outcome.output)")
    }
    #expect(try place.store().rowCount() == 0)
  }

  @Test("is told from a bad day by both bounds", arguments: [(1, 100), (909, 101), (2000, 150)])
  func fewQuarantinedRecordsAreAllowed(sound: Int, bad: Int) throws {
    let place = try place(sound: sound, bad: bad)
    #expect(try place.close(through: Self.date).exitCode == 1)
    #expect(
      try place.store().rows("SELECT records_quarantined FROM close_run") == ["\(bad)"])
  }

  @Test("closes if the job allows as much")
  func jobCanAllowMoreQuarantinedRecords() throws {
    let place = try place(sound: 10, bad: 190)
    let limit = "--max-quarantined-percent"
    #expect(try place.close(through: Self.date, limit, "94").exitCode == 2)
    #expect(try place.close(through: Self.date, limit, "95").exitCode == 1)
  }

  @Test("keeps as many findings as the job wants, counts all, and says what is beyond")
  func findingsPastTheLimitAreCounted() throws {
    let place = try place(sound: 1, bad: 50)
    let outcome = try place.close(
      through: Self.date, "--findings-limit", "7", "--reports", "reports")
    #expect(outcome.exitCode == 1)
    #expect(outcome.output.contains("unknown_account 50"))
    #expect(
      try place.store().rows("SELECT record FROM finding ORDER BY record")
        == (1...7).map { "\($0)" })
    let listed = CSVTable(
      try place.text("reports/\(TestDirectory.tenant)/\(Self.date)/findings.csv"))
    #expect(listed.rows.count == 8)
    #expect(listed["message"].last?.contains("43 more") == true)
  }

  @Test("because a sum of the day passes 2^63 − 1 is refused, with the key")
  func overflowWithinADateIsRefused() throws {
    let place = try TestDirectory()
    try place.export(
      Self.date, (1...2).map { TestDirectory.entry($0, on: Self.date, Self.largest) })
    try expectOverflow(place, through: Self.date, closed: [])
  }

  @Test("because a balance passes 2^63 − 1 is refused, with the key")
  func overflowAcrossDatesIsRefused() throws {
    let place = try TestDirectory()
    try place.export(Self.date, [TestDirectory.entry(1, on: Self.date, Self.largest)])
    try place.export("2026-01-06", [TestDirectory.entry(2, on: "2026-01-06", "1")])
    try expectOverflow(place, through: "2026-01-06", closed: ["2026-01-05,closed"])
  }

  @Test("because entries dated ahead add up past 2^63 − 1 is refused, with the key")
  func overflowOfFutureDatedEntriesIsRefused() throws {
    let place = try TestDirectory()
    for (number, date) in ["2026-01-05", "2026-01-06"].enumerated() {
      try place.export(
        date, [TestDirectory.entry(number, on: date, effective: "2026-01-07", Self.largest)])
    }
    try place.export("2026-01-07", [])
    try expectOverflow(
      place, through: "2026-01-07", closed: ["2026-01-05,closed", "2026-01-06,closed"])
  }

  @Test("because restated balances pass 2^63 − 1 is refused, with the key")
  func overflowOfARestatementIsRefused() throws {
    let place = try TestDirectory()
    try place.export(Self.date, [TestDirectory.entry(1, on: Self.date, Self.largest)])
    try place.export(
      "2026-01-06", [TestDirectory.entry(2, on: "2026-01-06", effective: Self.date, "1")])
    try expectOverflow(place, through: "2026-01-06", closed: ["2026-01-05,closed"])
  }

  @Test("is not one of exactly 2^63 − 1")
  func largestBalanceIsAccepted() throws {
    let place = try TestDirectory()
    try place.export(Self.date, [TestDirectory.entry(1, on: Self.date, Self.largest)])
    #expect(try place.close(through: Self.date).exitCode == 0)
    #expect(
      try place.store().rows("SELECT dr_balance_minor FROM current_balance ORDER BY 1")
        == ["0", Self.largest])
  }

  /// Closes beside a sound tenant, whose dates close whatever becomes of the other's.
  private func expectOverflow(
    _ place: TestDirectory, through date: String, closed: [String]
  ) throws {
    try place.export(date, [TestDirectory.entry(9, on: date)], tenant: TestDirectory.otherTenant)
    let outcome = try place.close(through: date)
    #expect(outcome.exitCode == 2)
    #expect(outcome.output.contains("\(date)  FAILED"), "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("1000 USD SETTLED"), "\(outcome.output)\(outcome.errors)")
    #expect(try place.store().closes() == closed)
    #expect(try place.store().closes(of: TestDirectory.otherTenant) == ["\(date),closed"])
  }
}
