import ArgumentParser
import CloseJob
import JobConfiguration
import LedgerDomain

/// `tieout signoff`.
struct SignoffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "signoff",
    abstract: "Records who certified a close, identified by its digest.",
    discussion: """
      A later close that restates or recloses the date withdraws the certification; reports and tieout \
      status show this.
      """)

  @OptionGroup var options: JobOptions<ReportingScope>

  @Option(help: ArgumentHelp("The tenant.", valueName: "uuid"))
  var tenant: String

  @Option(help: ArgumentHelp("The closed date.", valueName: "date"))
  var date: String

  @Option(help: ArgumentHelp("Who certifies it.", valueName: "name"))
  var by: String

  @Option(help: ArgumentHelp("A remark.", valueName: "text"))
  var note = ""

  @OptionGroup var lock: LockOptions

  func run() throws {
    try CommandFailure.reporting {
      let settings = try options.settings(tenants: [tenant], date: nil)
      let signature = try SignoffRun(
        settings: settings, clock: .system, date: try BusinessDate(option: "--date", date),
        name: by,
        note: note
      ).run(waiting: lock.waiting)
      let header = signature.header
      try Output.write(
        "\(header.businessDate), close \(header.closeID), \(header.chainDigest): certified by \(by)\n"
      )
      guard !signature.restatedBy.isEmpty else { return }
      let closes = signature.restatedBy.map(\.description).joined(separator: ", ")
      try Output.write(
        "restated since by \(closes): see the current balances with tieout balance --as-of \(header.businessDate)\n"
      )
    }
  }
}
