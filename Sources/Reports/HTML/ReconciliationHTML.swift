public import LedgerDomain

/// `reconciliation.html`: the close for people, in one self-contained file.
///
/// Style, script and charts are in the page, and its security policy forbids every request. Amounts
/// are shown in their currency's decimals; the `data` element around each has the minor units.
public struct ReconciliationHTML: ReportFile {
  /// A part of the page that is streamed.
  private enum Slot: String, CaseIterable {
    case style
    case tieOuts = "tie_outs"
    case layerCharts = "layer_charts"
    case balanceCharts = "balance_charts"
    case quarantineChart = "quarantine_chart"
    case bank, loans, quarantine
    case findingCounts = "finding_counts"
    case firstFindings = "first_findings"
    case changes
    case trialBalance = "trial_balance"
    case rollforward, restatements, parts
    case findingsData = "findings_data"
    case script
  }

  private static let template = PageTemplate<Slot>(Templates.reconciliation_mustache)

  /// The name of the file in the report set.
  public let name = "reconciliation.html"

  /// The report file.
  public init() {}

  /// Writes the content of the file.
  public func write(
    _ record: CloseRecord, to output: inout ReportOutput
  ) throws(ReportError) {
    var html = HTMLWriter()
    let variables = PageVariables.of(record)
    for fragment in Self.template.fragments {
      try output.write(fragment.render(variables))
      guard let slot = fragment.slot else { continue }
      try fill(slot, record, &html, &output)
      try html.flush(to: &output, atEnd: true)
    }
  }

  private func fill(
    _ slot: Slot, _ record: CloseRecord, _ html: inout HTMLWriter,
    _ output: inout ReportOutput
  ) throws(ReportError) {
    switch slot {
    case .style: try output.write(PageAssets.style.bytes)
    case .script: try output.write(PageAssets.script.bytes)
    case .tieOuts: TieOutSection.write(record, to: &html)
    case .layerCharts: LayerCharts.write(record, to: &html)
    case .balanceCharts: BalanceCharts.write(record, to: &html)
    case .quarantineChart: QuarantineChart.write(record, to: &html)
    case .bank: try BankSection.write(record, to: &html, &output)
    case .loans: try LoanSection.write(record, to: &html, &output)
    case .quarantine: try QuarantineSection.write(record, to: &html, &output)
    case .findingCounts: FindingsSection.writeCounts(record, to: &html)
    case .firstFindings: try FindingsSection.writeFirst(record, to: &html, &output)
    case .changes: ChangesSection.write(record, to: &html)
    case .trialBalance: try TrialBalanceSection.write(record, to: &html, &output)
    case .rollforward: try RollforwardSection.write(record, to: &html, &output)
    case .restatements: try RestatementsSection.write(record, to: &html, &output)
    case .parts: PartsSection.write(record, to: &html)
    case .findingsData: try FindingsData.write(record, to: &output)
    }
  }
}
