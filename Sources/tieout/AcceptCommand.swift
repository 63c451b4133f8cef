import ArgumentParser
import CloseJob
import JobConfiguration
import LedgerDomain

/// `tieout accept`.
struct AcceptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: "Records who decided that quarantined records stay out of the balances, and why.",
    discussion: """
      Without --code and --record, everything open of the date is accepted. The decision belongs to the \
      close: if the date is closed again, what is still quarantined is open again.
      """)

  @OptionGroup var options: JobOptions<ReportingScope>

  @Option(help: ArgumentHelp("The tenant.", valueName: "uuid"))
  var tenant: String

  @Option(help: ArgumentHelp("The closed date, or the first of several.", valueName: "date"))
  var date: String

  @Option(help: ArgumentHelp("The last date (default: --date).", valueName: "date"))
  var to: String?

  @Option(help: ArgumentHelp("Records quarantined with this code. May be repeated."))
  var code: [String] = []

  @Option(
    help: ArgumentHelp(
      "One record, as findings.csv names it. May be repeated.", valueName: "file:number"))
  var record: [String] = []

  @Option(help: ArgumentHelp("Who decides.", valueName: "name"))
  var by: String

  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var note: String

  @Flag(help: "Take back what was accepted: the records are open again.")
  var undo = false

  @Option(help: "The output format: text or json.")
  var format = SummaryFormat.text

  @Flag(help: "Short for --format json.")
  var json = false

  @OptionGroup var lock: LockOptions

  func run() throws {
    try CommandFailure.reporting {
      let settings = try options.settings(tenants: [tenant], date: nil)
      let first = try BusinessDate(option: "--date", date)
      let last = try to.map { try BusinessDate(option: "--to", $0) } ?? first
      guard first <= last else { throw UsageError("--to: \(last) is before \(first).") }
      guard first == last || record.isEmpty else {
        throw UsageError("--record: names a record of one date. Leave out --to.")
      }
      let results = try AcceptRun(
        settings: settings, clock: .system, dates: first...last, scopes: try scopes(),
        isUndo: undo, name: by, note: note
      ).run(waiting: lock.waiting)
      try Output.write(
        json || format == .json
          ? AcceptSummary.json(results, isUndo: undo, name: by, note: note)
          : AcceptSummary.text(results, isUndo: undo, name: by))
    }
  }

  private func scopes() throws(UsageError) -> [QuarantineAcceptance.Scope] {
    var scopes: [QuarantineAcceptance.Scope] = []
    for text in code {
      guard let code = FindingCode(rawValue: text), code.severity == .error else {
        let known = FindingCode.allCases.filter(\.needsAcceptance).map(\.rawValue)
        throw UsageError(
          "--code: '\(text)' is not a code of quarantined records: \(known.joined(separator: ", "))."
        )
      }
      scopes.append(.code(code))
    }
    for text in record {
      guard let colon = text.lastIndex(of: ":"), colon > text.startIndex,
        let number = Int(text[text.index(after: colon)...]), number > 0
      else {
        throw UsageError(
          "--record: '\(text)' is not a part and a record's number, such as part-00000.ndjson.gz:12."
        )
      }
      scopes.append(.record(RecordPlace(file: String(text[..<colon]), record: number)))
    }
    return scopes
  }
}
