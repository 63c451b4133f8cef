import ArgumentParser
import CloseJob
import FoundationEssentials
import JobConfiguration
import Operations

/// `tieout job`.
struct JobCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "job", abstract: "Validates job files.",
    subcommands: [JobCheckCommand.self, JobSchemaCommand.self, JobSettingsCommand.self])
}

/// `tieout job check`.
struct JobCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Validates a job file and prints the settings that apply, with their sources.",
    discussion: """
      Options and environment variables apply as they would to a close. The csv_… settings of bank \
      accounts are tried on a statement; its first rows are shown as they are understood, with what is \
      not. Exits 0 if all is well, 1 if \
      there are warnings, 2 if a file or directory that the job names would make a close fail, and 64 \
      if a key or a value is invalid. Only the host of ping and webhook URLs is shown; the rest may be \
      secret.
      """)

  @Argument(help: "The job file.")
  var file: String

  @OptionGroup var options: JobOptions<ClosingScope>

  @Option(
    help: ArgumentHelp("A tenant to close (default: all). May be repeated.", valueName: "uuid"))
  var tenant: [String] = []

  @Option(help: ArgumentHelp("The last date to close (default: yesterday).", valueName: "date"))
  var date: String?

  @Option(
    help: ArgumentHelp(
      "A bank's CSV statement on which to try the csv_… settings (default: the newest that fits).",
      valueName: "file"))
  var statement: String?

  @OptionGroup var log: LogOptions
  @OptionGroup var format: InspectionOptions

  func run() throws {
    try CommandFailure.reporting {
      var options = options
      options.job = file
      let (sources, problems) = options.sources(tenants: tenant, date: date, log: log)
      let outcome = JobCheck(
        sources: sources, problems: problems, environment: ProcessInfo.processInfo.environment,
        statement: statement
      ).run()
      try Output.write(format.isJSON ? outcome.json() : outcome.text())
      if outcome.exitCode != 0 { throw ExitCode(outcome.exitCode) }
    }
  }
}

/// `tieout job schema`.
struct JobSchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Prints the JSON schema of job files, for editors.")

  func run() throws { try Output.write(JobSchema.text()) }
}

/// `tieout job settings`.
struct JobSettingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings", abstract: "Prints the reference of all settings as Markdown.")

  func run() throws { try Output.write(SettingsReference.text()) }
}

/// How an inspection is printed.
struct InspectionOptions: ParsableArguments {
  @Option(help: "The output format: text or json.")
  var format = SummaryFormat.text

  @Flag(help: "Short for --format json.")
  var json = false

  var isJSON: Bool { json || format == .json }
}
