import DailyClose
import JournalReading
import LedgerDomain

/// Hands a part's records to its tally.
final class PartSink: RecordSink {
  let tally: PartTally

  init(tally: PartTally) { self.tally = tally }

  func accept(_ entry: JournalEntry, at position: RecordPosition) {
    tally.accept(entry, record: position.record, byteOffset: position.byteOffset)
  }

  func reject(
    _ fault: RecordFault, text: UnsafeBufferPointer<UInt8>, at position: RecordPosition
  ) {
    let fingerprint = text.baseAddress.map { Fingerprint.of($0, count: text.count) } ?? 0
    tally.quarantineUnreadable(
      fault.finding(), readableLines: fault.readableLines, fingerprint: fingerprint,
      byteCount: text.count, record: position.record, byteOffset: position.byteOffset)
  }

  func rejectTooLong(bytes: Int, at position: RecordPosition) {
    let finding = Finding(
      .recordTooLong,
      message: "The record has \(bytes) bytes, more than the limit. Have the exporter split or "
        + "correct it, or raise record_bytes_max.")
    tally.quarantineUnreadable(
      finding, readableLines: nil, fingerprint: 0, byteCount: bytes, record: position.record,
      byteOffset: position.byteOffset)
  }
}
