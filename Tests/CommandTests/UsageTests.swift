import Testing

@Suite("Usage that is wrong ends with 64")
struct UsageTests {
  /// Arguments that are refused, and what the message must say.
  struct Mistake: Sendable, CustomStringConvertible {
    let arguments: [String]
    var environment: [String: String] = [:]
    let says: [String]

    var description: String { arguments.joined(separator: " ") + " \(environment)" }
  }

  private static let inputs = ["--exports", "exports", "--chart", "chart.csv"]
  private static let close = ["close"] + inputs + ["--store", "books.sqlite"]

  static let mistakes = [
    Mistake(arguments: close + ["--storage", "x"], says: ["--storage"]),
    Mistake(arguments: ["shut"], says: ["shut"]),
    Mistake(arguments: close + ["--date", "2026-02-29"], says: ["--date", "2026-02-29"]),
    Mistake(arguments: close + ["--date", "05.01.2026"], says: ["--date", "YYYY-MM-DD"]),
    Mistake(arguments: close + ["--tenant", "acme"], says: ["--tenant", "acme"]),
    Mistake(arguments: close + ["--jobs", "0"], says: ["--jobs", "256"]),
    Mistake(arguments: close + ["--time-zone", "Mars/Base"], says: ["--time-zone", "IANA"]),
    Mistake(arguments: close + ["--missing-dates", "skip"], says: ["--missing-dates", "empty"]),
    Mistake(arguments: close + ["--max-quarantined-percent", "101"], says: ["100"]),
    Mistake(arguments: close + ["--format", "xml"], says: ["xml"]),
    Mistake(arguments: ["close"] + inputs, says: ["--store", "--job"]),
    Mistake(
      arguments: close + ["--missing-dates", "empty", "--date", "9999-01-01"], says: ["future"]),
    Mistake(arguments: ["close", "--exports", "exports", "--store", "b"], says: ["--chart"]),
    Mistake(arguments: ["close", "--chart", "chart.csv", "--store", "b"], says: ["--exports"]),
    Mistake(arguments: ["close", "--job", "absent.yaml"], says: ["absent.yaml"]),
    Mistake(arguments: ["balance", "--tenant", TestDirectory.tenant], says: ["--store"]),
    Mistake(arguments: ["balance", "--store", "b"], says: ["--tenant"]),
    Mistake(arguments: ["status"], says: ["--store"]),
    Mistake(
      arguments: close, environment: ["TIEOUT_FINDINGS_LIMIT": "many"],
      says: ["TIEOUT_FINDINGS_LIMIT", "many"]),
    Mistake(
      arguments: close, environment: ["TIEOUT_LOCKED_THROUGH": "yesterday"],
      says: ["TIEOUT_LOCKED_THROUGH"]),
    Mistake(
      arguments: close, environment: ["TIEOUT_REQUIRE_MANIFEST": "maybe"],
      says: ["TIEOUT_REQUIRE_MANIFEST"]),
    Mistake(arguments: close, environment: ["TIEOUT_OPENING": ""], says: ["TIEOUT_OPENING"]),
  ]

  @Test("and says what was wrong, and where", arguments: mistakes)
  func isRefused(mistake: Mistake) throws {
    let place = try TestDirectory()
    let outcome = try TieoutProcess(
      mistake.arguments, in: place, environment: mistake.environment
    ).wait()
    #expect(outcome.exitCode == 64)
    #expect(outcome.output == "")
    for word in mistake.says { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
    #expect(!place.exists("books.sqlite"))
  }

  /// A job file that is refused, and what the message must say.
  static let jobFiles = [
    ("exports: a\nchart: b\nstores: c\n", ["job.yaml line 3", "'stores'", "'store'"]),
    ("exports: a\n\nlocked_thru: 2026-01-01\n", ["job.yaml line 3", "'locked_through'"]),
    ("exports: a\nexports: b\n", ["job.yaml", "'exports' stands more than once"]),
    ("exports: [a\n", ["job.yaml", "YAML"]),
    ("- exports\n", ["job.yaml", "keys and values"]),
    ("chart: {a: b}\n", ["job.yaml line 1", "chart"]),
    ("date: 2026-13-01\n", ["job.yaml line 1", "2026-13-01"]),
    ("# the nightly job\nmissing_dates: maybe\n", ["job.yaml line 2", "maybe"]),
    ("zzzzzzzzzzzz: 1\n", ["job.yaml line 1", "zzzzzzzzzzzz", "exports"]),
  ]

  @Test("also in the job file, with its line and what was probably meant", arguments: jobFiles)
  func jobFileIsRefused(text: String, says: [String]) throws {
    let place = try TestDirectory()
    try place.write("job.yaml", text)
    let outcome = try place.tieout("close", "--job", "job.yaml")
    #expect(outcome.exitCode == 64)
    for word in says { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
  }

  @Test("but help and version do not")
  func helpIsNoMistake() throws {
    let place = try TestDirectory()
    for arguments in [["--help"], ["--version"], ["close", "--help"], ["help", "balance"]] {
      let outcome = try TieoutProcess(arguments, in: place).wait()
      #expect(outcome.exitCode == 0)
      #expect(!outcome.output.isEmpty)
    }
  }
}
