import Testing

@Suite("A usage error exits with 64")
struct UsageTests {
  /// Arguments that are rejected, and words that the message must contain.
  struct Mistake: Sendable, CustomStringConvertible {
    let arguments: [String]
    var environment: [String: String] = [:]
    let words: [String]

    var description: String { arguments.joined(separator: " ") + " \(environment)" }
  }

  private static let inputs = ["--exports", "exports", "--chart", "chart.csv"]
  private static let close = ["close"] + inputs + ["--store", "books.sqlite"]

  static let mistakes = [
    Mistake(arguments: close + ["--storage", "x"], words: ["--storage"]),
    Mistake(arguments: ["shut"], words: ["shut"]),
    Mistake(arguments: close + ["--date", "2026-02-29"], words: ["--date", "2026-02-29"]),
    Mistake(arguments: close + ["--date", "05.01.2026"], words: ["--date", "YYYY-MM-DD"]),
    Mistake(arguments: close + ["--tenant", "acme"], words: ["--tenant", "acme"]),
    Mistake(arguments: close + ["--jobs", "0"], words: ["--jobs", "256"]),
    Mistake(arguments: close + ["--time-zone", "Mars/Base"], words: ["--time-zone", "IANA"]),
    Mistake(arguments: close + ["--missing-dates", "skip"], words: ["--missing-dates", "empty"]),
    Mistake(arguments: close + ["--max-quarantined-percent", "101"], words: ["100"]),
    Mistake(arguments: close + ["--format", "xml"], words: ["xml"]),
    Mistake(arguments: ["close"] + inputs, words: ["--store", "--job"]),
    Mistake(
      arguments: close + ["--missing-dates", "empty", "--date", "9999-01-01"], words: ["future"]),
    Mistake(arguments: ["close", "--exports", "exports", "--store", "b"], words: ["--chart"]),
    Mistake(arguments: ["close", "--chart", "chart.csv", "--store", "b"], words: ["--exports"]),
    Mistake(arguments: ["close", "--job", "absent.yaml"], words: ["absent.yaml"]),
    Mistake(arguments: ["balance", "--tenant", TestDirectory.tenant], words: ["--store"]),
    Mistake(arguments: ["balance", "--store", "b"], words: ["--tenant"]),
    Mistake(arguments: ["status"], words: ["--store"]),
    Mistake(
      arguments: close, environment: ["TIEOUT_FINDINGS_LIMIT": "many"],
      words: ["TIEOUT_FINDINGS_LIMIT", "many"]),
    Mistake(
      arguments: close, environment: ["TIEOUT_LOCKED_THROUGH": "yesterday"],
      words: ["TIEOUT_LOCKED_THROUGH"]),
    Mistake(
      arguments: close, environment: ["TIEOUT_REQUIRE_MANIFEST": "maybe"],
      words: ["TIEOUT_REQUIRE_MANIFEST"]),
    Mistake(arguments: close, environment: ["TIEOUT_OPENING": ""], words: ["TIEOUT_OPENING"]),
  ]

  @Test("and names the wrong option or variable", arguments: mistakes)
  func wrongArgumentsAreRejected(mistake: Mistake) throws {
    let place = try TestDirectory()
    let outcome = try TieoutProcess(
      mistake.arguments, in: place, environment: mistake.environment
    ).wait()
    #expect(outcome.exitCode == 64)
    #expect(outcome.output == "")
    for word in mistake.words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
    #expect(!place.exists("books.sqlite"))
  }

  /// Job files that are rejected, and words that the message must contain.
  static let jobFiles = [
    ("exports: a\nchart: b\nstores: c\n", ["job.yaml line 3", "'stores'", "'store'"]),
    ("exports: a\n\nlocked_thru: 2026-01-01\n", ["job.yaml line 3", "'locked_through'"]),
    ("exports: a\nexports: b\n", ["job.yaml", "'exports' is given twice"]),
    ("exports: [a\n", ["job.yaml", "YAML"]),
    ("- exports\n", ["job.yaml", "keys and values"]),
    ("chart: {a: b}\n", ["job.yaml line 1", "chart"]),
    ("date: 2026-13-01\n", ["job.yaml line 1", "2026-13-01"]),
    ("# the nightly job\nmissing_dates: maybe\n", ["job.yaml line 2", "maybe"]),
    ("zzzzzzzzzzzz: 1\n", ["job.yaml line 1", "zzzzzzzzzzzz", "exports"]),
  ]

  @Test("and names the line of the job file and the closest setting", arguments: jobFiles)
  func wrongJobFileIsRejected(text: String, words: [String]) throws {
    let place = try TestDirectory()
    try place.write("job.yaml", text)
    let outcome = try place.tieout("close", "--job", "job.yaml")
    #expect(outcome.exitCode == 64)
    for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
  }

  @Test("but help and version exit with 0")
  func helpAndVersionExitWithZero() throws {
    let place = try TestDirectory()
    for arguments in [["--help"], ["--version"], ["close", "--help"], ["help", "balance"]] {
      let outcome = try TieoutProcess(arguments, in: place).wait()
      #expect(outcome.exitCode == 0)
      #expect(!outcome.output.isEmpty)
    }
  }
}
