import LedgerDomain
import ReadingTestSupport
import Testing

@testable import JournalReading

@Suite("Members of gzip data")
struct GzipMemberTests {
  private static let name = "part-00000.ndjson.gz"
  private let folder: ScratchFolder
  private let bytes = Sample.part(8)
  private let records: [PlacedReading]

  init() throws {
    folder = try ScratchFolder()
    records = try folder.read(bytes, as: "part-00000.ndjson").records
  }

  /// The bytes as this many members, cut wherever it falls, also within a record.
  private func members(_ count: Int, level: Int32 = 6) throws -> [[UInt8]] {
    let size = (bytes.count + count - 1) / count
    return try stride(from: 0, to: bytes.count, by: size).map {
      try Gzip.member(bytes[$0..<min($0 + size, bytes.count)], level: level)
    }
  }

  @Test("are read as one", arguments: [1, 2, 3, 50])
  func membersAreReadAsOne(count: Int) throws {
    let read = try folder.read(members(count).joined(), as: Self.name)
    #expect(read.records == records)
    #expect(read.receipt.recordBytes == bytes.count)
  }

  @Test("may be empty: first, in between, last and alone")
  func emptyMembersAreAccepted() throws {
    let empty = try Gzip.member([])
    let halves = try members(2)
    for place in 0...2 {
      var members = halves
      members.insert(empty, at: place)
      #expect(try folder.read(members.joined(), as: Self.name).records == records, "\(place)")
    }
    let alone = try folder.read(empty, as: Self.name)
    #expect(alone.records == [])
    #expect(alone.receipt.records == 0)
    #expect(alone.receipt.bytes == empty.count)
    #expect(try folder.read(empty + empty, as: Self.name).records == [])
  }

  @Test("are each read to their end: a file cut within one is refused")
  func fileThatEndsInsideAMemberIsRefused() throws {
    let members = try members(3)
    let whole = Array(members.joined())
    let ends = [members[0].count, members[0].count + members[1].count]
    for count in 0..<whole.count where !ends.contains(count) {
      let error = try folder.readingError(whole[..<count], as: Self.name)
      #expect(error?.code == .truncatedGzip, "\(count) bytes")
    }
    for end in ends {
      let records = try folder.read(whole[..<end], as: Self.name).records
      #expect(records.dropLast() == self.records.prefix(records.count - 1))
      #expect(records.last?.reading.fault?.code == .malformedJSON, "the record that was cut")
    }
  }

  @Test("are each checked: a wrong length or checksum in any is refused", arguments: [0, 1, 2])
  func everyMemberIsVerified(member: Int) throws {
    var members = try members(3)
    let last = members[member].count - 1
    for place in [last - 7, last - 4, last - 3, last] {
      members[member][place] ^= 1
      let error = try folder.readingError(members.joined(), as: Self.name)
      #expect(error?.code == .corruptGzip)
      members[member][place] ^= 1
    }
  }

  @Test(
    "are followed by nothing else",
    arguments: [
      [0x00, 0x00], [UInt8](repeating: 0, count: 512), Array("trailing".utf8), [0x0A, 0x0A],
      Array("{}\n".utf8), [0x78, 0x9C, 0x03, 0x00],
    ] as [[UInt8]])
  func trailingDataIsRefused(garbage: [UInt8]) throws {
    for count in [1, 2] {
      let gzip = try Array(members(count).joined())
      let error = try folder.readingError(gzip + garbage, as: Self.name)
      #expect(error?.code == .trailingData)
      #expect(error?.file == Self.name)
      #expect(error?.byteOffset == gzip.count)
    }
  }

  @Test("are followed by nothing else, not by a byte", arguments: [0x00, 0x0A, 0x1F, 0x41])
  func trailingByteIsRefused(byte: UInt8) throws {
    let gzip = try members(1)[0]
    let error = try #require(try folder.readingError(gzip + [byte], as: Self.name))
    #expect([.trailingData, .truncatedGzip].contains(error.code))
    #expect(error.byteOffset.map { $0 >= gzip.count } == true)
  }

  @Test("are followed by nothing else, also where one read of the file ends", arguments: -2...2)
  func trailingDataIsRefusedBetweenReads(excess: Int) throws {
    let gzip = try Self.gzip(ofCount: 128 * 1024 + excess)
    #expect(gzip.count == 128 * 1024 + excess)
    #expect(try folder.read(gzip, as: Self.name).records.count == 1)
    #expect(try folder.read(gzip + gzip, as: Self.name).records.count == 2)
    let error = try folder.readingError(gzip + [0x00, 0x00, 0x00], as: Self.name)
    #expect(error?.code == .trailingData)
  }

  /// Stored gzip data of exactly that many bytes, holding one record.
  private static func gzip(ofCount count: Int) throws -> [UInt8] {
    func stored(_ length: Int) throws -> [UInt8] {
      let description = String(repeating: "x", count: length)
      return try Gzip.member(Sample.record(1, description: description) + [0x0A], level: 0)
    }
    var length = count
    var gzip = try stored(length)
    while gzip.count != count {
      length += count - gzip.count
      gzip = try stored(length)
    }
    return gzip
  }
}
