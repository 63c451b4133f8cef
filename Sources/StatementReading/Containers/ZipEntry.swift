/// One line of a zip archive's central directory.
///
/// Source: PKWARE, APPNOTE.TXT, sections 4.3.12, 4.4 and 4.5.3.
struct ZipEntry {
  static let signature: [UInt8] = [0x50, 0x4B, 0x01, 0x02]
  private static let zip64 = 0x0001
  private static let unixHost = 3
  private static let linkMode = 0o120000
  private static let typeMask = 0o170000

  /// Where its line begins in the archive.
  let position: Int
  let host: Int
  let flags: Int
  let method: Int
  let crc: UInt32
  let attributes: Int
  let name: [UInt8]
  private(set) var compressedSize: Int
  private(set) var size: Int
  private(set) var headerOffset: Int
  private(set) var disk: Int

  /// Reads the next line; `nil` if it is malformed.
  init?(_ reader: inout ByteReader) {
    position = reader.position
    guard reader.skip(Self.signature), reader.number(1) != nil, let host = reader.number(1),
      reader.number(2) != nil, let flags = reader.number(2), let method = reader.number(2),
      reader.number(4) != nil, let crc = reader.number(4),
      let compressedSize = reader.number(4), let size = reader.number(4),
      let nameCount = reader.number(2), let extraCount = reader.number(2),
      let commentCount = reader.number(2), let disk = reader.number(2), reader.number(2) != nil,
      let attributes = reader.number(4), let headerOffset = reader.number(4),
      let name = reader.slice(nameCount), let extra = reader.slice(extraCount),
      reader.slice(commentCount) != nil
    else { return nil }
    self.host = host
    self.flags = flags
    self.method = method
    self.crc = UInt32(truncatingIfNeeded: crc)
    self.attributes = attributes
    self.name = Array(name)
    self.compressedSize = compressedSize
    self.size = size
    self.headerOffset = headerOffset
    self.disk = disk
    guard readZip64(Array(extra)) else { return nil }
  }

  /// Whether it stands for a directory.
  var isDirectory: Bool { name.last == UInt8(ascii: "/") || name.last == UInt8(ascii: "\\") }

  /// Whether it is a symbolic link, whose contents are a path.
  var isLink: Bool { host == Self.unixHost && attributes >> 16 & Self.typeMask == Self.linkMode }

  /// Whether its contents, or the directory itself, are encrypted.
  var isEncrypted: Bool { flags & 0x2041 != 0 || method == 99 }

  /// Whether its local header may leave sizes and checksum to a record behind the data.
  var hasDescriptor: Bool { flags & 0x0008 != 0 }

  /// Replaces what is too large for 32 bits by what the extra field has instead.
  private mutating func readZip64(_ extra: [UInt8]) -> Bool {
    let isNeeded =
      size == 0xFFFF_FFFF || compressedSize == 0xFFFF_FFFF || headerOffset == 0xFFFF_FFFF
      || disk == 0xFFFF
    guard isNeeded else { return true }
    guard var fields = ByteReader(extra, from: 0) else { return false }
    while let identifier = fields.number(2), let count = fields.number(2),
      let field = fields.slice(count)
    {
      guard identifier == Self.zip64, var values = ByteReader(Array(field), from: 0) else {
        continue
      }
      func value(_ old: Int, _ marker: Int, _ bytes: Int) -> Int? {
        old == marker ? values.number(bytes) : old
      }
      guard let size = value(size, 0xFFFF_FFFF, 8),
        let compressedSize = value(compressedSize, 0xFFFF_FFFF, 8),
        let headerOffset = value(headerOffset, 0xFFFF_FFFF, 8),
        let disk = value(disk, 0xFFFF, 4)
      else { return false }
      (self.size, self.compressedSize) = (size, compressedSize)
      (self.headerOffset, self.disk) = (headerOffset, disk)
      return true
    }
    return false
  }
}
