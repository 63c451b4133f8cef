import Foundation
import Glibc
import Testing

@Suite("Progress log")
struct ProgressTests {
  private static let date = "2026-01-05"

  /// A place with a date that takes a moment.
  private func place(entries: Int = 400) throws -> TestDirectory {
    let place = try TestDirectory()
    for (index, date) in ["2026-01-04", Self.date].enumerated() {
      let numbers = (1...entries).map { index * entries + $0 }
      try place.export(
        date, numbers.map { TestDirectory.entry($0, on: date) }, part: "part-00000.ndjson.gz")
    }
    return place
  }

  private func close(_ more: [String]) -> [String] {
    ["close", "--exports", "exports", "--chart", "chart.csv", "--store", "books.sqlite"]
      + ["--date", Self.date] + more
  }

  private func controls(in text: String) -> [UInt32] {
    text.unicodeScalars.map(\.value).filter { ($0 < 0x20 && $0 != 0x0A) || (0x7F..<0xA0) ~= $0 }
  }

  @Test(
    "has plain log lines without control characters off a terminal",
    arguments: [
      [], ["--log-format", "text"], ["--log-format", "json"], ["--log-format", "journald"],
    ])
  func eventsAreLoggedOffTerminal(more: [String]) throws {
    let place = try place()
    // Names of files may hold anything.
    try place.write("exports/tenant_id=\u{1B}[31mred\u{7}/x", "")
    let outcome = try TieoutProcess(
      close(more), in: place, environment: ["TERM": "xterm-256color"]
    ).wait()
    #expect(outcome.exitCode == 2)
    #expect(controls(in: outcome.errors).isEmpty, "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count >= 5)
    #expect(outcome.errors.contains("2 dates of 1 tenant to close"))
    #expect(outcome.errors.contains("\(Self.date) closed as 2: 400 records, 0 quarantined"))
    #expect(outcome.errors.contains("red"))
  }

  @Test("as JSON has one object per line, with time, level and event")
  func jsonHasOneObjectPerLine() throws {
    let outcome = try TieoutProcess(close(["--log-format", "json"]), in: try place()).wait()
    let events = try outcome.errors.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    #expect(events.map { $0["event"] as? String } == ["planned", "closed", "closed", "finished"])
    #expect(events.allSatisfy { $0["level"] as? String == "info" })
    #expect(events.allSatisfy { ($0["time"] as? String)?.hasSuffix("Z") == true })
    #expect(events[1]["business_date"] as? String == "2026-01-04")
    #expect(events[3]["exit_code"] as? Int == 0)
    #expect(events[3]["records_read"] as? Int == 800)
  }

  @Test("for journald begins with a level: 6 for information, 4 for warnings, 3 for errors")
  func journaldLinesBeginWithLevel() throws {
    let place = try place()
    try place.export("2026-01-06", [TestDirectory.entry(1, on: "2026-01-06", debit: "9999")])
    let job = ["close", "--exports", "exports", "--chart", "chart.csv", "--store", "books.sqlite"]
    let outcome = try TieoutProcess(
      job + ["--date", "2026-01-07", "--log-format", "journald"], in: place
    ).wait()
    let levels = outcome.errors.split(separator: "\n").map { String($0.prefix(3)) }
    // Planned, two dates that tie out and the end; one with a record left out; one without export.
    #expect(levels.sorted() == ["<3>", "<4>", "<6>", "<6>", "<6>", "<6>"], "\(outcome.errors)")
  }

  @Test("uses the journald format if journald reads it")
  func journaldIsDetected() throws {
    let place = try place(entries: 2)
    // The stream is told by device and inode, so that a pipe inside of a unit is none.
    let script = """
      exec 2>"$0"; JOURNAL_STREAM=$(stat -L -c %d:%i /dev/stderr) exec "$@"
      """
    let launcher = ["/bin/sh", "-c", script, place.path("journal")]
    #expect(try TieoutProcess(close([]), in: place, launcher: launcher).wait().exitCode == 0)
    let journal = try place.text("journal").split(separator: "\n")
    #expect(journal.count == 4 && journal.allSatisfy { $0.hasPrefix("<6>") })
    let other = try TieoutProcess(
      close([]), in: place, environment: ["JOURNAL_STREAM": "1:2"]
    ).wait()
    #expect(!other.errors.contains("<6>"))
  }

  @Test("has only warnings with --quiet")
  func quietLogHasOnlyWarnings() throws {
    let place = try place()
    #expect(try TieoutProcess(close(["--quiet"]), in: place).wait().errors == "")
    try place.export("2026-01-06", [TestDirectory.entry(1, on: "2026-01-06", debit: "9999")])
    let outcome = try place.close(through: "2026-01-06", "--quiet")
    let lines = outcome.errors.split(separator: "\n")
    #expect(outcome.exitCode == 1 && lines.count == 1)
    #expect(lines.first?.contains("warning:") == true && outcome.errors.contains("1 quarantined"))
  }

  @Test("leaves standard output as it is", arguments: [[], ["--quiet"], ["--log-format", "json"]])
  func standardOutputIsUnchanged(more: [String]) throws {
    let outcome = try TieoutProcess(close(more), in: try place(entries: 3)).wait()
    #expect(
      outcome.output.hasPrefix("0f000000  2026-01-04 to 2026-01-05  2 dates closed, 6 records\n"))
    #expect(outcome.output.contains("\neverything ties out\nnext: "))
    #expect(controls(in: outcome.output).isEmpty)
  }

  @Test("reports the state on SIGUSR1, even with --quiet, without stopping the run")
  func stateIsLoggedOnSIGUSR1() throws {
    let place = try place(entries: 20_000)
    let run = try TieoutProcess(close(["--quiet", "--jobs", "1"]), in: place)
    while !place.exists("books.sqlite.lock") && run.isRunning { usleep(500) }
    // From before the signal is taken on it would end the process, as it does any.
    usleep(30_000)
    while run.isRunning {
      run.send(SIGUSR1)
      usleep(50_000)
    }
    let outcome = try run.wait()
    #expect(outcome.exitCode == 0)
    #expect(outcome.errors.contains(" of 2 dates closed, "), "\(outcome.errors)")
    #expect(outcome.errors.contains(" entries/s"))
    #expect(
      outcome.errors.contains("\(TestDirectory.tenant) 2026-01-04 reading"), "\(outcome.errors)")
  }
}
