import DailyClose
import JobConfiguration
import JournalReading
import LedgerDomain
import SnapshotStore

/// Writes the identifiers that a close accepted, removes those that have become too old, and says what
/// the close was made with.
struct BasisWriter {
  let configuration: ReadingConfiguration
  let writer: BookWriter

  /// What a close was made with, once its identifiers are written.
  func basis(
    _ input: DateInput, _ pending: PendingClose, _ state: TenantState?
  ) throws -> CloseBasis {
    var basis = CloseBasis(
      timeZone: configuration.timeZone, manifestSHA256: input.manifest?.sha256)
    basis.repetitions = input.task.closedEntries
    basis.reversals = input.reversals.map {
      EntryReversal(reversed: $0.reversed, entry: $0.entry)
    }
    let keptFrom = try state.flatMap { try writer.reader.basis(of: $0.lastClose)?.identifiersFrom }
    basis.identifiersFrom = input.identifiers == nil ? nil : from(input, state, keptFrom: keptFrom)
    if let index = input.identifiers, let from = basis.identifiersFrom, input.task.date >= from {
      basis.identifiers = try writer.identifiers().insert(
        of: pending, count: index.count, pageBits: index.pageBits
      ) { body in
        try index.forEachPage { try body($0.number, $0.prefixes, $0.details) }
      }
    }
    // After writing: what a transaction frees and uses again has to be copied to the journal first.
    if let state, let keptFrom {
      try remove(state, from: keptFrom, before: basis.identifiersFrom, input.task.replaces)
    }
    return basis
  }

  /// The first date whose identifiers are kept after the close.
  private func from(
    _ input: DateInput, _ state: TenantState?, keptFrom: BusinessDate?
  ) -> BusinessDate {
    let last = max(state?.closedThrough ?? input.task.date, input.task.date)
    let first = last.advanced(by: 1 - configuration.duplicateWindow)
    if let keptFrom { return max(first, keptFrom) }
    // Nothing is known of the dates before, nor of those after a date that is closed again.
    return max(first, input.task.replaces == nil ? input.task.date : last.advanced(by: 1))
  }

  private func remove(
    _ state: TenantState, from keptFrom: BusinessDate, before first: BusinessDate?,
    _ replaced: CloseHeader?
  ) throws {
    let writer = try writer.identifiers()
    let last = first?.advanced(by: -1) ?? state.closedThrough
    if keptFrom <= last {
      for close in try self.writer.reader.identifiedCloses(state, dates: keptFrom...last) {
        try writer.remove(of: close.closeID)
      }
    }
    if let replaced { try writer.remove(of: replaced.closeID) }
  }
}
