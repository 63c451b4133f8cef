import LedgerDomain

@testable import JournalReading

/// What a line says, kept past the call that received it.
struct LineCopy: Hashable {
  var key: BalanceKey
  var direction: Direction
  var sequence: Int16
  var amountMinor: AmountMinor
  var loan: LedgerUUID?
  var referenceFingerprint: UInt64

  init(_ line: JournalLine) {
    key = line.key
    direction = line.direction
    sequence = line.sequence
    amountMinor = line.amountMinor
    loan = line.hasLoan ? line.loan : nil
    referenceFingerprint = line.referenceFingerprint
  }
}

/// What an entry says, kept past the call that received it.
struct EntryCopy: Hashable {
  var id: JournalEntryID
  var tenant: TenantID?
  var eventType: EventType
  var effectiveDate: BusinessDate
  var posted: PostedInstant
  var reverses: JournalEntryID?
  var lines: [LineCopy]

  init(_ entry: JournalEntry) {
    id = entry.id
    tenant = entry.tenant
    eventType = entry.eventType
    effectiveDate = entry.effectiveDate
    posted = entry.posted
    reverses = entry.reverses
    lines = entry.lines.map(LineCopy.init)
  }
}

/// What is wrong with a record, kept past the call that received it.
struct FaultCopy: Hashable {
  var code: FindingCode
  var field: String?
  var reason: String
  var offset: Int
  var found: String?
  var entry: JournalEntryID?
  var readableLines: [LineCopy]?

  init(_ fault: RecordFault) {
    code = fault.code
    field = fault.field
    reason = fault.reason
    offset = fault.offset
    found = fault.found
    entry = fault.entry
    readableLines = fault.readableLines?.map(LineCopy.init)
  }
}

/// What became of a record.
enum Reading: Hashable {
  case entry(EntryCopy)
  case fault(FaultCopy)
  case tooLong(bytes: Int)

  init(_ record: DecodedRecord) {
    switch record {
    case .entry(let entry): self = .entry(EntryCopy(entry))
    case .fault(let fault): self = .fault(FaultCopy(fault))
    }
  }

  /// What a decoder that has seen nothing yet makes of these bytes in one piece.
  init(decoding bytes: some Collection<UInt8>) {
    var decoder = EntryDecoder()
    self = decoder.reading(of: bytes)
  }

  var entry: EntryCopy? {
    if case .entry(let entry) = self { entry } else { nil }
  }

  var fault: FaultCopy? {
    if case .fault(let fault) = self { fault } else { nil }
  }
}

extension EntryDecoder {
  /// What the decoder makes of these bytes, ended and padded as it asks for.
  mutating func reading(of bytes: some Collection<UInt8>) -> Reading {
    let padded = Array(bytes) + [UInt8](repeating: 0, count: 1 + Block.padding)
    return padded.withUnsafeBufferPointer { Reading(decode($0.start, count: bytes.count)) }
  }
}

/// A record of a part, with what became of it.
struct PlacedReading: Hashable {
  var position: RecordPosition
  var reading: Reading
}

/// Keeps everything it receives.
final class CollectingSink: RecordSink {
  private(set) var records: [PlacedReading] = []
  /// The texts of the records that were rejected.
  private(set) var rejectedTexts: [[UInt8]] = []

  func accept(_ entry: JournalEntry, at position: RecordPosition) {
    records.append(PlacedReading(position: position, reading: .entry(EntryCopy(entry))))
  }

  func reject(
    _ fault: RecordFault, text: UnsafeBufferPointer<UInt8>, at position: RecordPosition
  ) {
    records.append(PlacedReading(position: position, reading: .fault(FaultCopy(fault))))
    rejectedTexts.append(Array(text))
  }

  func rejectTooLong(bytes: Int, at position: RecordPosition) {
    records.append(PlacedReading(position: position, reading: .tooLong(bytes: bytes)))
  }
}
