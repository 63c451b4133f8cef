import ArgumentParser
import CloseJob
import Operations

/// `tieout doctor`.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Examines the machine, the store and the job, and says what to do.",
    discussion: """
      Nothing is changed, and nobody is told. Exits 0 if all is well, 1 if somebody should look, 2 if \
      something would stop a close.
      """)

  @OptionGroup var options: JobOptions
  @OptionGroup var format: InspectionOptions

  func run() throws {
    try CommandFailure.reporting {
      let (sources, problems) = options.sources(tenants: [], date: nil)
      let inspection = Doctor(
        sources: sources, problems: problems, hasJob: options.jobPath != nil
      ).examine()
      try Output.write(format.isJSON ? inspection.json() : inspection.text())
      if inspection.exitCode != 0 { throw ExitCode(inspection.exitCode) }
    }
  }
}
