import DailyClose
import JournalReading
import LedgerDomain

/// Quarantines the repeated entries of a part while it is read a second time.
final class RepetitionSink: RecordSink {
  private let tally: PartTally
  private var repeated: DuplicateEntries

  init(tally: PartTally, repeated: DuplicateEntries) {
    self.tally = tally
    self.repeated = repeated
  }

  func accept(_ entry: JournalEntry, at position: RecordPosition) {
    guard tally.isAcceptable(entry), let code = repeated.code(for: entry.id) else { return }
    tally.quarantineDuplicate(
      entry, code: code, record: position.record, byteOffset: position.byteOffset)
  }

  func reject(_: RecordFault, text: UnsafeBufferPointer<UInt8>, at position: RecordPosition) {}
  func rejectTooLong(bytes: Int, at position: RecordPosition) {}
}
