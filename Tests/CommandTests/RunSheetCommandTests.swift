import Foundation
import Testing

@Suite("What a run prints for people")
struct RunSheetCommandTests {
  private static let date = "2026-01-05"
  private static let close = [
    "close", "--exports", "exports", "--chart", "chart.csv", "--store", "books.sqlite", "--reports",
    "reports", "--date",
  ]

  private func place() throws -> TestDirectory {
    let place = try TestDirectory()
    for (index, tenant) in [TestDirectory.tenant, TestDirectory.otherTenant].enumerated() {
      try place.export(Self.date, [TestDirectory.entry(index, on: Self.date)], tenant: tenant)
    }
    try place.write(
      "names.csv",
      """
      tenant_id,tenant_name
      \(TestDirectory.tenant),Harbor Lending
      \(TestDirectory.otherTenant),東京ローン

      """)
    return place
  }

  private func run(
    _ place: TestDirectory, _ more: String..., date: String = RunSheetCommandTests.date,
    environment: [String: String] = [:]
  ) throws -> CommandOutcome {
    try TieoutProcess(Self.close + [date] + more, in: place, environment: environment).wait()
  }

  /// Columns as a terminal counts them; the texts here have no marks.
  private func width(_ line: Substring) -> Int {
    line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
  }

  @Test("names the tenants by tenant_names, and fits the width", arguments: [40, 80, 120])
  func summaryNamesTenants(columns: Int) throws {
    let place = try place()
    let outcome = try run(
      place, "--tenant-names", "names.csv", environment: ["COLUMNS": "\(columns)"])
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.contains("Harbor Len") && outcome.output.contains("東京ローン"))
    #expect(outcome.output.contains("  2026-01-05  closed, 1"))
    for line in outcome.output.split(separator: "\n") { #expect(width(line) <= columns, "\(line)") }
  }

  @Test("begins with a tenant refused and one that left records out", arguments: [80, 120])
  func troubleComesFirst(columns: Int) throws {
    let place = try place()
    let next = "2026-01-06"
    try place.export(next, [TestDirectory.entry(8, on: next, debit: "9999")])
    try place.write(
      "\(TestDirectory.dateDirectory(next, tenant: TestDirectory.otherTenant))/part-0.ndjson.gz",
      [0x1F, 0x8B, 8, 0, 0, 0])
    #expect(try run(place).exitCode == 0)
    let outcome = try run(
      place, "--tenant-names", "names.csv", date: next, environment: ["COLUMNS": "\(columns)"])
    #expect(outcome.exitCode == 2)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines[0].hasPrefix("tenant          date        what"))
    #expect(lines[1].hasPrefix("東京ローン      2026-01-06  not closed: truncated_gzip"))
    let left = lines.first { $0.hasPrefix("Harbor Lending  2026-01-06  1 quarantined") }
    #expect(left?.contains("5.00 USD") == true, "\(outcome.output)")
    #expect(outcome.output.contains("reports/\(TestDirectory.tenant)/\(next)\n"))
    #expect(outcome.output.contains("\nFAILED: dates that could not be closed are not published\n"))
    #expect(!outcome.output.contains("ties out"))
    for line in lines { #expect(width(line) <= columns, "\(line)") }
  }

  @Test("reports a date with quarantined records alike in summary, details, log and exit code")
  func quarantinedDateDoesNotTieOut() throws {
    let place = try place()
    try place.export(
      Self.date, (1...3).map { TestDirectory.entry($0 + 10, on: Self.date, debit: "9999") },
      part: "part-00001.ndjson")
    let outcome = try run(place, "--verbose", "--tenant", TestDirectory.tenant)
    #expect(outcome.exitCode == 1)
    #expect(!outcome.output.contains("ties out") && !outcome.errors.contains("ties out"))
    #expect(outcome.output.contains("4 records, 3 quarantined  QUARANTINED"))
    #expect(outcome.errors.contains("3 quarantined, no tie-out fails"))
  }

  @Test("has colours on a terminal, but not with NO_COLOR or TERM=dumb, nor in a pipe")
  func coloursOnATerminal() throws {
    let place = try place()
    #expect(try run(place).exitCode == 0)
    let command = "'\(TieoutProcess.binary.path)' \(Self.close.joined(separator: " ")) \(Self.date)"
    func shown(_ before: String, _ after: String = "") throws -> String {
      try place.write("session.sh", "stty cols 70 rows 24\n\(before) \(command) --quiet \(after)\n")
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
    let coloured = try shown("")
    #expect(coloured.contains("\u{1B}[32meverything ties out\u{1B}[0m"), "\(coloured)")
    for line in coloured.split(whereSeparator: \.isNewline) where !line.hasPrefix("Script ") {
      #expect(line.count <= 70 + 9, "\(line)")
    }
    for (before, after) in [("NO_COLOR=1", ""), ("TERM=dumb", ""), ("", "| cat")] {
      let plain = try shown(before, after)
      #expect(plain.contains("everything ties out") && !plain.contains("\u{1B}"), "\(before)")
    }
  }

  @Test("of tieout status fits 80 columns, has names, and every column with --wide")
  func statusFitsEightyColumns() throws {
    let place = try place()
    #expect(try run(place).exitCode == 0)
    let short = try place.tieout(
      "status", "--store", "books.sqlite", "--tenant-names", "names.csv")
    #expect(short.output.contains("東京ローン"))
    #expect(short.output.contains("2026-01-05      ties out   nobody\n"))
    for line in short.output.split(separator: "\n") { #expect(width(line) <= 80, "\(line)") }
    let wide = try place.tieout("status", "--store", "books.sqlite", "--wide")
    #expect(wide.output.hasPrefix("tenant_id ") && wide.output.contains("chain_digest"))
    #expect(wide.output.split(separator: "\n").count == 3)
  }
}
