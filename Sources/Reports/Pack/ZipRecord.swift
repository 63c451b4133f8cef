import FileInput

/// What an archive says about a member: in the header before its data, and in the directory.
struct ZipRecord {
  /// The versions of the format that a reader must know: with directories and Deflate, and with 64 bits.
  private static let versions: (plain: UInt16, long: UInt16) = (20, 45)
  /// Unix, whose file modes the directory has.
  private static let host: UInt16 = 3
  private static let deflated: UInt16 = 8
  /// A regular file that its owner may write and everybody may read.
  private static let mode: UInt32 = 0o100644
  /// 1 January 1980, the format's first date: the members have no time of their own.
  private static let firstDate: UInt16 = 1 << 5 | 1
  private static let sizeMax = Int(ZipSignature.in64Bits)

  let name: [UInt8]
  /// Where its header is.
  let offset: Int
  /// Whether its header has sizes of 64 bits.
  var hasLongHeader = false
  var crc: UInt32 = 0
  var size = 0
  var compressedSize = 0

  init(name: [UInt8], offset: Int) {
    self.name = name
    self.offset = offset
  }

  /// Whether its sizes need 64 bits.
  var needsLongHeader: Bool { max(size, compressedSize) >= Self.sizeMax }

  /// The header before the data.
  var header: [UInt8] {
    var bytes = ZipBytes(ZipSignature.member)
    bytes.add(hasLongHeader ? Self.versions.long : Self.versions.plain)
    addCommon(to: &bytes, isLong: hasLongHeader)
    bytes.add(UInt16(name.count))
    bytes.add(UInt16(hasLongHeader ? 20 : 0))
    bytes.bytes += name
    if hasLongHeader { bytes.addExtra64([size, compressedSize]) }
    return bytes.bytes
  }

  /// Its line in the directory.
  var directoryLine: [UInt8] {
    var long = needsLongHeader ? [size, compressedSize] : []
    if offset >= Self.sizeMax { long.append(offset) }
    let version = long.isEmpty ? Self.versions.plain : Self.versions.long
    var bytes = ZipBytes(ZipSignature.entry)
    bytes.add(Self.host << 8 | version)
    bytes.add(hasLongHeader ? Self.versions.long : version)
    addCommon(to: &bytes, isLong: needsLongHeader)
    bytes.add(UInt16(name.count))
    bytes.add(UInt16(long.isEmpty ? 0 : 4 + 8 * long.count))
    for _ in 0..<3 { bytes.add(UInt16(0)) }
    bytes.add(Self.mode << 16)
    bytes.add(UInt32(min(offset, Self.sizeMax)))
    bytes.bytes += name
    if !long.isEmpty { bytes.addExtra64(long) }
    return bytes.bytes
  }

  /// Flags, method, time, checksum and sizes.
  private func addCommon(to bytes: inout ZipBytes, isLong: Bool) {
    bytes.add(UInt16(0))
    bytes.add(Self.deflated)
    bytes.add(UInt16(0))
    bytes.add(Self.firstDate)
    bytes.add(crc)
    for size in [compressedSize, size] {
      bytes.add(isLong ? ZipSignature.in64Bits : UInt32(truncatingIfNeeded: size))
    }
  }

  /// What follows the directory: where it is, and how many lines it has.
  static func end(entryCount: Int, start: Int, end: Int) -> [UInt8] {
    let size = end - start
    let isLong = entryCount >= 0xFFFF || start >= sizeMax || size >= sizeMax
    var bytes = ZipBytes([])
    if isLong {
      bytes.bytes += ZipSignature.end64
      bytes.add(UInt64(44))
      bytes.add(host << 8 | versions.long)
      bytes.add(versions.long)
      bytes.add(UInt64(0))
      for number in [entryCount, entryCount, size, start] { bytes.add(UInt64(number)) }
      bytes.bytes += ZipSignature.locator64
      bytes.add(UInt32(0))
      bytes.add(UInt64(end))
      bytes.add(UInt32(1))
    }
    bytes.bytes += ZipSignature.end
    bytes.add(UInt32(0))
    for _ in 0..<2 { bytes.add(UInt16(min(entryCount, 0xFFFF))) }
    for number in [size, start] { bytes.add(UInt32(min(number, sizeMax))) }
    bytes.add(UInt16(0))
    return bytes.bytes
  }
}

/// The bytes of a record, whose numbers begin with their lowest byte.
private struct ZipBytes {
  var bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func add(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// The extra field with what does not fit in 32 bits.
  mutating func addExtra64(_ numbers: [Int]) {
    add(ZipSignature.extra64)
    add(UInt16(8 * numbers.count))
    for number in numbers { add(UInt64(number)) }
  }
}
