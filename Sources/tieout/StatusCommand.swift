import ArgumentParser
import CloseJob
import FoundationEssentials
import JobConfiguration
import LedgerDomain
import Reports
import SnapshotStore

/// `tieout status`.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Prints how far each tenant's books are closed.")

  @OptionGroup var options: JobOptions<StoreScope>

  @Option(help: ArgumentHelp("A tenant (default: all). May be repeated.", valueName: "uuid"))
  var tenant: [String] = []

  @Option(help: "The output format: table, csv or json.")
  var format = TableFormat.table

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
        return
          try states
          .filter { settings.tenants.isEmpty || settings.tenants.contains($0.tenant) }
          .map { state in
            let banks = try BankStanding.all(state, settings, reader)
            return StatusDocument(
              columns: Self.columns, cells: try Self.cells(state, banks, reader), banks: banks)
          }
      }
      let format = json ? TableFormat.json : format
      try Output.write(
        format == .json
          ? JSONDocument.text(tenants)
          : format.render(columns: Self.columns, rows: tenants.map(\.cells)))
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
}
