/// Writes one part: records are appended to its buffer and leave for the file in large chunks.
final class PartWriter {
  private static let flushBytes = 1 << 18

  /// Its file name, such as `part-00000.ndjson.gz`.
  let name: String
  /// Where the next record goes.
  let buffer = ByteBuffer(capacity: PartWriter.flushBytes + 65_536)
  /// How many records it has, readable or not.
  private(set) var recordCount = 0
  /// How many of them are readable.
  var entryCount = 0
  /// How many bytes they take before compression.
  private(set) var recordBytes = 0
  private let form: PartForm
  private let sink: FileSink
  private let deflater: GzipDeflater?

  /// Creates the part in its directory.
  init(index: Int, directory: String, form: PartForm, options: DemoOptions) throws {
    self.form = form
    name = form.name(index: index, isCompressed: options.isCompressed)
    sink = try FileSink(path: "\(directory)/\(name)", isHashed: options.writesManifests)
    deflater =
      options.isCompressed ? try GzipDeflater(level: options.compressionLevel) : nil
  }

  /// Makes room for a record.
  func beginRecord() throws {
    if recordCount == 0 && form.hasByteOrderMark { buffer.append([0xEF, 0xBB, 0xBF]) }
    if buffer.count > Self.flushBytes { try flush() }
  }

  /// Counts the record that was appended.
  func endRecord() {
    recordCount += 1
  }

  /// Ends the gzip member; the next record begins another.
  func startMember() throws {
    try flush()
    try deflater?.finishMember(into: sink)
  }

  /// Finishes the file.
  func finish() throws -> PartTotals {
    if form.lacksLastLineFeed && buffer.count > 0 { buffer.removeLast(1) }
    if form.endsWithEmptyLines && recordCount > 0 { buffer.append(text: "\n\r\n") }
    try flush()
    try deflater?.finishMember(into: sink)
    let sha256 = try sink.finish()
    return PartTotals(
      file: name, bytes: sink.byteCount, sha256: sha256, entryCount: entryCount)
  }

  private func flush() throws {
    recordBytes += buffer.count
    if let deflater {
      try deflater.deflate(buffer.bytes, into: sink)
    } else {
      try sink.write(buffer.bytes)
    }
    buffer.removeAll()
  }
}

/// A part's entry in the manifest.
struct PartTotals {
  /// Its file name.
  let file: String
  /// The size of the file.
  let bytes: Int
  /// The SHA-256 of the file.
  let sha256: String
  /// Its readable records.
  let entryCount: Int
}
