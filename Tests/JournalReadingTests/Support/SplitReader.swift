import Glibc

@testable import JournalReading

/// A record that a splitter handed on.
struct SplitRecord: Equatable {
  var position: RecordPosition
  /// The record's text; empty for one past the limit.
  var text: [UInt8]
  /// Whether a NUL byte follows the text, as every scan of it needs.
  var isTerminated: Bool
  /// What the text decodes to, if that was asked for.
  var reading: Reading?

  /// A record of that text at that place, as it should be handed on.
  init(_ number: Int, at byteOffset: Int, _ text: [UInt8], reading: Reading? = nil) {
    position = RecordPosition(record: number, byteOffset: byteOffset)
    self.text = text
    isTerminated = true
    self.reading = reading
  }

  /// The record as it is compared where nothing is decoded.
  var withoutReading: SplitRecord {
    SplitRecord(position.record, at: position.byteOffset, text)
  }

  static func == (left: SplitRecord, right: SplitRecord) -> Bool {
    left.position == right.position && left.isTerminated == right.isTerminated
      && left.text.count == right.text.count
      && memcmp(left.text, right.text, left.text.count) == 0 && left.reading == right.reading
  }
}

/// Keeps what a splitter hands on.
struct SplitConsumer: RecordConsumer, ~Copyable {
  private var decoder = EntryDecoder()
  var isDecoding = true
  var records: [SplitRecord] = []

  mutating func consume(
    _ text: UnsafeMutablePointer<UInt8>, count: Int, at position: RecordPosition
  ) {
    let bytes = Array(UnsafeBufferPointer(start: text, count: count))
    var record = SplitRecord(position.record, at: position.byteOffset, bytes)
    record.isTerminated = text[count] == 0
    if isDecoding { record.reading = Reading(decoder.decode(text, count: count)) }
    records.append(record)
  }

  mutating func skipTooLong(bytes: Int, at position: RecordPosition) {
    let reading: Reading? = isDecoding ? .tooLong(bytes: bytes) : nil
    records.append(SplitRecord(position.record, at: position.byteOffset, [], reading: reading))
  }
}

/// Reads bytes that arrive in several blocks.
///
/// Two blocks take turns and are never cleared: what lies behind a stretch is what an earlier one
/// left there, quotes, digits and all.
struct SplitReader: ~Copyable {
  private let blocks = (Block(), Block())
  private var consumer = SplitConsumer()
  private let recordBytesMax: Int

  init(recordBytesMax: Int = ReadLimits().recordBytesMax) {
    self.recordBytesMax = recordBytesMax
  }

  /// The records of the bytes, cut into stretches at the offsets.
  mutating func records(
    of bytes: [UInt8], cutAt cuts: [Int], isDecoding: Bool = true
  ) -> [SplitRecord] {
    var splitter = RecordSplitter(recordBytesMax: recordBytesMax)
    consumer.records = []
    consumer.isDecoding = isDecoding
    var start = 0
    for (index, end) in (cuts + [bytes.count]).enumerated() {
      let block = index % 2 == 0 ? blocks.0 : blocks.1
      precondition(end - start <= Block.capacity, "a stretch fits into a block")
      bytes.withUnsafeBufferPointer { bytes in
        _ = memcpy(block.start, bytes.start + start, end - start)
      }
      block.count = end - start
      splitter.split(block, into: &consumer)
      start = end
    }
    splitter.finish(into: &consumer)
    precondition(splitter.recordCount == consumer.records.count, "the splitter counts records")
    return consumer.records
  }
}
