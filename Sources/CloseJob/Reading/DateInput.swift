import DailyClose
import JournalReading
import LedgerDomain

/// Everything that was read of a date.
struct DateInput {
  let task: CloseTask
  var startedAt: String
  let manifest: Manifest?
  let parts: [PartSummary]
  let tally: DateTally
  /// The date's loan tape; `nil` if the job names none.
  let loanTape: LoanTape?
  /// The identifiers that it accepts; `nil` if they are not kept.
  let identifiers: IdentifierIndex?
  /// The entries that reverse others.
  let reversals: [DateReversal]
  /// Findings about reversals of entries of other dates.
  var reversalFindings: [Finding] = []

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
