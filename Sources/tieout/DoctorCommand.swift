import ArgumentParser
import CloseJob
import Operations

/// `tieout doctor`.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Checks the machine, the store and the job, and suggests remedies.",
    discussion: """
      Changes nothing and sends no notifications. Exits 0 if all is well, 1 if there are warnings, and \
      2 if a close would fail.
      """)

  @OptionGroup var options: JobOptions<ClosingScope>
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
