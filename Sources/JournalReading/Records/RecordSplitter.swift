import Glibc

/// The position of a record in its part.
public struct RecordPosition: Hashable, Sendable {
  /// The record's number, from 1.
  public var record: Int
  /// Where it begins in the inflated part, in bytes from 0.
  public var byteOffset: Int

  /// A position with these values.
  public init(record: Int, byteOffset: Int) {
    self.record = record
    self.byteOffset = byteOffset
  }
}

/// Receives the records that a splitter finds.
protocol RecordConsumer: ~Copyable {
  /// A record without its line feed. The next byte is NUL, and the 64 bytes after it are readable.
  mutating func consume(
    _ text: UnsafeMutablePointer<UInt8>, count: Int, at position: RecordPosition)
  /// A record longer than the limit; its text was not kept.
  mutating func skipTooLong(bytes: Int, at position: RecordPosition)
}

/// Splits the blocks of a part into records at line feeds.
///
/// A record within one block is not copied. A record that spans blocks is joined in the headroom of
/// the next block, or in separate memory if it does not fit there. Memory never exceeds the record
/// limit.
///
/// A line without a byte, or with only a carriage return, is a record, which is malformed, if another
/// record follows it. Such lines at the end of a part are no records.
struct RecordSplitter: ~Copyable {
  private let recordBytesMax: Int
  private var position = RecordPosition(record: 1, byteOffset: 0)
  /// The beginning of the record that the last block cut off.
  private var carry: UnsafeMutablePointer<UInt8>
  private var carryCount = 0
  private var carryCapacity = Block.headroom
  /// Not 0 while a record past the limit is being skipped.
  private var skippedBytes = 0
  /// The empty lines since the last record. `position` is that of the first of them.
  private var emptyLines = EmptyLines()

  init(recordBytesMax: Int) {
    self.recordBytesMax = recordBytesMax
    carry = .allocate(capacity: Block.headroom + Block.padding)
  }

  deinit { carry.deallocate() }

  /// The number of records passed on so far.
  var recordCount: Int { position.record - 1 }

  /// Passes on every record that ends in the block.
  ///
  /// - Parameter first: where the block's first record begins, after what is no part of it; its bytes
  ///   count all the same.
  mutating func split(
    _ block: Block, from first: Int = 0, into consumer: inout some RecordConsumer & ~Copyable
  ) {
    position.byteOffset += first
    var start = block.start + first
    let end = block.start + block.count
    if carryCount > 0 || skippedBytes > 0 {
      guard let lineFeed = Self.lineFeed(from: start, to: end) else {
        keep(start, count: end - start)
        return
      }
      finishCarried(with: start, count: lineFeed - start, into: &consumer)
      start = lineFeed + 1
    }
    while let lineFeed = Self.lineFeed(from: start, to: end) {
      emit(start, count: lineFeed - start, lineEnd: 1, into: &consumer)
      start = lineFeed + 1
    }
    if start < end { keep(start, count: end - start) }
  }

  /// Passes on the last record if it has no line feed. Empty lines that no record follows are left out.
  mutating func finish(into consumer: inout some RecordConsumer & ~Copyable) {
    if skippedBytes > 0 {
      emitSkipped(lineEnd: 0, into: &consumer)
    } else if carryCount > 0 {
      let count = carryCount
      carryCount = 0
      emit(carry, count: count, lineEnd: 0, into: &consumer)
    }
  }

  @inline(__always)
  private static func lineFeed(
    from start: UnsafeMutablePointer<UInt8>, to end: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8>? {
    guard start < end, let found = memchr(start, 0x0A, end - start) else { return nil }
    return found.assumingMemoryBound(to: UInt8.self)
  }

  @inline(__always)
  private mutating func emit(
    _ text: UnsafeMutablePointer<UInt8>, count: Int, lineEnd: Int,
    into consumer: inout some RecordConsumer & ~Copyable
  ) {
    if count <= 1 && (count == 0 || text[0] == EmptyLines.carriageReturn) {
      return keepEmptyLine(bytes: count, into: &consumer)
    }
    if !emptyLines.isEmpty { emitEmptyLines(into: &consumer) }
    pass(text, count: count, lineEnd: lineEnd, into: &consumer)
  }

  @inline(__always)
  private mutating func pass(
    _ text: UnsafeMutablePointer<UInt8>, count: Int, lineEnd: Int,
    into consumer: inout some RecordConsumer & ~Copyable
  ) {
    if count > recordBytesMax {
      consumer.skipTooLong(bytes: count, at: position)
    } else {
      text[count] = 0
      consumer.consume(text, count: count, at: position)
    }
    position.record += 1
    position.byteOffset += count + lineEnd
  }

  @inline(never)
  private mutating func keepEmptyLine(
    bytes: Int, into consumer: inout some RecordConsumer & ~Copyable
  ) {
    emptyLines.add(bytes: bytes)
    if emptyLines.isFull { emitEmptyLines(into: &consumer) }
  }

  /// Passes on the empty lines as records, because a record follows them or they are too many to keep.
  @inline(never)
  private mutating func emitEmptyLines(into consumer: inout some RecordConsumer & ~Copyable) {
    for run in emptyLines.runs {
      for _ in 0..<run.count {
        emptyLines.text[0] = EmptyLines.carriageReturn
        pass(emptyLines.text, count: run.bytes, lineEnd: 1, into: &consumer)
      }
    }
    emptyLines.removeAll()
  }

  private mutating func finishCarried(
    with text: UnsafeMutablePointer<UInt8>, count: Int,
    into consumer: inout some RecordConsumer & ~Copyable
  ) {
    if skippedBytes == 0 && carryCount <= Block.headroom {
      let joined = text - carryCount
      joined.update(from: carry, count: carryCount)
      let total = carryCount + count
      carryCount = 0
      emit(joined, count: total, lineEnd: 1, into: &consumer)
      return
    }
    keep(text, count: count)
    if skippedBytes > 0 {
      emitSkipped(lineEnd: 1, into: &consumer)
    } else {
      let total = carryCount
      carryCount = 0
      emit(carry, count: total, lineEnd: 1, into: &consumer)
    }
  }

  private mutating func emitSkipped(
    lineEnd: Int, into consumer: inout some RecordConsumer & ~Copyable
  ) {
    if !emptyLines.isEmpty { emitEmptyLines(into: &consumer) }
    consumer.skipTooLong(bytes: skippedBytes, at: position)
    position.record += 1
    position.byteOffset += skippedBytes + lineEnd
    skippedBytes = 0
  }

  /// Keeps a piece of an unfinished record, or only counts its bytes once the record is too long.
  private mutating func keep(_ text: UnsafeMutablePointer<UInt8>, count: Int) {
    if skippedBytes == 0 && carryCount + count <= recordBytesMax {
      reserve(carryCount + count)
      (carry + carryCount).update(from: text, count: count)
      carryCount += count
      return
    }
    if skippedBytes == 0 {
      skippedBytes = carryCount
      carryCount = 0
    }
    skippedBytes += count
  }

  private mutating func reserve(_ count: Int) {
    guard count > carryCapacity else { return }
    let capacity = max(count, min(carryCapacity * 2, recordBytesMax))
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + Block.padding)
    larger.update(from: carry, count: carryCount)
    carry.deallocate()
    carry = larger
    carryCapacity = capacity
  }
}
