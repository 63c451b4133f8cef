public import LedgerDomain

/// `reconciliation.html`: the close for people, in one file that needs nothing else.
///
/// Nothing in it leads outside: style, script and charts are in the page, and its security policy
/// forbids every request. Amounts stand in their currency's decimals, and in minor units as the value
/// of the `data` element around them.
public struct ReconciliationHTML: ReportFile {
  /// The file's name in the set.
  public let name = "reconciliation.html"

  /// The file.
  public init() {}

  /// Writes the file's content.
  public func write(
    _ record: CloseRecord, to output: inout ReportOutput
  ) throws(ReportError) {
    var html = HTMLText()
    let values = PageValues.of(record)
    for stretch in PageTemplate.reconciliation.stretches {
      try output.write(stretch.render(values))
      guard let slot = stretch.slot else { continue }
      try fill(slot, record, &html, &output)
      try html.flush(to: &output, atEnd: true)
    }
  }

  private func fill(
    _ slot: PageTemplate.Slot, _ record: CloseRecord, _ html: inout HTMLText,
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
    case .findingCounts: FindingsSection.writeCounts(record, to: &html)
    case .firstFindings: try FindingsSection.writeFirst(record, to: &html, &output)
    case .trialBalance: try TrialBalanceSection.write(record, to: &html, &output)
    case .rollforward: try RollforwardSection.write(record, to: &html, &output)
    case .restatements: try RestatementsSection.write(record, to: &html, &output)
    case .parts: PartsSection.write(record, to: &html)
    case .findingsData: try FindingsData.write(record, to: &output)
    }
  }
}
