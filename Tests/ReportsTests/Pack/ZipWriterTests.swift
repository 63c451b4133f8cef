import Crypto
import Foundation
import Testing

@testable import Reports

@Suite("A zip archive that is written")
struct ZipWriterTests {
  /// A directory for archives, removed afterwards.
  private final class Place {
    let root = NSTemporaryDirectory() + "tieout-zip-" + UUID().uuidString
    var path: String { "\(root)/below/pack.zip" }

    deinit {
      try? FileManager.default.removeItem(atPath: root)
    }

    func bytes(_ path: String? = nil) throws -> Data {
      try Data(contentsOf: URL(fileURLWithPath: path ?? self.path))
    }

    /// What `unzip`, which shares no code with the writer, takes out of the archive.
    func unpacked(_ name: String) throws -> Data {
      let directory = "\(root)/unpacked"
      if !FileManager.default.fileExists(atPath: directory) {
        try Program.run("unzip", ["-q", "-d", directory, path])
      }
      return try bytes("\(directory)/\(name)")
    }
  }

  static let hasUnzip = Program.path("unzip") != nil

  /// Text that compresses, of about so many bytes.
  private static func text(_ bytes: Int) -> [UInt8] {
    var number: UInt64 = 1
    return (0..<bytes).map { index in
      if index % 16 == 0 { number = number &* 6_364_136_223_846_793_005 &+ 1 }
      return UInt8(ascii: "a") + UInt8(number >> 59) % 16
    }
  }

  private static func sha256(_ bytes: Data) -> String {
    SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
  }

  private func write(
    _ place: Place, _ members: [(String, [UInt8])], heldBytesMax: Int = ZipWriter.heldBytesMax
  ) throws -> String {
    let zip = try ZipWriter(place.path, heldBytesMax: heldBytesMax)
    for (name, content) in members { _ = try zip.add(name) { try $0.write(content) } }
    return try zip.finish()
  }

  @Test(
    "has its members, whether their data is held back or not",
    .enabled(if: hasUnzip, "unzip is not installed"), arguments: [ZipWriter.heldBytesMax, 1_000])
  func membersComeBack(heldBytesMax: Int) throws {
    let place = Place()
    let members: [(String, [UInt8])] = [
      ("index.html", Array("<p>ä</p>".utf8)), ("empty.csv", []),
      ("b/large.csv", Self.text(400_000)),
      ("b/a.csv", Self.text(999)), ("SHA256SUMS", Self.text(60)),
    ]
    _ = try write(place, members, heldBytesMax: heldBytesMax)
    try Program.run("unzip", ["-t", "-qq", place.path])
    for (name, content) in members {
      #expect(try place.unpacked(name) == Data(content), "\(name)")
    }
    let archive = try place.bytes()
    // Only members whose data is not held back have room for 64-bit sizes: their version is 4.5.
    let versions = [UInt8](archive).indices.dropLast(5).filter {
      archive[$0..<($0 + 4)].elementsEqual([0x50, 0x4B, 0x03, 0x04])
    }.map { archive[$0 + 4] }
    #expect(versions.count == members.count)
    #expect(versions.contains(45) == (heldBytesMax == 1_000))
  }

  @Test("has the same bytes for the same members, and says their digest")
  func sameMembersGiveSameBytes() throws {
    let (first, second) = (Place(), Place())
    let members = [("a.csv", Self.text(70_000)), ("b.csv", Self.text(5))]
    let digest = try write(first, members)
    #expect(try write(second, members) == digest)
    #expect(try first.bytes() == second.bytes())
    #expect(digest == Self.sha256(try first.bytes()))
  }

  @Test("has more than 65,535 members", .enabled(if: hasUnzip, "unzip is not installed"))
  func manyMembersAreCounted() throws {
    let place = Place()
    let zip = try ZipWriter(place.path)
    for number in 0..<70_000 { _ = try zip.add("\(number)") { try $0.write("\(number)") } }
    _ = try zip.finish()
    try Program.run("unzip", ["-t", "-qq", place.path])
    try Program.run("unzip", ["-q", "-d", "\(place.root)/one", place.path, "69999"])
    #expect(try place.bytes("\(place.root)/one/69999") == Data("69999".utf8))
  }

  @Test("is not there until it is whole, and leaves nothing if it never is")
  func halfAnArchiveIsNotPublished() throws {
    let place = Place()
    _ = try write(place, [("a", [1])])
    let before = try place.bytes()
    do {
      let zip = try ZipWriter(place.path)
      _ = try zip.add("a") { try $0.write(Self.text(500_000)) }
      #expect(try place.bytes() == before)
    }
    #expect(try place.bytes() == before)
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(place.root)/below")
    #expect(names == ["pack.zip"])
  }

  @Test("is refused to a second run, and written over what a killed one left")
  func secondRunIsRefused() throws {
    let place = Place()
    try FileManager.default.createDirectory(
      atPath: "\(place.root)/below", withIntermediateDirectories: true)
    try Data(Self.text(5_000)).write(to: URL(fileURLWithPath: "\(place.root)/below/.pack.zip.new"))
    let zip = try ZipWriter(place.path)
    #expect(throws: ReportError.self) { try ZipWriter(place.path) }
    _ = try zip.add("a") { try $0.write("content") }
    _ = try zip.finish()
    #expect(try place.bytes().count < 200)
    #expect(try write(place, [("a", Array("content".utf8))]) == Self.sha256(place.bytes()))
  }

  @Test("that cannot be written is an error that names the file")
  func unwritableFileIsNamed() throws {
    let error = #expect(throws: ReportError.self) { try ZipWriter("/dev/null/pack.zip") }
    #expect(error?.path.hasPrefix("/dev/null") == true)
  }

  @Test("whose sizes need 64 bits says so in header, directory and end")
  func largeSizesHaveExtraFields() {
    var record = ZipRecord(name: [0x61], offset: 5_000_000_000)
    (record.size, record.compressedSize) = (6_000_000_000, 7)
    #expect(record.needsLongHeader)
    record.hasLongHeader = true
    let size: [UInt8] = [0x00, 0xBC, 0xA0, 0x65, 0x01, 0, 0, 0]
    #expect(record.header.suffix(20) == [1, 0, 16, 0] + size + [7, 0, 0, 0, 0, 0, 0, 0])
    let offset: [UInt8] = [0x00, 0xF2, 0x05, 0x2A, 0x01, 0, 0, 0]
    #expect(
      record.directoryLine.suffix(28) == [1, 0, 24, 0] + size + [7, 0, 0, 0, 0, 0, 0, 0] + offset)
    let end = ZipRecord.end(entryCount: 1, start: 5_000_000_000, end: 5_000_000_100)
    #expect(end.count == 56 + 20 + 22)
    #expect(end[48..<56].elementsEqual(offset))
    #expect(ZipRecord.end(entryCount: 1, start: 0, end: 50).count == 22)
  }
}
