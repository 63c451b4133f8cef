/// A file in a zip archive.
struct ZipMember {
  private static let headerSignature: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  private static let stored = 0
  private static let deflated = 8
  /// The other methods that archives use, by number.
  ///
  /// Source: PKWARE, APPNOTE.TXT, section 4.4.5.
  private static let methods = [
    1: "Shrink", 6: "Implode", 9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "XZ",
    96: "JPEG", 97: "WavPack", 98: "PPMd",
  ]

  let entry: ZipEntry
  /// Its name in reports: a relative path within the archive.
  let name: String
  /// Where its local header and its data are in the archive.
  let extent: Range<Int>
  private let data: ArraySlice<UInt8>

  /// Reads the member's local header, which must agree with the directory.
  init(_ entry: ZipEntry, in bytes: [UInt8]) throws(StatementFault) {
    guard let data = Self.data(of: entry, in: bytes) else {
      throw StatementFault(
        "has a zip member whose header is missing or contradicts the archive's directory. "
          + "Ask the bank to deliver it again.", byteOffset: entry.position)
    }
    self.entry = entry
    self.data = data
    name = ZipMemberName.clean(entry.name)
    extent = entry.headerOffset..<data.endIndex
  }

  private static func data(of entry: ZipEntry, in bytes: [UInt8]) -> ArraySlice<UInt8>? {
    guard var reader = ByteReader(bytes, from: entry.headerOffset), reader.skip(headerSignature),
      reader.number(2) != nil, let flags = reader.number(2), let method = reader.number(2),
      reader.number(4) != nil, let crc = reader.number(4),
      let compressedSize = reader.number(4), let size = reader.number(4),
      let nameCount = reader.number(2), let extraCount = reader.number(2),
      let name = reader.slice(nameCount), reader.slice(extraCount) != nil,
      let data = reader.slice(entry.compressedSize)
    else { return nil }
    guard name.elementsEqual(entry.name), method == entry.method,
      (flags ^ entry.flags) & 0x0009 == 0
    else { return nil }
    let agrees =
      crc == Int(entry.crc) && [entry.size, 0xFFFF_FFFF].contains(size)
      && [entry.compressedSize, 0xFFFF_FFFF].contains(compressedSize)
    return agrees || entry.hasDescriptor || entry.isEncrypted ? data : nil
  }

  /// Whether it holds no statement: a directory, or what a desktop leaves in archives.
  var isIgnored: Bool {
    if entry.isDirectory && entry.size == 0 { return true }
    let parts = name.split(separator: "/")
    return parts.contains("__MACOSX") || parts.contains { $0.hasPrefix(".") }
  }

  /// The member's bytes.
  ///
  /// - Throws: a fault if they cannot be read as the archive keeps them.
  func source() throws(StatementFault) -> any ByteSource {
    func refuse(_ message: String) -> StatementFault {
      StatementFault(message, byteOffset: entry.headerOffset)
    }
    if entry.isEncrypted {
      throw refuse("is encrypted in its zip archive. Decrypt it before it is put here.")
    }
    if entry.isLink {
      throw refuse("is a symbolic link in its zip archive. Ask for the file itself.")
    }
    switch entry.method {
    case Self.stored:
      guard entry.size == data.count else {
        throw refuse(
          "has another size than its zip archive says. Ask for the file again.")
      }
      return ZipMemberSource(data, size: entry.size, crc: entry.crc, isDeflated: false)
    case Self.deflated:
      return ZipMemberSource(data, size: entry.size, crc: entry.crc, isDeflated: true)
    default:
      let method = Self.methods[entry.method].map { "with \($0)" } ?? "by method \(entry.method)"
      throw refuse(
        "is compressed \(method) in its zip archive. Ask for an archive that uses Deflate.")
    }
  }
}
