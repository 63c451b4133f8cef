import ArgumentParser
import JobConfiguration
import LedgerDomain
import Operations
import StatementReading

/// `tieout statement`.
struct StatementCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statement",
    abstract: "Prints bank statements as they are understood.",
    discussion: """
      The format is told by content: camt.053, camt.052, camt.054, MT940, MT942, BAI2, OFX, also as gzip \
      or zip. CSV needs a job file with csv_… settings. Prints each statement's account, balances, \
      entries and references, whether its entries lead from opening to closing, and what was not \
      understood. Reads and changes no books. Exits 0 if all of it was understood, 1 if a statement is \
      unusable or does not prove itself, and 2 if a file cannot be read.
      """)

  @Argument(help: "The files.")
  var file: [String]

  @OptionGroup var options: JobOptions<StatementScope>

  @Option(
    help: ArgumentHelp(
      "Read CSV by the settings of this bank account of the job (default: the one that fits).",
      valueName: "ref"))
  var account: String?

  @OptionGroup var format: InspectionOptions

  func run() throws {
    try CommandFailure.reporting {
      let mappings = try mappings(options.settings(tenants: [], date: nil))
      var files: [StatementFile] = []
      var isUnreadable = false
      for path in file {
        do {
          files += try StatementReader.read(
            at: path, name: path, mappings: mappings, date: folderDate(path))
        } catch {
          Output.complain(HarmlessText.of("\(error)"))
          isUnreadable = true
        }
      }
      let inspection = StatementInspection(files: files)
      try Output.write(format.isJSON ? inspection.json() : inspection.text())
      let exitCode = isUnreadable ? 2 : inspection.exitCode
      if exitCode != 0 { throw ExitCode(exitCode) }
    }
  }

  /// The date of the innermost folder `date=YYYY-MM-DD`: that of a table without entries.
  private func folderDate(_ path: String) -> BusinessDate? {
    path.split(separator: "/").last { $0.hasPrefix("date=") }
      .flatMap { BusinessDate($0.dropFirst("date=".count)) }
  }

  private func mappings(_ settings: JobSettings) throws -> [NamedMapping] {
    let accounts = settings.bankAccounts
    if let account, !accounts.contains(where: { $0.account.reference == account }) {
      let known = accounts.map(\.account.reference).joined(separator: ", ")
      throw UsageError(
        "--account: the job has no bank account '\(account)'"
          + (known.isEmpty ? ". Give a job file with --job." : "; it has \(known)."))
    }
    let mapped = accounts.filter { setting in
      account.map { $0 == setting.account.reference } ?? !setting.csv.isEmpty
    }
    return try mapped.map {
      NamedMapping(reference: $0.account.reference, mapping: try $0.csvMapping())
    }
  }
}
