import Deflation
import FileInput

/// Writes a zip archive member by member, with the same bytes for the same members.
///
/// Members have no time but the format's first, and no name that is not given here. A member's data is held
/// back until it ends, so that its header has its sizes; one that is larger goes to the file at once, with
/// room for sizes of 64 bits in its header.
///
/// Source: PKWARE, APPNOTE.TXT, version 6.3.10, sections 4.3 to 4.5.
final class ZipWriter {
  /// How much compressed data of a member is held back.
  static let heldBytesMax = 8 << 20

  private let file: ZipFile
  private let heldBytesMax: Int
  private let deflater: DeflateStream
  private var entries: [ZipRecord] = []

  /// - Parameter path: where the archive goes; its directory is made if it is missing.
  init(_ path: String, heldBytesMax: Int = ZipWriter.heldBytesMax) throws(ReportError) {
    file = try ZipFile(path)
    self.heldBytesMax = heldBytesMax
    guard let deflater = DeflateStream(.raw, level: 6) else {
      throw ReportError(path: path, reason: "there is no memory to compress it")
    }
    self.deflater = deflater
  }

  /// Adds a member.
  ///
  /// - Parameters:
  ///   - name: its path in the archive, in ASCII, which no other member has.
  ///   - write: writes its content.
  /// - Returns: the SHA-256 of its content, in lower-case hexadecimal.
  /// - Throws: `ReportError`, or what `write` throws. The archive cannot be finished then.
  func add(
    _ name: String, _ write: (inout ReportOutput) throws -> Void
  ) throws -> String {
    let member = ZipMemberOutput(name, file, deflater, heldBytesMax: heldBytesMax)
    var output = ReportOutput(to: member, path: "\(file.path): \(name)")
    try write(&output)
    let digest = try output.finish()
    entries.append(try member.finish())
    return digest
  }

  /// Writes the directory, and gives the archive its name.
  ///
  /// - Returns: the SHA-256 of the archive, in lower-case hexadecimal.
  func finish() throws(ReportError) -> String {
    let start = file.count
    for entry in entries.sorted(by: { $0.name.lexicographicallyPrecedes($1.name) }) {
      try file.append(entry.directoryLine)
    }
    try file.append(ZipRecord.end(entryCount: entries.count, start: start, end: file.count))
    return try file.publish()
  }
}

/// A member of an archive that is being written.
private final class ZipMemberOutput: ReportDestination {
  private let file: ZipFile
  private let deflater: DeflateStream
  private let heldBytesMax: Int
  private var record: ZipRecord
  private var held: [UInt8] = []
  /// Whether its header is in the file, with room for sizes of 64 bits.
  private var isStreaming = false

  init(_ name: String, _ file: ZipFile, _ deflater: DeflateStream, heldBytesMax: Int) {
    (self.file, self.deflater, self.heldBytesMax) = (file, deflater, heldBytesMax)
    record = ZipRecord(name: Array(name.utf8), offset: file.count)
  }

  func write(_ bytes: [UInt8]) throws(ReportError) {
    try bytes.withUnsafeBufferPointer { buffer throws(ReportError) in
      let bytes = UnsafeRawBufferPointer(buffer)
      record.crc = crc32(record.crc, bytes)
      record.size += bytes.count
      try deflater.deflate(bytes) { deflated throws(ReportError) in try keep(deflated) }
    }
  }

  func sync() throws(ReportError) {}

  private func keep(_ deflated: UnsafeRawBufferPointer) throws(ReportError) {
    record.compressedSize += deflated.count
    held.append(contentsOf: deflated)
    guard held.count > heldBytesMax else { return }
    if !isStreaming {
      isStreaming = true
      record.hasLongHeader = true
      try file.append(record.header)
    }
    try file.append(held)
    held.removeAll(keepingCapacity: true)
  }

  /// Ends its data.
  ///
  /// - Returns: what the directory says about it.
  func finish() throws(ReportError) -> ZipRecord {
    try deflater.finish { deflated throws(ReportError) in try keep(deflated) }
    if isStreaming {
      try file.replace(record.header, at: record.offset)
    } else {
      record.hasLongHeader = record.needsLongHeader
      try file.append(record.header)
    }
    try file.append(held)
    return record
  }
}
