public import LedgerDomain

/// One file of a close's report set. The same close gives the same bytes.
public protocol ReportFile: Sendable {
  /// The file's name in the set.
  var name: String { get }
  /// Writes the file's content.
  func write(_ record: CloseRecord, to output: inout ReportOutput) throws(ReportError)
}

/// Every file of the set, in the order in which they are written.
public let reportFiles: [any ReportFile] = {
  var files: [any ReportFile] = [
    ReconciliationJSON(), ReconciliationHTML(), TrialBalanceCSV(), RollforwardCSV(),
    FindingsCSV(), RestatementsCSV(),
  ]
  #if XLSX
    files.append(CloseXLSX())
  #endif
  return files
}()
