public import LedgerDomain

/// One file of a close's report set. The same close gives the same bytes.
public protocol ReportFile: Sendable {
  /// The name of the file in the report set.
  var name: String { get }
  /// Writes the content of the file.
  func write(_ record: CloseRecord, to output: inout ReportOutput) throws(ReportError)
}

/// Every file of a report set, in the order in which they are written.
public let reportFiles: [any ReportFile] = {
  var files: [any ReportFile] = [
    ReconciliationJSON(), ReconciliationHTML(), TrialBalanceCSV(), RollforwardCSV(),
    FindingsCSV(), RestatementsCSV(), BankItemsCSV(), ChangesCSV(),
  ]
  #if XLSX
    files.append(CloseXLSX())
  #endif
  return files
}()
