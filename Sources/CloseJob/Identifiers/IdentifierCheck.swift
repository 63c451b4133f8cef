import DailyClose
import JobConfiguration
import JournalReading
import LedgerDomain
import SnapshotStore

/// Compares the entries of a date with those that closes of other dates accepted.
struct IdentifierCheck {
  private let dateReader: DateReader
  private let reader: BookReader
  private let identifiers: ClosedIdentifiers
  private var window: Int { dateReader.configuration.duplicateWindow }

  init(dateReader: DateReader, reader: BookReader) {
    self.dateReader = dateReader.withoutProgress()
    self.reader = reader
    identifiers = ClosedIdentifiers(reader: reader)
  }

  /// The input without the entries that earlier closes accepted, which are quarantined, and with the
  /// findings about reversals of entries of other dates.
  ///
  /// A date that repeats earlier entries is read a second time.
  ///
  /// - Throws: `ReadingError` if a part changed in the meantime; `StoreError` if stored identifiers were
  ///   altered.
  func checked(_ input: DateInput, _ state: TenantState?) throws -> DateInput {
    guard let state else { return input }
    let date = input.task.date
    let reversed = Set(input.reversals.filter { !$0.isReversedOnDate }.map(\.reversed))
    var found: [JournalEntryID: ClosedEntry] = [:]
    if let index = input.identifiers {
      let closes = try identifiers.closes(
        state, try reader.basis(of: state.lastClose), from: date.advanced(by: -window),
        through: date.advanced(by: -1))
      found = try identifiers.entries(of: closes, in: index, others: reversed)
    }
    var checked = try withoutRepetitions(input, state, found)
    checked.reversalFindings = try reversalFindings(checked, state, found)
    return checked
  }

  /// Reads the date again without the entries that earlier closes accepted, if there are any.
  private func withoutRepetitions(
    _ input: DateInput, _ state: TenantState, _ found: [JournalEntryID: ClosedEntry]
  ) throws -> DateInput {
    guard let index = input.identifiers else { return input }
    var repetitions = try found.filter { try index.content(of: $0.key) != nil }
    if let replaced = input.task.replaces?.closeID {
      // The identifiers of the dates that they repeat may be gone.
      for (id, closed) in try reader.repetitions(of: replaced) where repetitions[id] == nil {
        let isKept = try reader.basis(of: state.lastClose)?.identifiersFrom.map {
          closed.date >= $0
        }
        if isKept != true, try index.content(of: id) != nil { repetitions[id] = closed }
      }
    }
    if repetitions.isEmpty { return input }
    var task = input.task
    task.closedEntries = repetitions
    var again = try dateReader.readAlone(task)
    guard again.parts == input.parts else {
      throw ReadingError(
        .partDigestMismatch, file: "date=\(task.date)",
        message: "changed while it was being read. Run again when the export has finished.")
    }
    again.startedAt = input.startedAt
    return again
  }

  private func reversalFindings(
    _ input: DateInput, _ state: TenantState, _ found: [JournalEntryID: ClosedEntry]
  ) throws -> [Finding] {
    var first: [JournalEntryID: JournalEntryID] = [:]
    // In the order of the table, so that neighbours are found on the same pages.
    for id in Set(input.reversals.map(\.reversed)).sorted() {
      first[id] = try reader.reversal(state, of: id, except: input.task.replaces?.closeID)
    }
    var findings: [Finding] = []
    for reversal in input.reversals {
      if !reversal.isReversedOnDate, let closed = found[reversal.reversed],
        !reversal.mirrors(content: closed.content)
      {
        findings.append(ReversalChecker.mismatch(reversal))
      }
      if !reversal.isRepeatedOnDate, let first = first[reversal.reversed] {
        findings.append(ReversalChecker.repetition(reversal, first: first))
      }
    }
    return findings
  }

  /// The later closed dates that accepted, or left out, an entry otherwise than they would if they were
  /// closed after this close of a date.
  ///
  /// - Parameters:
  ///   - input: what the date was closed with.
  ///   - state: the state of the tenant's books after the close.
  func datesAffected(by input: DateInput, _ state: TenantState) throws -> [BusinessDate] {
    let date = input.task.date
    guard let index = input.identifiers, date < state.closedThrough else { return [] }
    let (first, last) = (date.advanced(by: 1), min(date.advanced(by: window), state.closedThrough))
    let closes = try identifiers.closes(
      state, try reader.basis(of: state.lastClose), from: first, through: last)
    var dates = Set(try identifiers.entries(of: closes, in: index).values.map(\.date))
    for repetition in try reader.repetitions(state, ofEntriesOf: date, through: last) {
      if try index.content(of: repetition.id) != repetition.content {
        dates.insert(repetition.date)
      }
    }
    return dates.sorted()
  }
}
