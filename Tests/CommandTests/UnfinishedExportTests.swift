import Testing

/// An export that has only begun must not be closed as an empty day. Issue 15.
@Suite("An unfinished export")
struct UnfinishedExportTests {
  private static let first = "2026-01-05"
  private static let second = "2026-01-06"
  private static let directory = TestDirectory.dateDirectory(second)
  private static let marker = ["--success-marker", "_SUCCESS"]

  /// A ledger with one closed date, so that the second is the next to close.
  private func place() throws -> TestDirectory {
    let place = try TestDirectory()
    try place.export(Self.first, [TestDirectory.entry(1, on: Self.first)])
    #expect(try place.close(through: Self.first).exitCode == 0)
    return place
  }

  private func run(
    _ place: TestDirectory, _ command: [String], _ options: [String]
  ) throws -> CommandOutcome {
    let inputs = ["--exports", "exports", "--chart", "chart.csv", "--store", "books.sqlite"]
    return try TieoutProcess(command + inputs + options, in: place).wait()
  }

  private func close(
    _ place: TestDirectory, _ date: String, _ options: [String] = []
  ) throws -> CommandOutcome {
    try run(place, ["close", "--date", date, "--verbose"], options)
  }

  private func reclose(_ place: TestDirectory) throws -> CommandOutcome {
    try run(
      place, ["backfill", "--from", Self.first, "--to", Self.first, "--reclose"], Self.marker)
  }

  private func verify(_ place: TestDirectory, _ options: [String]) throws -> CommandOutcome {
    try run(place, ["verify"], options)
  }

  private func closedDates(_ place: TestDirectory) throws -> [String] {
    try place.store().closes().map { String($0.prefix(10)) }
  }

  /// Expects that the second date is refused, also by a dry run, with a message that says all this.
  private func expectRefusal(
    _ place: TestDirectory, _ says: [String], _ options: [String] = []
  ) throws {
    let dryRun = ["backfill", "--from", Self.second, "--to", Self.second, "--dry-run"]
    for outcome in [
      try run(place, dryRun, options), try close(place, Self.second, options),
    ] {
      #expect(outcome.exitCode == 2, "\(outcome.output)")
      for word in ["unfinished_export", Self.second] + says {
        #expect(outcome.output.contains(word), "\(word): \(outcome.output)")
      }
    }
    #expect(try closedDates(place) == [Self.first])
  }

  @Test(
    "with only hidden names does not close, whatever missing_dates says",
    arguments: ["_temporary/0/part-00000.ndjson", ".part-00000.ndjson.inprogress"])
  func directoryWithOnlyHiddenNamesDoesNotClose(name: String) throws {
    let place = try place()
    try place.write("\(Self.directory)/\(name)", "")
    let shown = name.split(separator: "/")[0]
    try expectRefusal(place, ["only \(shown)", "Run again when the exporter has written"])
    try expectRefusal(place, ["only \(shown)"], ["--missing-dates", "empty"])
    // What comes later is not lost.
    try place.export(Self.second, [TestDirectory.entry(2, on: Self.second)])
    #expect(try close(place, Self.second).exitCode == 0)
    let accepted = "SELECT entries_accepted FROM close_run ORDER BY close_id"
    #expect(try place.store().rows(accepted) == ["1", "1"])
  }

  @Test("that is a tenant's first date does not close either")
  func firstDateDoesNotClose() throws {
    let place = try TestDirectory()
    try place.write("\(Self.directory)/_temporary/0/x", "")
    let outcome = try close(place, Self.second)
    #expect(outcome.exitCode == 2)
    #expect(outcome.output.contains("unfinished_export"), "\(outcome.output)")
    #expect(try place.store().rowCount() == 0)
  }

  @Test("is not an empty directory, which is a day without entries")
  func emptyDirectoryCloses() throws {
    let place = try place()
    try place.write("\(Self.directory)/_temporary", "")
    try place.remove("\(Self.directory)/_temporary")
    #expect(try close(place, Self.second).exitCode == 0)
    #expect(try closedDates(place) == [Self.first, Self.second])
  }

  @Test("lacks the success marker until it is there", arguments: ["_SUCCESS", "DONE"])
  func dateClosesOnceTheMarkerIsThere(marker: String) throws {
    let place = try place()
    try place.export(Self.second, [TestDirectory.entry(2, on: Self.second)])
    let option = ["--success-marker", marker]
    try expectRefusal(place, ["no \(marker)"], option)
    try place.write("\(Self.directory)/\(marker)", "")
    #expect(try close(place, Self.second, option).exitCode == 0)
    #expect(try closedDates(place) == [Self.first, Self.second])
    #expect(try verify(place, option).exitCode == 0)
    // Without the setting, a file that is not hidden is unexpected.
    #expect(try verify(place, []).exitCode == (marker == "DONE" ? 2 : 0))
  }

  @Test("is a finished empty day once the marker alone is there")
  func markerAloneIsAnEmptyDay() throws {
    let place = try place()
    try place.write("\(Self.directory)/_temporary/0/x", "")
    try expectRefusal(place, ["no _SUCCESS"], Self.marker)
    try place.write("\(Self.directory)/_SUCCESS", "")
    try expectRefusal(place, ["set success_marker: _SUCCESS"])
    let outcome = try close(place, Self.second, Self.marker)
    #expect(outcome.exitCode == 0, "\(outcome.output)")
    #expect(try closedDates(place) == [Self.first, Self.second])
  }

  @Test("of a date that was closed before the marker came into use is compared")
  func closedDateWithoutMarkerIsCompared() throws {
    let place = try place()
    for outcome in [try close(place, Self.first, Self.marker), try reclose(place)] {
      #expect(outcome.exitCode == 0, "\(outcome.output)")
      #expect(outcome.output.contains("same input"), "\(outcome.output)")
    }
    #expect(try verify(place, Self.marker).exitCode == 0)
  }

  @Test("of a closed date that is exported again changes nothing until it is finished")
  func closedDateIsNotClosedAgainFromHalfAnExport() throws {
    let place = try place()
    let directory = TestDirectory.dateDirectory(Self.first)
    let changed = [TestDirectory.entry(1, on: Self.first, "7")]
    try place.remove("\(directory)/part-00000.ndjson")
    try place.write("\(directory)/_temporary/0/x", "")
    for outcome in [try close(place, Self.first, Self.marker), try reclose(place)] {
      #expect(outcome.exitCode == 0)
      #expect(outcome.output.contains("Its export is gone"), "\(outcome.output)")
    }
    let unverified = try verify(place, Self.marker)
    #expect(unverified.exitCode == 2)
    #expect(unverified.output.contains("unfinished_export"), "\(unverified.output)")
    try place.export(Self.first, changed)
    for outcome in [try close(place, Self.first, Self.marker), try reclose(place)] {
      #expect(
        outcome.output.split { $0.isWhitespace }.joined(separator: " ")
          .contains("Its files changed, but the export is not finished"),
        "\(outcome.output)")
    }
    #expect(try closedDates(place) == [Self.first])
    #expect(try verify(place, Self.marker).exitCode == 1)
    try place.write("\(directory)/_SUCCESS", "")
    #expect(try reclose(place).output.contains("was closed again"))
    #expect(try verify(place, Self.marker).exitCode == 0)
  }
}
