import Digests
public import LedgerDomain
public import Workers

/// Receives the records of a part, one by one and in order.
public protocol RecordSink: AnyObject {
  /// A record that is a journal entry; valid until the call returns.
  func accept(_ entry: JournalEntry, at position: RecordPosition)
  /// A record that is not a valid entry. `text` is valid until the call returns.
  func reject(
    _ fault: RecordFault, text: UnsafeBufferPointer<UInt8>, at position: RecordPosition)
  /// A record longer than the limit, whose text was not kept.
  func rejectTooLong(bytes: Int, at position: RecordPosition)
}

/// What was read from a part, for the store and for comparison with the manifest.
public struct PartSummary: Hashable, Sendable {
  /// The part's name.
  public var file: String
  /// Its size on disk, in bytes.
  public var bytes: Int
  /// The SHA-256 of the file on disk, in lower-case hexadecimal.
  public var sha256: String
  /// The number of records.
  public var records: Int
  /// The size once inflated, in bytes.
  public var recordBytes: Int
  /// Whether it begins with a byte order mark, which was skipped.
  public var hasByteOrderMark: Bool

  /// A summary with these values.
  public init(
    file: String, bytes: Int, sha256: String, records: Int, recordBytes: Int,
    hasByteOrderMark: Bool = false
  ) {
    self.file = file
    self.bytes = bytes
    self.sha256 = sha256
    self.records = records
    self.recordBytes = recordBytes
    self.hasByteOrderMark = hasByteOrderMark
  }
}

/// Streams one part: inflates it, splits it into records, and passes on each as an entry or a fault.
///
/// Memory does not depend on the part's size: it is one block plus at most one record.
public enum PartReader {
  /// Reads a part to its end.
  ///
  /// - Parameters:
  ///   - part: the file, plain or gzip, whatever its name.
  ///   - limits: the largest part and record.
  ///   - resources: cores and memory; the caller has already taken its own core from them.
  ///   - meter: counts what is read.
  ///   - sink: receives every record. If this throws, the caller must discard what it received.
  /// - Throws: `ReadingError` if the file cannot be read, is incomplete, inflates past the limit, or is
  ///   not text in UTF-8.
  public static func read(
    _ part: ExportPart, limits: ReadLimits,
    resources: ReadingResources = ReadingResources(budget: CoreBudget(cores: 1)),
    meter: ReadingMeter? = nil, into sink: some RecordSink
  ) throws(ReadingError) -> PartSummary {
    var file = try PartFile(path: part.path, name: part.name)
    switch try Compression.of(&file, path: part.path) {
    case .none:
      let source = BlockSource(PlainInflater(file), resources: resources)
      return try read(source, resources, part, limits: limits, meter: meter, into: sink)
    case .gzip:
      let source = BlockSource(try GzipInflater(file, resources: resources), resources: resources)
      return try read(source, resources, part, limits: limits, meter: meter, into: sink)
    }
  }

  private static func read(
    _ source: BlockSource<some Inflater & ~Copyable>, _ resources: ReadingResources,
    _ part: ExportPart, limits: ReadLimits, meter: ReadingMeter?, into sink: some RecordSink
  ) throws(ReadingError) -> PartSummary {
    defer { source.stop() }
    var splitter = RecordSplitter(recordBytesMax: limits.recordBytesMax)
    var consumer = DecodingConsumer(sink: sink)
    var digest = PartDigest()
    var inflated = 0
    var hasByteOrderMark = false
    var counted = (bytes: 0, records: 0)
    func count() {
      let now = (bytes: digest.byteCount, records: splitter.recordCount)
      meter?.add(bytes: now.bytes - counted.bytes, records: now.records - counted.records)
      counted = now
    }
    while let block = try source.next() {
      var first = 0
      if inflated == 0 {
        hasByteOrderMark = try beginsWithByteOrderMark(block, of: part)
        first = hasByteOrderMark ? ByteOrderMark.utf8.count : 0
      }
      inflated += block.count
      guard inflated <= limits.partBytesMax else {
        throw ReadingError(
          .inflatedTooLarge, file: part.name, byteOffset: digest.byteCount,
          message: "inflates to more than \(limits.partBytesMax) bytes. If that size is right, "
            + "raise part_bytes_max.")
      }
      digest.add(block, returningChunksTo: resources)
      splitter.split(block, from: first, into: &consumer)
      source.giveBack(block)
      count()
    }
    splitter.finish(into: &consumer)
    count()
    return PartSummary(
      file: part.name, bytes: digest.byteCount, sha256: digest.hexadecimal(),
      records: splitter.recordCount, recordBytes: inflated, hasByteOrderMark: hasByteOrderMark)
  }

  /// Whether a part's first block begins with a byte order mark.
  ///
  /// - Throws: `ReadingError` if the part is not text in UTF-8.
  private static func beginsWithByteOrderMark(
    _ block: Block, of part: ExportPart
  ) throws(ReadingError) -> Bool {
    let sample = ContentSample(UnsafeBufferPointer(start: block.start, count: block.count))
    if let fault = sample.fault(of: part.name) { throw fault }
    return sample.hasByteOrderMark
  }
}

/// The SHA-256 of a part on disk, computed by the thread that reads the records.
private struct PartDigest {
  private var hasher = SHA256()
  private(set) var byteCount = 0

  /// Adds the pieces of the file that a block used up.
  mutating func add(_ block: Block, returningChunksTo resources: ReadingResources) {
    if block.isFileContent {
      hasher.update(UnsafeRawBufferPointer(rebasing: block.space[..<block.count]))
      byteCount += block.count
    }
    for chunk in block.chunks {
      hasher.update(chunk.bytes)
      byteCount += chunk.count
    }
    resources.giveBack(block.chunks)
    block.chunks.removeAll(keepingCapacity: true)
  }

  func hexadecimal() -> String { Hexadecimal.text(hasher.finalize()) }
}

/// Decodes records and passes them to the sink.
private struct DecodingConsumer<Sink: RecordSink>: RecordConsumer, ~Copyable {
  private var decoder = EntryDecoder()
  private let sink: Sink

  init(sink: Sink) { self.sink = sink }

  mutating func consume(
    _ text: UnsafeMutablePointer<UInt8>, count: Int, at position: RecordPosition
  ) {
    switch decoder.decode(text, count: count) {
    case .entry(let entry): sink.accept(entry, at: position)
    case .fault(let fault):
      sink.reject(
        fault, text: UnsafeBufferPointer(start: UnsafePointer(text), count: count), at: position)
    }
  }

  mutating func skipTooLong(bytes: Int, at position: RecordPosition) {
    sink.rejectTooLong(bytes: bytes, at: position)
  }
}

extension ExportPart {
  /// The SHA-256 of the file on disk, in lower-case hexadecimal.
  ///
  /// - Throws: `ReadingError` if it cannot be read.
  public func sha256() throws(ReadingError) -> String {
    var inflater = PlainInflater(try PartFile(path: path, name: name))
    var digest = PartDigest()
    let resources = ReadingResources(budget: CoreBudget(cores: 1))
    let block = resources.takeBlock()
    while true {
      try inflater.inflate(into: block)
      if block.count == 0 { return digest.hexadecimal() }
      digest.add(block, returningChunksTo: resources)
    }
  }
}
