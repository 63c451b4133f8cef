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
      status show this. --month certifies every date of a month, or none if one of them cannot be \
      certified; a date that the same person has certified already is left as it is.
      """)

  @OptionGroup var options: JobOptions<ReportingScope>

  @Option(help: ArgumentHelp("The tenant.", valueName: "uuid"))
  var tenant: String

  @Option(help: ArgumentHelp("The closed date.", valueName: "date"))
  var date: String?

  @Option(help: ArgumentHelp("The month, instead of a date.", valueName: "YYYY-MM"))
  var month: String?

  @Option(help: ArgumentHelp("Who certifies it.", valueName: "name"))
  var by: String

  @Option(help: ArgumentHelp("A remark.", valueName: "text"))
  var note = ""

  @OptionGroup var lock: LockOptions

  func run() throws {
    try CommandFailure.reporting {
      let settings = try options.settings(tenants: [tenant], date: nil)
      let signoffs = try SignoffRun(
        settings: settings, clock: .system, try scope(), name: by, note: note
      ).run(waiting: lock.waiting)
      try Output.write(signoffs.map(text).joined())
    }
  }

  private func scope() throws(UsageError) -> SignoffRun.Scope {
    switch (date, month) {
    case (let date?, nil): .date(try BusinessDate(option: "--date", date))
    case (nil, let month?): .month(try CalendarMonth(option: "--month", month))
    default: throw UsageError("give either --date or --month.")
    }
  }

  private func text(_ signoff: SignoffResult) -> String {
    let header = signoff.header
    let already = signoff.isRepeated ? "already " : ""
    let line =
      "\(header.businessDate), close \(header.closeID), \(header.chainDigest): "
      + "\(already)certified by \(by)\n"
    // Of a month, what closes of its own dates restated is nothing that anybody reported.
    let last = CalendarMonth(of: header.businessDate).dates.upperBound
    let restatedBy = signoff.restatedBy.filter { month == nil || $0.businessDate > last }
    guard !restatedBy.isEmpty else { return line }
    let closes = restatedBy.map(\.description).joined(separator: ", ")
    return line
      + "restated since by \(closes): see the current balances with tieout balance --as-of "
      + "\(header.businessDate)\n"
  }
}
