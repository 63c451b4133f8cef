import Foundation
import Glibc
import Testing

@Suite("tieout init")
struct InitCommandTests {
  private static let date = "2026-01-05"

  /// A tree with entries on two dates, and no chart.
  private func place() throws -> TestDirectory {
    let place = try TestDirectory()
    try place.remove("chart.csv")
    for (index, date) in [Self.date, "2026-01-06"].enumerated() {
      try place.export(
        date, (1...3).map { TestDirectory.entry(index * 10 + $0, on: date) },
        part: "part-00000.ndjson.gz")
    }
    return place
  }

  @Test("writes a job that closes the tree, and says what to fill in")
  func treeIsClosed() throws {
    let place = try place()
    let outcome = try place.tieout("init", "exports")
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    for words in [
      "exports: 1 tenant, 2026-01-05 to 2026-01-06", "6 entries, 2 accounts, USD",
      "no manifests", "wrote job.yaml and chart.csv", "opening: balances at the end of 2026-01-04",
      "UTC fits every entry", "next: tieout job check job.yaml",
    ] { #expect(outcome.output.contains(words), "\(words): \(outcome.output)") }
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(
      try place.text("chart.csv")
        == "account_code,account_name,normal_side\n1000,FILL IN 1000,DR\n3000,FILL IN 3000,CR\n")
    #expect(try place.text("job.yaml").split(separator: "\n").count < 25)
    #expect(try place.tieout("job", "check", "job.yaml").exitCode < 2)
    let close = try place.tieout("close", "--job", "job.yaml")
    #expect(close.exitCode == 0, "\(close.output)")
    #expect(try place.store().closes().count == 2)
  }

  @Test("finds the accounts, currencies, banks and tapes of the demo ledger")
  func demoLedgerIsUnderstood() throws {
    let place = try TestDirectory()
    _ = try place.tieout(
      "demo", "--out", "ledger", "--no-defects", "--no-opening", "--tenants", "2", "--dates", "3",
      "--entries", "60")
    let outcome = try place.tieout("init", "ledger", "--out", "ledger/own")
    #expect(outcome.exitCode == 64, "the directory must exist")
    try FileManager.default.createDirectory(
      atPath: place.path("ledger/own"), withIntermediateDirectories: true)
    let second = try place.tieout("init", "ledger", "--out", "ledger/own")
    #expect(second.exitCode == 0, "\(second.errors)")
    #expect(second.output.contains("manifests on every date"))
    #expect(second.output.contains("loan tapes"))
    let job = try place.text("ledger/own/job.yaml")
    for line in [
      "exports: \"?/.*/ledger/exports\"?\n", "date: 2026-01-03\n", "#   - ref: OPERATING-USD\n",
      "#     number: DE89370400440532013000\n", "# loan_tape: ", "files need settings of their own",
    ] { #expect(job.firstMatch(of: try Regex(line)) != nil, "\(line) in \(job)") }
    let close = try place.tieout("close", "--job", "ledger/own/job.yaml")
    #expect(close.exitCode == 0, "every account is in the chart: \(close.output)")
  }

  @Test("never replaces a file, and writes nothing if it cannot write both")
  func nothingIsReplaced() throws {
    for name in ["job.yaml", "chart.csv"] {
      for isLink in [false, true] {
        let place = try place()
        if isLink {
          symlink("/nonexistent/target", place.path(name))
        } else {
          try place.write(name, "mine")
        }
        let outcome = try place.tieout("init", "exports")
        #expect(outcome.exitCode == 64)
        #expect(outcome.errors.contains("\(name) exists already and stays as it is"))
        if !isLink { #expect(try place.text(name) == "mine") }
        #expect(!place.exists(name == "job.yaml" ? "chart.csv" : "job.yaml"))
      }
    }
  }

  @Test(
    "refuses what holds no exports",
    arguments: [
      "nothing", "empty", "file", "exports/tenant_id=0f000000-0000-4000-8000-00000000000a",
    ])
  func otherDirectoriesAreRefused(name: String) throws {
    let place = try place()
    try place.write("empty/.keep", "")
    try place.write("file", "x")
    let outcome = try place.tieout("init", name)
    #expect(outcome.exitCode == 64)
    #expect(outcome.errors.contains("tenant_id=<uuid>/date=<YYYY-MM-DD>/part-00000.ndjson.gz"))
    #expect(!place.exists("job.yaml"))
  }

  @Test("looks at hostile and broken trees without end or harm")
  func hostileTreesAreSurvived() throws {
    let place = try place()
    let directory = TestDirectory.dateDirectory(Self.date, tenant: TestDirectory.otherTenant)
    // Each in a date of its own: cut off, UTF-16, no text, empty, a bomb, a pipe, a loop, a huge file.
    func part(_ day: Int) -> String {
      TestDirectory.dateDirectory("2026-01-1\(day)", tenant: TestDirectory.otherTenant)
        + "/part-00000.ndjson.gz"
    }
    try place.write(part(0), Array(try Gzip.member(Array(repeating: 0x7B, count: 999)).dropLast(9)))
    try place.write(part(1), [0xFF, 0xFE, 0x7B, 0])
    try place.write(part(2), Array(0...255))
    try place.write(part(3), [UInt8]())
    try place.write(part(4), try Gzip.member([UInt8](repeating: 0x20, count: 64 << 20)))
    try place.write("\(directory)/x\u{1B}[2J\u{202E}.txt", "?")
    try place.write(part(5) + ".keep/x", "")
    try place.write(part(6) + ".d/.keep", "")
    mkfifo(place.path(part(6).replacing("part-00000.ndjson.gz", with: "part.ndjson")), 0o600)
    try place.write(part(7), "")
    truncate(place.path(part(7)), 3 << 30)
    try place.write("statements/tenant_id=\(TestDirectory.tenant)/\u{1B}]0;x\u{7}.xml", "<x")
    symlink(".", place.path("statements/tenant_id=\(TestDirectory.tenant)/loop"))
    let outcome = try place.tieout("init", ".")
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(!outcome.output.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E })
    for code in [
      "truncated_gzip", "unsupported_encoding", "corrupt_gzip", "not_a_file", "unexpected_file",
    ] {
      #expect(outcome.output.contains(code), "\(code): \(outcome.output)")
    }
    #expect(outcome.output.contains("6 entries, 2 accounts"))
    #expect(!(try place.text("job.yaml")).contains("\u{1B}"))
  }

  @Test("notices a marker, days without a directory, another time zone, and bad records")
  func conventionsAreNoticed() throws {
    let place = try TestDirectory()
    try place.remove("chart.csv")
    for date in ["2026-01-05", "2026-01-08"] {
      let late = TestDirectory.entry(1, on: date).replacing("T12:00:00Z", with: "T01:00:00+09:00")
      try place.export(date, [late, "no JSON"])
      try place.write("\(TestDirectory.dateDirectory(date))/_SUCCESS", "")
    }
    let outcome = try place.tieout("init", "exports")
    #expect(outcome.output.contains("missing_dates: 2 dates have no directory"))
    #expect(outcome.output.contains("it is probably another zone"))
    #expect(outcome.output.contains("malformed_json: 2 records would be quarantined, the first"))
    let job = try place.text("job.yaml")
    #expect(job.contains("\nsuccess_marker: _SUCCESS\n") && job.contains("# missing_dates: empty"))
  }

  @Test("tells each kind of refusal, unknown currencies and accounts that are used once")
  func mistakesOfTheExporterAreTold() throws {
    let place = try TestDirectory()
    try place.remove("chart.csv")
    let good = (1...101).map { TestDirectory.entry($0, on: "2026-01-05") }
    let rare = TestDirectory.entry(102, on: "2026-01-05").replacing("\"1000\"", with: "\"1999\"")
    let foreign = TestDirectory.entry(103, on: "2026-01-05").replacing("USD", with: "EUX")
    let refused = (104...106).map {
      TestDirectory.entry($0, on: "2026-01-05").replacing("manual_adjustment", with: "payment")
    }
    try place.export("2026-01-05", good + [rare, foreign] + refused)
    let outcome = try place.tieout("init", "exports")
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let text = outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("invalid_field event_type: 3 records would be quarantined"), "\(text)")
    #expect(text.contains("found \"payment\"") && text.contains("payment_allocated"), "\(text)")
    #expect(text.contains("EUX is not in ISO 4217"), "\(text)")
    #expect(text.contains("account 1999 has a single line, in tenant_id="), "\(text)")
  }

  @Test("of exports whose records are all refused says so, and exits with 1")
  func uselessExportsAreNoSuccess() throws {
    let place = try TestDirectory()
    try place.remove("chart.csv")
    try place.export("2026-01-05", ["{\"id\":1}", "{\"id\":2}"])
    let outcome = try place.tieout("init", "exports")
    #expect(outcome.exitCode == 1)
    #expect(outcome.output.contains("docs/export-format.md"), "\(outcome.output)")
    #expect(!outcome.output.contains("then tieout close"))
  }

  @Test("leaves placeholders that tieout job check warns of")
  func placeholdersAreWarnedOf() throws {
    let place = try place()
    #expect(try place.tieout("init", "exports").exitCode == 0)
    let check = try place.tieout("job", "check", "job.yaml")
    #expect(check.exitCode == 1)
    #expect(check.output.contains("still called FILL IN, the first"), "\(check.output)")
    let chart = try place.text("chart.csv").replacing("FILL IN ", with: "Account ")
    try place.write("chart.csv", chart)
    let again = try place.tieout("job", "check", "job.yaml")
    #expect(!again.output.contains("FILL IN"), "\(again.output)")
  }

  @Test("names paths so that the job finds them, whatever they contain")
  func pathsAreQuoted() throws {
    let place = try place()
    let strange = "a \"b\" #: 'é\\東\u{7}"
    try FileManager.default.moveItem(atPath: place.path("exports"), toPath: place.path(strange))
    let outcome = try place.tieout("init", strange)
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(try place.tieout("close", "--job", "job.yaml").exitCode == 0)
  }
}
