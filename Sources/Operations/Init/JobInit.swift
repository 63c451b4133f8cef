import FileInput
import Glibc
public import JobConfiguration
import LedgerDomain
import SystemPackage

/// Looks at an export tree and writes a job file and a chart from what it sees.
///
///     let outcome = try JobInit(exports: "exports", directory: ".", clock: .system).run(style)
public struct JobInit {
  private let exports: String
  private let directory: String
  private let clock: RunClock

  /// - Parameters:
  ///   - exports: the export tree, or a directory that has it as `exports`.
  ///   - directory: where `job.yaml` and `chart.csv` go.
  public init(exports: String, directory: String, clock: RunClock) {
    self.exports = exports
    self.directory = directory
    self.clock = clock
  }

  /// What was seen and written.
  public struct Outcome: Sendable {
    /// What was seen, and what a person must fill in.
    public let text: String
    /// 1 if every record that was seen would be refused, otherwise 0.
    public let exitCode: Int32
  }

  /// Writes both files, or neither.
  ///
  /// - Throws: `UsageError` if there are no exports, or if one of the files exists; `Errno` if they cannot be
  ///   written.
  public func run(_ style: TerminalStyle) throws -> Outcome {
    let base = FilePath(directory == "." ? "" : directory)
    let (job, chart) = (base.appending("job.yaml"), base.appending("chart.csv"))
    for path in [job, chart] where (try? path.stat(followTargetSymlink: false)) != nil {
      throw UsageError(
        "\(HarmlessText.of(path.string)) exists already and stays as it is. Move it away, or give another "
          + "directory with --out.")
    }
    let survey = try ExportSurvey(of: exports)
    let parent = survey.root == exports ? "\(exports)/.." : exports
    let tapes = ["loan-tape", "loan_tape"].map { "\(parent)/\($0)" }.first {
      FilePath($0).isDirectory
    }
    let day = Int32(clamping: clock.now() / 86_400)
    let draft = JobDraft(
      survey: survey,
      statements: StatementSurvey(beside: parent, tenants: survey.tenants.map(\.tenant)),
      loanTape: tapes, directory: directory,
      yesterday: BusinessDate(dayNumber: day).advanced(by: -1))
    try Self.create(chart, draft.chart)
    do {
      try Self.create(job, draft.job)
    } catch {
      unlink(chart.string)
      throw error
    }
    let sheet = InitSheet(draft, job: job.string, chart: chart.string, style: style)
    return Outcome(text: sheet.text(), exitCode: sheet.isUseless ? 1 : 0)
  }

  /// Creates a file, and never replaces one.
  private static func create(_ path: FilePath, _ text: String) throws {
    do {
      let file = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .exclusiveCreate],
        permissions: [
          .ownerReadWrite, .groupRead, .otherRead,
        ])
      _ = try file.closeAfter { try file.writeAll(text.utf8) }
    } catch let error as Errno {
      throw UsageError(
        "\(HarmlessText.of(path.string)) cannot be written: \(error). Check the directory, or give another with "
          + "--out.")
    }
  }
}
