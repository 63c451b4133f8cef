import Testing

/// Issue 15: an outbox replay exported an entry again on the next date with a new `posted_at`, and it was
/// counted twice.
@Suite("An entry that is exported again on a later date")
struct OutboxReplayTests {
  private static let first = "2026-01-05"
  private static let second = "2026-01-06"
  private static let third = "2026-01-07"

  /// A closed date with two entries, and two more dates: the next one repeats the first entry.
  private func place(amount: String = "500") throws -> TestDirectory {
    let place = try TestDirectory()
    try place.export(
      Self.first,
      [
        TestDirectory.entry(1, on: Self.first),
        TestDirectory.entry(2, on: Self.first, "70"),
      ])
    try place.export(
      Self.second,
      [
        TestDirectory.entry(1, on: Self.second, effective: Self.first, amount),
        TestDirectory.entry(3, on: Self.second, "8"),
      ])
    try place.export(Self.third, [TestDirectory.entry(4, on: Self.third, "9")])
    #expect(try place.close(through: Self.first).exitCode == 0)
    return place
  }

  private func balances(_ place: TestDirectory) throws -> [String] {
    try place.store().rows(
      """
      SELECT as_of_date, dr_balance_minor FROM current_balance
      WHERE account_code = '1000' ORDER BY as_of_date
      """)
  }

  private func findings(_ place: TestDirectory) throws -> [String] {
    try place.store().rows(
      """
      SELECT business_date, code, file, record, journal_entry_id FROM finding
      WHERE severity = 'error' ORDER BY close_id
      """)
  }

  @Test("is counted once; the finding names the date that has it, and the next night ties out")
  func repetitionIsCountedOnce() throws {
    let place = try place()
    let night = try place.close(through: Self.second, "--reports", "reports")
    #expect(night.exitCode == 1, "\(night.output)")
    #expect(
      try findings(place) == [
        "\(Self.second),entry_already_closed,part-00000.ndjson,1,00000000-0000-4000-8000-000000000001"
      ])
    let messages = try place.store().rows("SELECT message FROM finding WHERE severity = 'error'")
    #expect(messages.first?.contains(Self.first) == true, "\(messages)")
    #expect(try balances(place) == ["2026-01-05,570", "2026-01-06,578"])
    let report = "reports/\(TestDirectory.tenant)/\(Self.second)/findings.csv"
    #expect(try place.text(report).contains("entry_already_closed"))

    // It needs no decision.
    #expect(try place.close(through: Self.third).exitCode == 0)
    #expect(
      try balances(place) == ["2026-01-05,570", "2026-01-06,578", "2026-01-07,587"])
    let verified = try place.tieout(
      "verify", "--exports", "exports", "--chart", "chart.csv", "--store", "books.sqlite")
    #expect(verified.exitCode == 0, "\(verified.output)\(verified.errors)")
  }

  @Test("with another amount is a conflict, which stays open")
  func changedRepetitionStaysOpen() throws {
    let place = try place(amount: "501")
    #expect(try place.close(through: Self.second).exitCode == 1)
    #expect(
      try findings(place).first?.hasPrefix("\(Self.second),conflicting_duplicate") == true)
    #expect(try balances(place) == ["2026-01-05,570", "2026-01-06,578"])
    let next = try place.close(through: Self.third)
    #expect(next.exitCode == 1 && next.output.contains("open_quarantine"), "\(next.output)")
  }

  @Test("is not noticed beyond the window, nor without one", arguments: ["0", "1"])
  func windowBoundsWhatIsNoticed(window: String) throws {
    let place = try place()
    try place.export(
      "2026-01-08", [TestDirectory.entry(2, on: "2026-01-08", effective: Self.first, "70")])
    let last = try place.close(through: "2026-01-08", "--duplicate-window", window)
    #expect(last.exitCode == (window == "0" ? 0 : 1), "\(last.output)")
    // The second entry is three dates old; with a window of one date, the first one is still known.
    #expect(
      try balances(place).last == (window == "0" ? "2026-01-08,1157" : "2026-01-08,657"))
  }
}
