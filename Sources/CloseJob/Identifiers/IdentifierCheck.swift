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
  /// - Parameter reclosed: the entries that earlier dates accept otherwise since they were closed again in
  ///   this run.
  /// - Throws: `ReadingError` if a part changed in the meantime; `StoreError` if stored identifiers were
  ///   altered.
  func checked(
    _ input: DateInput, _ state: TenantState?, _ reclosed: ReclosedEntries = ReclosedEntries()
  ) throws -> DateInput {
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
    var checked = try withoutRepetitions(input, state, found, reclosed)
    checked.reversalFindings = try reversalFindings(checked, state, found)
    return checked
  }

  /// Reads the date again without the entries that earlier closes accepted, if there are any.
  private func withoutRepetitions(
    _ input: DateInput, _ state: TenantState, _ found: [JournalEntryID: ClosedEntry],
    _ reclosed: ReclosedEntries
  ) throws -> DateInput {
    guard let index = input.identifiers else { return input }
    var repetitions = try found.filter { try index.content(of: $0.key) != nil }
    if input.task.replaces != nil {
      let gone = try repetitionsOfGoneDates(input, state, reclosed)
      for (id, closed) in gone where repetitions[id] == nil {
        if try index.content(of: id) != nil { repetitions[id] = closed }
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

  /// The entries that earlier dates accepted whose identifiers are kept no longer: those that the replaced
  /// close left out, unless their date was closed again in this run and accepts them otherwise.
  private func repetitionsOfGoneDates(
    _ input: DateInput, _ state: TenantState, _ reclosed: ReclosedEntries
  ) throws -> [JournalEntryID: ClosedEntry] {
    guard let replaced = input.task.replaces?.closeID else { return [:] }
    let (date, kept) = (input.task.date, try reader.basis(of: state.lastClose)?.identifiersFrom)
    let last = min(date, kept ?? date).advanced(by: -1)
    let first = date.advanced(by: -window)
    if last < first { return [:] }
    let old = try reader.repetitions(of: replaced).filter { id, closed in
      closed.date <= last && !reclosed.contains(id, of: closed.date)
    }
    return reclosed.entries(of: first...last).merging(old) { again, _ in again }
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
  ///   - reclosed: gets these entries.
  func datesAffected(
    by input: DateInput, _ state: TenantState, _ reclosed: inout ReclosedEntries
  ) throws -> [BusinessDate] {
    let date = input.task.date
    guard let index = input.identifiers, date < state.closedThrough else { return [] }
    let (first, last) = (date.advanced(by: 1), min(date.advanced(by: window), state.closedThrough))
    let closes = try identifiers.closes(
      state, try reader.basis(of: state.lastClose), from: first, through: last)
    var dates: Set<BusinessDate> = []
    for (id, closed) in try identifiers.entries(of: closes, in: index) {
      dates.insert(closed.date)
      reclosed.note(id, content: try index.content(of: id), of: date)
    }
    for repetition in try reader.repetitions(state, ofEntriesOf: date, through: last) {
      let content = try index.content(of: repetition.id)
      if content == repetition.content { continue }
      dates.insert(repetition.date)
      reclosed.note(repetition.id, content: content, of: date)
    }
    return dates.sorted()
  }
}
