import DailyClose
import JournalReading
import LedgerDomain

/// Everything that was read of a date.
struct DateInput {
  let task: CloseTask
  let startedAt: String
  let manifest: Manifest?
  let parts: [PartSummary]
  let tally: DateTally
  /// The bank's statements of the date; `nil` if the job names none.
  let statements: DateStatements?
  /// The date's loan tape; `nil` if the job names none.
  let loanTape: LoanTape?

  /// What the operator should know of the export.
  var notes: [String] {
    let marked = parts.filter(\.hasByteOrderMark).map(\.file)
    guard let first = marked.first else { return [] }
    let others = marked.count - 1
    let files = first + (others > 0 ? " and \(others.counted("other part"))" : "")
    return [
      "\(task.date): the byte order mark at the start of \(files) was skipped. Have the exporter write "
        + "none."
    ]
  }
}
