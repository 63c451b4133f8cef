import ArgumentParser
import JobConfiguration
import Operations

/// `tieout init`.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Looks at an export tree and writes a job file and a chart for it.",
    discussion: """
      Lists tenants and dates, reads a sample of the records, and looks for bank statements and loan tapes \
      beside the exports. Writes job.yaml and chart.csv, says what a person must fill in, and never replaces \
      a file. However large the tree is, it reads a few hundred parts at most, and only their beginnings. \
      Exits with 1 if every record that it saw would be refused.
      """)

  @Argument(help: "The export tree, or a directory that has it as exports.")
  var dir: String

  @Option(help: ArgumentHelp("Where the files go.", valueName: "dir"))
  var out = "."

  func run() throws {
    try CommandFailure.reporting {
      let outcome = try JobInit(exports: dir, directory: out, clock: .system).run(Output.style)
      try Output.write(outcome.text)
      if outcome.exitCode != 0 { throw ExitCode(outcome.exitCode) }
    }
  }
}
