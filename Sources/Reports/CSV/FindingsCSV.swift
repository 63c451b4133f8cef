public import LedgerDomain

/// `findings.csv`: every finding of the close, with its place and what to do.
public struct FindingsCSV: ReportFile {
  /// The name of the file in the report set.
  public let name = "findings.csv"

  static let columns = [
    "code", "severity", "file", "record", "byte_offset", "journal_entry_id", "field",
    "account_code", "currency", "layer", "dr_minor", "cr_minor", "dr", "cr", "message",
  ]

  /// The report file.
  public init() {}

  /// Writes the content of the file.
  public func write(
    _ record: CloseRecord, to output: inout ReportOutput
  ) throws(ReportError) {
    var table = CSVWriter(columns: Self.columns)
    for finding in record.findings {
      table.code(finding.code.rawValue)
      table.code(finding.code.severity.rawValue)
      table.text(finding.file)
      table.number(finding.record)
      table.number(finding.byteOffset)
      table.text(finding.entry?.description)
      table.text(finding.field)
      table.text(finding.account?.description)
      table.text(finding.currency?.description)
      table.text(finding.layer?.code)
      table.number(finding.debitMinor)
      table.number(finding.creditMinor)
      table.decimal(finding.debitMinor, digits: finding.currency?.minorUnitDigits)
      table.decimal(finding.creditMinor, digits: finding.currency?.minorUnitDigits)
      table.text(finding.message)
      table.endRow()
      try table.flush(to: &output)
    }
    for count in record.findingCounts where count.count > count.kept {
      let code = count.code.rawValue
      table.text(code)
      table.text(count.code.severity.rawValue)
      for _ in 0..<12 { table.text(nil) }
      table.text(
        (count.count - count.kept)
          .counted("more \(code) finding is", "more \(code) findings are")
          + " not listed because of the row limit. Raise findings_limit to list them.")
      table.endRow()
      try table.flush(to: &output)
    }
    try table.flush(to: &output, atEnd: true)
  }
}
