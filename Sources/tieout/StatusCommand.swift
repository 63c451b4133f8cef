import ArgumentParser
import CloseJob
import FoundationEssentials
import JobConfiguration
import LedgerDomain
import Operations
import Reports
import SnapshotStore

/// `tieout status`.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Prints how far each tenant's books are closed.",
    discussion: """
      Prints a line for each tenant, and below it what is open. --wide, csv and json have every column.
      """)

  @OptionGroup var options: JobOptions<StoreScope>

  @Option(help: ArgumentHelp("A tenant (default: all). May be repeated.", valueName: "uuid"))
  var tenant: [String] = []

  @Option(help: "The output format: table, csv or json.")
  var format = TableFormat.table

  @Flag(help: "Print every column, however wide the table becomes.")
  var wide = false

  @Flag(help: "Short for --format json.")
  var json = false

  func run() throws {
    try CommandFailure.reporting {
      let settings = try options.settings(tenants: tenant, date: nil)
      let path = try options.store(settings)
      let tenants = try BookStore(readingFrom: path).read { reader in
        let states = try reader.tenantStates()
        if let missing = settings.tenants.first(where: { !states.map(\.tenant).contains($0) }) {
          throw CloseRefusal(
            .notClosed,
            "tenant \(missing) has no books. Run tieout status without --tenant to list the tenants with books."
          )
        }
        let last = states.map(\.closedThrough).max()
        return
          try states
          .filter { settings.tenants.isEmpty || settings.tenants.contains($0.tenant) }
          .map { state in
            let banks = try BankStanding.all(state, settings, reader)
            return StatusDocument(
              columns: Self.columns, cells: try Self.cells(state, banks, reader), banks: banks,
              row: try Self.row(state, last ?? state.closedThrough, settings, reader))
          }
      }
      try Output.write(text(tenants, names: settings.tenantNames))
    }
  }

  private func text(_ tenants: [StatusDocument], names: TenantNames) throws -> String {
    let format = json ? TableFormat.json : format
    switch format {
    case .json: return try JSONDocument.text(tenants)
    case .table where !wide:
      return StatusSheet(tenants.map(\.row), names: names, style: Output.style).text()
    default: return try format.render(columns: Self.columns, rows: tenants.map(\.cells))
    }
  }

  private static let columns = [
    "tenant_id", "first_date", "closed_through", "last_close_id", "last_closed_date", "status",
    "records_quarantined", "quarantine_open", "breaks", "bank_unreconciled", "bank_overdue",
    "finished_at", "certified_by", "certifications_withdrawn", "chain_digest",
  ]

  private static func cells(
    _ state: TenantState, _ banks: [BankStanding], _ reader: BookReader
  ) throws -> [String] {
    let named = { (date: KeyPath<BankStanding, BusinessDate?>) in
      banks.compactMap { bank in
        bank[keyPath: date].map { "\(bank.account.reference)=\($0)" }
      }.joined(separator: " ")
    }
    let header = try reader.lastHeader(state)
    let tieOuts = try reader.tieOuts(header.closeID)
    let certification = try reader.certification(of: header.closeID)
    let breaks = TieOutCheck.allCases.filter { tieOuts.status(of: $0) == .fail }
    return [
      "\(state.tenant)", "\(state.firstDate)", "\(state.closedThrough)", "\(header.closeID)",
      "\(header.businessDate)", header.status.rawValue, "\(header.recordsQuarantined)",
      "\(try reader.openQuarantine(state).reduce(0) { $0 + $1.sum.records })",
      breaks.map(\.rawValue).joined(separator: " "), named(\.unreconciledSince),
      named(\.overdueSince), header.finishedAt,
      certification.map { $0.isWithdrawn ? "" : $0.name } ?? "",
      try reader.datesWithdrawn(state).map(\.description).joined(separator: " "),
      header.chainDigest,
    ]
  }

  /// The tenant's line for people.
  ///
  /// - Parameter last: the last date that is closed for any tenant.
  private static func row(
    _ state: TenantState, _ last: BusinessDate, _ settings: JobSettings, _ reader: BookReader
  ) throws -> StatusSheet.Row {
    let certification = try reader.certification(of: try reader.lastHeader(state).closeID)
    var matters = try OpenMatters(reader: reader, deadline: settings.statementDeadline).all(state)
    if let behind = OpenMatter.notClosed(after: state.closedThrough, through: last) {
      matters.append(behind)
    }
    return StatusSheet.Row(
      tenant: state.tenant, closedThrough: state.closedThrough,
      certifiedBy: certification.map { $0.isWithdrawn ? "" : $0.name } ?? "",
      open: OpenPhrases(matters).all())
  }
}
