/// A zip archive that is in memory.
///
/// Its central directory is compared with every member's own header, and no two members may share a
/// byte: what two programs would unpack differently is refused.
///
/// Source: PKWARE, APPNOTE.TXT, version 6.3.10.
struct ZipArchive {
  /// The most members that are read.
  static let membersMax = 10_000
  /// How an archive begins: with a member, or, if it is empty, with its directory's end.
  static let magics: [[UInt8]] = [
    [0x50, 0x4B, 0x03, 0x04], [0x50, 0x4B, 0x05, 0x06], [0x50, 0x4B, 0x07, 0x08],
  ]

  /// The members that may be statements, in the order of the directory, with names told apart.
  let members: [(name: String, member: ZipMember)]

  /// - Parameters:
  ///   - bytes: the archive.
  ///   - bytesMax: the most bytes that its members together may have once inflated.
  /// - Throws: a fault of the archive as a whole.
  init(_ bytes: [UInt8], bytesMax: Int) throws(StatementFault) {
    let directory = try ZipDirectory(bytes, entriesMax: Self.membersMax)
    var all: [ZipMember] = []
    var size = 0
    for entry in directory.entries {
      guard entry.disk == 0 else {
        throw StatementFault(
          "is one part of a zip archive in several files. Have the bank deliver one file.",
          byteOffset: entry.position)
      }
      all.append(try ZipMember(entry, in: bytes))
      let (sum, isTooLarge) = size.addingReportingOverflow(entry.size)
      guard !isTooLarge, sum <= bytesMax else {
        throw StatementFault(
          "has members of more than \(bytesMax) bytes once inflated. Ask for smaller archives.",
          byteOffset: entry.position)
      }
      size = sum
    }
    try Self.checkExtents(all.map(\.extent), before: directory.start)
    if let document = Self.document(all) {
      throw StatementFault(
        "is \(document), not a statement. Ask the bank for camt.053, MT940, BAI2, OFX or CSV.")
    }
    let kept = all.filter { !$0.isIgnored }
    guard !kept.isEmpty else {
      throw StatementFault("is a zip archive without files. Ask the bank to deliver it again.")
    }
    members = Array(zip(ZipMemberName.distinct(kept.map(\.name)), kept)).map {
      (name: $0, member: $1)
    }
  }

  /// - Throws: a fault if two members share a byte, or one reaches into the directory.
  private static func checkExtents(
    _ extents: [Range<Int>], before end: Int
  ) throws(StatementFault) {
    var position = 0
    for extent in extents.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      guard extent.lowerBound >= position, extent.upperBound <= end else {
        throw StatementFault(
          "has zip members that overlap, as no honest archive has. Find out who made this file.",
          byteOffset: extent.lowerBound)
      }
      position = extent.upperBound
    }
  }

  /// What the archive is, if it is an office document.
  private static func document(_ members: [ZipMember]) -> String? {
    let names = Set(members.map(\.name))
    if names.contains("[Content_Types].xml") {
      if names.contains("xl/workbook.xml") { return "an Excel workbook" }
      return names.contains("word/document.xml") ? "a Word document" : "an Office document"
    }
    return names.contains("META-INF/manifest.xml") && names.contains("mimetype")
      ? "an OpenDocument file" : nil
  }
}
