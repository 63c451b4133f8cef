import ArgumentParser
import CloseJob
import DemoLedger
import JobConfiguration
import LedgerDomain

/// `tieout demo`.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract:
      "Writes a reproducible export tree with a few breaks to follow, and a job file for it.",
    discussion: """
      Most dates tie out; a few have one break each, whose cause can be found. docs/tutorial.md follows them. \
      The same options give the same files.
      """)

  @Option(help: ArgumentHelp("The directory to write to.", valueName: "dir"))
  var out: String

  @Option(help: "The seed of all random choices.")
  var seed: UInt64 = 1

  @Option(help: "Number of tenants.")
  var tenants = 3

  @Option(help: "Number of dates.")
  var dates = 10

  @Option(help: ArgumentHelp("The first date.", valueName: "date"))
  var firstDate = "2026-01-01"

  @Option(help: "Entries per tenant and date.")
  var entries = 400

  @Option(help: "Parts per tenant and date.")
  var parts = 2

  @Flag(help: "Plant every kind of finding and break, on every date, for tests of other programs.")
  var allDefects = false

  @Flag(help: "Plant nothing: every date ties out.")
  var noDefects = false

  @Flag(inversion: .prefixedNo, help: "Write opening balances.")
  var opening = true

  @Flag(inversion: .prefixedNo, help: "Write manifests.")
  var manifests = true

  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Write bank statements and loan tapes (default: with at most 5,000 entries per date and "
        + "100,000 in total)."))
  var statements: Bool?

  @Flag(help: "Write plain NDJSON instead of gzip.")
  var plain = false

  @Option(help: "The gzip level, 0 to 9.")
  var compression = 6

  func run() throws {
    try CommandFailure.reporting {
      var options = DemoOptions()
      options.seed = seed
      options.tenants = tenants
      options.dates = dates
      options.entriesPerDate = entries
      options.partsPerDate = parts
      guard !(allDefects && noDefects) else {
        throw UsageError("--all-defects and --no-defects contradict each other. Give one.")
      }
      options.plantsDefects = allDefects
      options.tellsStory = !allDefects && !noDefects
      options.opensWithBalances = opening
      options.writesManifests = manifests
      options.writesStatements = statements
      options.isCompressed = !plain
      options.compressionLevel = compression
      guard let date = BusinessDate(firstDate) else {
        throw UsageError("--first-date: '\(firstDate)' is not a calendar date YYYY-MM-DD.")
      }
      options.firstDate = date
      let summary = try DemoLedger(options).write(to: out)
      try Output.write(Self.text(summary))
    }
  }

  private static func text(_ summary: DemoSummary) -> String {
    var text = """
      \(summary.tenants.count.counted("tenant")), \(summary.firstDate) to \(summary.lastDate): \
      \(summary.entries.counted("entry", "entries")), \(summary.lines.counted("line"))

      """
    if summary.scenes.isEmpty {
      text += "\(summary.planted.counted("finding")) planted\n"
      text += "findings  \(summary.plantedFile)\(breaks(summary))\n"
    } else {
      text += "\nEvery date ties out but these:\n"
      for scene in summary.scenes {
        text += "  \(scene.tenantName), \(scene.date)\n    \(scene.summary)\n"
      }
      text += "\n"
    }
    return text + "next: tieout close --job \(summary.jobFile)\n"
  }

  /// The line naming the list of planted bank and loan breaks, if statements are written.
  private static func breaks(_ summary: DemoSummary) -> String {
    guard let file = summary.plantedBreaksFile else { return "" }
    return "\nbreaks    \(file): \(summary.plantedBreaks) planted"
  }
}
