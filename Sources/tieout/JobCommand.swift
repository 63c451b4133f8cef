import ArgumentParser
import CloseJob
import FoundationEssentials
import Operations

/// `tieout job`.
struct JobCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "job", abstract: "Validates job files.",
    subcommands: [JobCheckCommand.self, JobSchemaCommand.self])
}

/// `tieout job check`.
struct JobCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Validates a job file and says what a close would be told, and by whom.",
    discussion: """
      Flags and the environment count as they would for a close. Exits 0 if all is well, 1 if \
      somebody should look, 2 if something that the job names would stop a close, 64 if a key or a \
      value is wrong. Addresses of ping and webhook are shown without what may be secret in them.
      """)

  @Argument(help: "The job file.")
  var file: String

  @OptionGroup var options: JobOptions

  @Option(
    help: ArgumentHelp("A tenant to close; may be repeated (default: all).", valueName: "uuid"))
  var tenant: [String] = []

  @Option(help: ArgumentHelp("The last date to close (default: yesterday).", valueName: "date"))
  var date: String?

  @OptionGroup var log: LogOptions
  @OptionGroup var format: InspectionOptions

  func run() throws {
    try CommandFailure.reporting {
      var options = options
      options.job = file
      let (sources, problems) = options.sources(tenants: tenant, date: date, log: log)
      let outcome = JobCheck(
        sources: sources, problems: problems, environment: ProcessInfo.processInfo.environment
      ).run()
      try Output.write(format.isJSON ? outcome.json() : outcome.text())
      if outcome.exitCode != 0 { throw ExitCode(outcome.exitCode) }
    }
  }
}

/// `tieout job schema`.
struct JobSchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Writes the JSON schema of job files, for editors.")

  func run() throws { try Output.write(JobSchema.text()) }
}

/// How an inspection is written.
struct InspectionOptions: ParsableArguments {
  @Option(help: "text or json.")
  var format = SummaryFormat.text

  @Flag(help: "The same as --format json.")
  var json = false

  var isJSON: Bool { json || format == .json }
}
