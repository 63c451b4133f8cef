public import LedgerDomain

/// `findings.csv`: everything the close has to tell, each with its place and what to do.
public struct FindingsCSV: ReportFile {
  public let name = "findings.csv"

  static let columns = [
    "code", "severity", "file", "record", "byte_offset", "journal_entry_id", "field",
    "account_code", "currency", "layer", "dr_minor", "cr_minor", "dr", "cr", "message",
  ]

  /// The file.
  public init() {}

  public func write(
    _ record: CloseRecord, to output: inout ReportOutput
  ) throws(ReportError) {
    try output.write(CSVText.header(Self.columns))
    for finding in record.findings {
      var line = CSVText()
      line.text(finding.code.rawValue)
      line.text(finding.code.severity.rawValue)
      line.text(finding.file)
      line.number(finding.record)
      line.number(finding.byteOffset)
      line.text(finding.entry?.description)
      line.text(finding.field)
      line.text(finding.account?.description)
      line.text(finding.currency?.description)
      line.text(finding.layer?.code)
      line.number(finding.debitMinor)
      line.number(finding.creditMinor)
      line.decimal(finding.debitMinor, finding.currency)
      line.decimal(finding.creditMinor, finding.currency)
      line.text(finding.message)
      try output.write(line.row)
    }
    for count in record.findingCounts where count.count > count.kept {
      var line = CSVText()
      line.text(count.code.rawValue)
      line.text(count.code.severity.rawValue)
      for _ in 0..<12 { line.text(nil) }
      line.text(
        "There are \(count.count - count.kept) more findings \(count.code.rawValue), past the limit "
          + "of rows. Raise findings_limit to list them.")
      try output.write(line.row)
    }
  }
}
