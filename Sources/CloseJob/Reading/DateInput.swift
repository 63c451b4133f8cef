import DailyClose
import JournalReading

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
}
