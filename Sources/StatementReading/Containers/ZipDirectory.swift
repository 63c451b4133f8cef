/// The central directory of a zip archive, which alone says what is in it.
///
/// Source: PKWARE, APPNOTE.TXT, sections 4.3.14 to 4.3.16.
struct ZipDirectory {
  private static let endSignature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
  private static let end64Signature: [UInt8] = [0x50, 0x4B, 0x06, 0x06]
  private static let locatorSignature: [UInt8] = [0x50, 0x4B, 0x06, 0x07]
  private static let endBytes = 22
  private static let locatorBytes = 20
  private static let commentBytesMax = 0xFFFF

  /// Its lines, in their order.
  let entries: [ZipEntry]
  /// Where it begins; everything before it is the members'.
  let start: Int

  /// Where the directory is, and how many entries it has.
  private struct Bounds {
    var entryCount: Int
    var size: Int
    var start: Int
    /// Where the record begins that says so.
    var end: Int
  }

  /// - Parameter entriesMax: the most entries that it may have.
  init(_ bytes: [UInt8], entriesMax: Int) throws(StatementFault) {
    let bounds = try Self.bounds(bytes)
    guard bounds.size <= bounds.end, bounds.start == bounds.end - bounds.size,
      var reader = ByteReader(bytes, from: bounds.start, count: bounds.size)
    else {
      throw StatementFault(
        "has a zip directory that is not where the archive says. Ask the bank to deliver it again.",
        byteOffset: bounds.end)
    }
    guard bounds.entryCount <= entriesMax else {
      throw StatementFault(
        "has \(bounds.entryCount) members; \(entriesMax) are read at most. Ask for smaller archives."
      )
    }
    var entries: [ZipEntry] = []
    while reader.bytesLeft > 0, entries.count < bounds.entryCount {
      let position = reader.position
      guard let entry = ZipEntry(&reader) else { throw Self.corrupt(at: position) }
      entries.append(entry)
    }
    guard entries.count == bounds.entryCount, reader.bytesLeft == 0 else {
      throw Self.corrupt(at: reader.position)
    }
    self.entries = entries
    start = bounds.start
  }

  private static func corrupt(at offset: Int) -> StatementFault {
    StatementFault(
      "has a zip directory that is corrupt. Ask the bank to deliver it again.", byteOffset: offset)
  }

  private static func bounds(_ bytes: [UInt8]) throws(StatementFault) -> Bounds {
    let end = try endRecord(bytes)
    guard var reader = ByteReader(bytes, from: end + 4), let disk = reader.number(2),
      let directoryDisk = reader.number(2), let here = reader.number(2),
      let entryCount = reader.number(2), let size = reader.number(4),
      let start = reader.number(4)
    else { throw corrupt(at: end) }
    if let bounds = try bounds64(bytes, end) { return bounds }
    guard disk == 0, directoryDisk == 0, here == entryCount else { throw split(at: end) }
    return Bounds(entryCount: entryCount, size: size, start: start, end: end)
  }

  /// The position of the record that ends the archive; a comment of its own may follow.
  private static func endRecord(_ bytes: [UInt8]) throws(StatementFault) -> Int {
    var position = bytes.count - endBytes
    var other: Int?
    while position >= 0, position >= bytes.count - endBytes - commentBytesMax {
      if bytes[position...].starts(with: endSignature) {
        let comment = Int(bytes[position + 20]) | Int(bytes[position + 21]) << 8
        if position + endBytes + comment == bytes.count { return position }
        other = other ?? position
      }
      position -= 1
    }
    guard let other else {
      throw StatementFault(
        "is a zip archive that is truncated: its directory is missing. Ask for the whole file.",
        byteOffset: bytes.count)
    }
    throw StatementFault(
      "has other data behind its zip archive, or a part of it is missing. "
        + "Ask the bank to deliver it again.", byteOffset: other)
  }

  /// What a zip64 archive says; `nil` if it is none.
  private static func bounds64(
    _ bytes: [UInt8], _ end: Int
  ) throws(StatementFault) -> Bounds? {
    guard var locator = ByteReader(bytes, from: end - locatorBytes, count: locatorBytes),
      locator.skip(locatorSignature)
    else { return nil }
    guard let disk = locator.number(4), let position = locator.number(8),
      let diskCount = locator.number(4), position < end,
      var reader = ByteReader(bytes, from: position), reader.skip(end64Signature),
      let recordSize = reader.number(8), recordSize == end - locatorBytes - position - 12,
      reader.number(4) != nil, let ownDisk = reader.number(4),
      let directoryDisk = reader.number(4), let here = reader.number(8),
      let entryCount = reader.number(8), let size = reader.number(8), let start = reader.number(8)
    else { throw corrupt(at: end - locatorBytes) }
    guard disk == 0, diskCount <= 1, ownDisk == 0, directoryDisk == 0, here == entryCount else {
      throw split(at: position)
    }
    return Bounds(entryCount: entryCount, size: size, start: start, end: position)
  }

  private static func split(at offset: Int) -> StatementFault {
    StatementFault(
      "is one part of a zip archive in several files. Have the bank deliver one file.",
      byteOffset: offset)
  }
}
