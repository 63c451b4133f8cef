import Foundation
import Testing

/// A terminal for a command, by `script`.
private enum OwnTerminal {
  static func isPossible() -> Bool {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/script")
  }
}

@Suite("Progress on a terminal", .enabled(if: OwnTerminal.isPossible()))
struct LiveProgressTests {
  private func place(entries: Int) throws -> TestDirectory {
    let place = try TestDirectory()
    for (index, date) in ["2026-01-04", "2026-01-05", "2026-01-06"].enumerated() {
      let numbers = (1...entries).map { index * entries + $0 }
      try place.export(
        date, numbers.map { TestDirectory.entry($0, on: date) }, part: "part-00000.ndjson.gz")
    }
    return place
  }

  /// What the terminal got on standard error; the summary goes to a file.
  private func run(
    _ place: TestDirectory, columns: Int, _ more: String = "", before: String = ":",
    then: String = ""
  ) throws -> String {
    let close =
      "'\(TieoutProcess.binary.path)' close --exports exports --chart chart.csv --store books.sqlite "
      + "--date 2026-01-06 --jobs 2 \(more) >summary.txt \(then)"
    try place.write(
      "session.sh",
      """
      stty cols \(columns) rows 24
      \(before)
      \(close)
      echo "exit $?"

      """)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/script")
    process.arguments = ["-qefc", "sh session.sh", "typescript"]
    process.currentDirectoryURL = URL(fileURLWithPath: place.directory)
    process.environment = ["TERM": "xterm", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return try place.text("typescript")
  }

  /// What stands between the first and the last line of `script` itself.
  private func shown(_ typescript: String) -> String {
    typescript.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("Script ") }.joined(separator: "\n")
  }

  @Test(
    "has one line per running date and a total, never wider than the terminal",
    arguments: [60, 80, 120])
  func statusLinesFitTerminal(columns: Int) throws {
    let place = try place(entries: 12_000)
    let text = shown(try run(place, columns: columns))
    let screen = TerminalScreen(text)
    #expect(text.contains("reading") && text.contains("total  "), "\(text)")
    #expect(text.contains("/3 dates"))
    #expect(screen.widestLine < columns)
    #expect(screen.widestLine > columns - 25, "the width is used: \(screen.widestLine)")
    #expect(screen.unknown.isEmpty)
  }

  @Test("clears its lines and shows the cursor again")
  func statusLinesAreCleared() throws {
    let place = try place(entries: 12_000)
    let text = shown(try run(place, columns: 80))
    let screen = TerminalScreen(text)
    #expect(text.contains("\u{1B}[?25l"))
    #expect(screen.isCursorVisible)
    #expect(screen.text == ["exit 0"], "\(screen.text)")
    #expect(try place.text("summary.txt").contains("\neverything ties out\nnext: "))
  }

  @Test(
    "shows the cursor again when a signal ends the run", .timeLimit(.minutes(5)),
    arguments: ["INT", "TERM", "HUP"])
  func signalsClearStatusLines(signal: String) throws {
    let place = try place(entries: 3)
    // A shell without job control has background jobs ignore SIGINT, and so does Tieout then: it ends once it
    // has the lock. The others end it however long that takes.
    let end = signal == "INT" ? "sleep 0.3; flock -u 9; wait $!" : "wait $!"
    // A run that waits for the lock shows that it does, for as long as the test wants.
    let text = shown(
      try run(
        place, columns: 80, "--wait",
        before: "exec 9>books.sqlite.lock; flock 9",
        then: "9>&- & sleep 3; kill -\(signal) $!; \(end); echo \"end $?\"")
    )
    let screen = TerminalScreen(text)
    let code = ["INT": 0, "TERM": 143, "HUP": 129][signal] ?? 0
    #expect(screen.isCursorVisible)
    #expect(text.contains("\u{1B}[?25l"))
    #expect(screen.text.contains("end \(code)"), "\(screen.text)")
    #expect(!screen.text.contains { $0.hasPrefix("total") }, "\(screen.text)")
  }

  @Test("has no status lines with --quiet or a log format")
  func quietAndLogFormatDisableStatusLines() throws {
    let quiet = shown(try run(try place(entries: 2000), columns: 80, "--quiet"))
    #expect(TerminalScreen(quiet).text == ["exit 0"] && !quiet.contains("\u{1B}"))
    let log = shown(try run(try place(entries: 2000), columns: 80, "--log-format text"))
    #expect(log.contains("info: 3 dates of 1 tenant to close") && !log.contains("\u{1B}"))
  }
}
