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
        return
          try states
          .filter { settings.tenants.isEmpty || settings.tenants.contains($0.tenant) }
          .map { state in
            let banks = try BankStanding.all(state, settings, reader)
            return StatusDocument(
              columns: Self.columns, cells: try Self.cells(state, banks, reader), banks: banks,
              row: try Self.row(state, banks, reader))
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
  private static func row(
    _ state: TenantState, _ banks: [BankStanding], _ reader: BookReader
  ) throws -> StatusSheet.Row {
    let header = try reader.lastHeader(state)
    let certification = try reader.certification(of: header.closeID)
    return StatusSheet.Row(
      tenant: state.tenant, closedThrough: state.closedThrough,
      certifiedBy: certification.map { $0.isWithdrawn ? "" : $0.name } ?? "",
      open: try open(state, header, banks, reader))
  }

  /// What is open, each in a phrase that begins with its code where it has one.
  private static func open(
    _ state: TenantState, _ header: CloseHeader, _ banks: [BankStanding], _ reader: BookReader
  ) throws -> [String] {
    let tieOuts = try reader.tieOuts(header.closeID)
    let apart: Set<TieOutCheck> = [.openQuarantine, .bankReconciliation]
    var open = TieOutCheck.allCases.filter {
      tieOuts.status(of: $0) == .fail && !apart.contains($0)
    }
    .map { "\($0.rawValue) fails on \(header.businessDate)" }
    let quarantine = try reader.openQuarantine(state)
    let records = quarantine.reduce(0) { $0 + $1.sum.records }
    if records > 0, let first = quarantine.map(\.businessDate).min() {
      open.append(
        "\(TieOutCheck.openQuarantine.rawValue): \(records.counted("record")), the oldest of \(first)"
      )
    }
    let bank = TieOutCheck.bankReconciliation.rawValue
    for standing in banks {
      let name = standing.account.reference
      if let date = standing.unreconciledSince {
        open.append("\(bank): \(name) does not reconcile since \(date)")
      }
      if let date = standing.overdueSince {
        open.append("\(bank): the statement of \(name) is overdue since \(date)")
      }
    }
    let withdrawn = try reader.datesWithdrawn(state)
    if let first = withdrawn.first {
      let more = withdrawn.count > 1 ? " and \((withdrawn.count - 1).counted("more date"))" : ""
      open.append("certification withdrawn: \(first)\(more)")
    }
    if open.isEmpty && header.status == .withBreaks && header.recordsQuarantined > 0 {
      open.append(
        "\(header.recordsQuarantined.counted("record")) quarantined on \(header.businessDate), "
          + "accepted or counted once")
    }
    return open
  }
}
