import Glibc
import Testing

@Suite("A part")
struct BadPartTests {
  private static let date = "2026-01-05"
  private static let directory = TestDirectory.dateDirectory(date)

  /// A place with one sound part, and another tenant beside it.
  private func place() throws -> TestDirectory {
    let place = try TestDirectory()
    try place.export(Self.date, [TestDirectory.entry(1, on: Self.date)])
    try place.export(
      Self.date, [TestDirectory.entry(2, on: Self.date)], tenant: TestDirectory.otherTenant)
    return place
  }

  /// Closes, and expects that the tenant's date is refused with a message that says all this.
  private func expectRefusal(_ place: TestDirectory, _ says: [String], _ more: String...) throws {
    let arguments = [
      "close", "--exports", "exports", "--chart", "chart.csv", "--store", "books.sqlite", "--date",
      Self.date, "--verbose",
    ]
    let outcome = try TieoutProcess(arguments + more, in: place).wait()
    #expect(outcome.exitCode == 2)
    for word in says { #expect(outcome.output.contains(word), "\(outcome.output)") }
    #expect(try place.store().closes() == [])
    #expect(try place.store().closes(of: TestDirectory.otherTenant) == ["2026-01-05,closed"])
  }

  @Test("without a record is sound, plain or compressed, in one member or in several")
  func partWithoutRecordsIsSound() throws {
    let place = try place()
    let member = try Gzip.member([])
    try place.write("\(Self.directory)/part-00001.ndjson", "")
    try place.write("\(Self.directory)/part-00002.ndjson.gz", member)
    try place.write("\(Self.directory)/part-00003.ndjson.gz", member + member + member)
    let third = try Gzip.member(Array("\(TestDirectory.entry(3, on: Self.date))\n".utf8))
    try place.write("\(Self.directory)/part-00004.ndjson.gz", member + third)
    #expect(try place.close(through: Self.date).exitCode == 0)
    let parts = try place.store().rows(
      """
      SELECT file, records FROM input_part JOIN close_run USING (close_id)
      WHERE tenant_id = '\(TestDirectory.tenant)' ORDER BY file
      """)
    #expect(
      parts == [
        "part-00000.ndjson,1", "part-00001.ndjson,0", "part-00002.ndjson.gz,0",
        "part-00003.ndjson.gz,0", "part-00004.ndjson.gz,1",
      ])
  }

  @Test("of gzip without a byte is truncated, not empty")
  func emptyGzipFileIsTruncated() throws {
    let place = try place()
    try place.write("\(Self.directory)/part-00001.ndjson.gz", [UInt8]())
    try expectRefusal(place, ["part-00001.ndjson.gz", "byte 0", "truncated_gzip"])
  }

  @Test("that is cut off stops the date", arguments: [1, 8, 9, 40])
  func truncatedPartStopsTheDate(missingBytes: Int) throws {
    let place = try place()
    let records = (10..<60).map { TestDirectory.entry($0, on: Self.date) }
    let whole = try Gzip.member(Array(records.joined(separator: "\n").utf8))
    try place.write("\(Self.directory)/part-00001.ndjson.gz", Array(whole.dropLast(missingBytes)))
    let end = whole.count - missingBytes
    try expectRefusal(place, ["part-00001.ndjson.gz, byte \(end)", "truncated_gzip"])
  }

  @Test("whose data or checksum is wrong stops the date")
  func corruptPartStopsTheDate() throws {
    for position in [-6, -2] {
      let place = try place()
      var bytes = try Gzip.member(Array("\(TestDirectory.entry(3, on: Self.date))\n".utf8))
      bytes[bytes.count + position] ^= 0x40
      try place.write("\(Self.directory)/part-00001.ndjson.gz", bytes)
      try expectRefusal(place, ["part-00001.ndjson.gz, byte ", "corrupt_gzip"])
    }
  }

  @Test("with something behind its gzip data stops the date")
  func trailingDataStopsTheDate() throws {
    let place = try place()
    let bytes = try Gzip.member(Array("\(TestDirectory.entry(3, on: Self.date))\n".utf8))
    try place.write("\(Self.directory)/part-00001.ndjson.gz", bytes + Array("more".utf8))
    try expectRefusal(place, ["part-00001.ndjson.gz, byte \(bytes.count)", "trailing_data"])
  }

  @Test("that is neither gzip nor text though its name says gzip stops the date")
  func partThatIsNotGzipStopsTheDate() throws {
    let place = try place()
    try place.write("\(Self.directory)/part-00001.ndjson.gz", [0x00, 0x01, 0x02, 0x03])
    try expectRefusal(place, ["part-00001.ndjson.gz", "no gzip header", "corrupt_gzip"])
  }

  @Test("that is a directory stops the date")
  func directoryInPlaceOfAPartStopsTheDate() throws {
    let place = try place()
    try place.write("\(Self.directory)/part-00000.ndjson.gz/part", "")
    try expectRefusal(place, ["part-00000.ndjson.gz", "not_a_file"])
  }

  @Test("that cannot be read stops the date", .enabled(if: geteuid() != 0))
  func unreadablePartStopsTheDate() throws {
    let place = try place()
    chmod(place.path("\(Self.directory)/part-00000.ndjson"), 0)
    try expectRefusal(place, ["part-00000.ndjson", "cannot_open"])
  }

  @Test("under a name that is none stops the date; a hidden file does not")
  func unexpectedFileStopsTheDate() throws {
    let place = try place()
    try place.write("\(Self.directory)/part-00001.json", "")
    try expectRefusal(place, ["part-00001.json", "unexpected_file"])
    try place.remove("\(Self.directory)/part-00001.json")
    try place.write("\(Self.directory)/_SUCCESS", "")
    try place.write("\(Self.directory)/.part-00001.ndjson.crc", "")
    #expect(try place.close(through: Self.date).exitCode == 0)
  }

  @Test("with a record of 5 MB leaves that record out")
  func longRecordIsQuarantined() throws {
    let place = try place()
    let long = String(repeating: "x", count: 5 << 20)
    let sound = [3, 4].map { TestDirectory.entry($0, on: Self.date) }
    try place.export(
      Self.date, [sound[0], "{\"a\":\"\(long)\"}", sound[1]], part: "part-00001.ndjson.gz")
    #expect(try place.close(through: Self.date).exitCode == 1)
    let first = sound[0].utf8.count + 1
    #expect(
      try place.store().rows("SELECT code, file, record, byte_offset FROM finding")
        == ["record_too_long,part-00001.ndjson.gz,2,\(first)"])
    #expect(
      try place.store().rows(
        "SELECT entries_accepted, records_quarantined FROM close_run WHERE records_read > 1")
        == ["3,1"])
  }

  @Test("that inflates past the limit stops the date")
  func partPastTheSizeLimitStopsTheDate() throws {
    let place = try place()
    let bomb = try Gzip.member([UInt8](repeating: 0x20, count: 64 << 20))
    #expect(bomb.count < 100_000)
    try place.write("\(Self.directory)/part-00001.ndjson.gz", bomb)
    try expectRefusal(
      place, ["part-00001.ndjson.gz", "inflated_too_large"], "--part-bytes-max", "1000000")
  }
}
