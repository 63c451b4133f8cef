import Testing

/// A part is read as what its content says, not its name. Issue 15.
@Suite("A part's content")
struct PartContentTests {
  private static let date = "2026-01-05"
  private static let directory = TestDirectory.dateDirectory(date)
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private func text(_ numbers: ClosedRange<Int>) -> [UInt8] {
    Array(numbers.map { TestDirectory.entry($0, on: Self.date) + "\n" }.joined().utf8)
  }

  /// Closes a date with one part of that content.
  private func close(
    _ content: [UInt8], as name: String
  ) throws -> (place: TestDirectory, outcome: CommandOutcome) {
    let place = try TestDirectory()
    try place.write("\(Self.directory)/\(name)", content)
    return (place, try place.close(through: Self.date))
  }

  /// Records read, accepted and quarantined, close by close.
  private func counts(_ place: TestDirectory) throws -> [String] {
    try place.store().rows(
      "SELECT records_read, entries_accepted, records_quarantined FROM close_run ORDER BY close_id")
  }

  private func verify(_ place: TestDirectory) throws -> CommandOutcome {
    try place.tieout(
      "verify", "--exports", "exports", "--chart", "chart.csv", "--store", "books.sqlite")
  }

  @Test("is gzip in a file that is named .ndjson, and is inflated")
  func gzipNamedAsPlainIsInflated() throws {
    let gzip = try Gzip.member(text(1...3))
    let (place, outcome) = try close(gzip, as: "part-00000.ndjson")
    #expect(outcome.exitCode == 0, "\(outcome.output)")
    #expect(try counts(place) == ["3,3,0"])
    #expect(
      try place.store().rows("SELECT file, bytes, records FROM input_part")
        == ["part-00000.ndjson,\(gzip.count),3"])
    #expect(try verify(place).exitCode == 0)
  }

  @Test("is text in a file that is named .ndjson.gz; extensions may be in any case")
  func plainNamedAsGzipIsRead() throws {
    let (place, outcome) = try close(text(1...2), as: "part-00000.ndjson.gz")
    #expect(outcome.exitCode == 0, "\(outcome.output)")
    #expect(try counts(place) == ["2,2,0"])
    let (upper, second) = try close(try Gzip.member(text(1...2)), as: "PART-00000.NDJSON.GZ")
    #expect(second.exitCode == 0, "\(second.output)")
    #expect(try counts(upper) == ["2,2,0"])
  }

  @Test("may begin with a byte order mark, which a note names, and end with blank lines")
  func byteOrderMarkAndBlankLastLinesAreSkipped() throws {
    let content = Self.mark + text(1...2) + Array("\n\r\n".utf8)
    let (place, outcome) = try close(content, as: "part-00000.ndjson")
    #expect(outcome.exitCode == 0, "\(outcome.output)")
    #expect(try counts(place) == ["2,2,0"])
    #expect(
      outcome.output.contains(
        "2026-01-05: the byte order mark at the start of part-00000.ndjson was skipped."))
    try place.write("\(Self.directory)/part-00001.ndjson", Self.mark + text(3...3))
    let again = try place.tieout(
      "backfill", "--exports", "exports", "--chart", "chart.csv", "--store", "books.sqlite",
      "--from", Self.date, "--to", Self.date, "--reclose")
    #expect(
      again.output.contains("part-00000.ndjson and 1 other part was skipped"), "\(again.output)")
    #expect(try counts(place) == ["2,2,0", "3,3,0"])
  }

  @Test("with a byte order mark or a blank line in its middle has malformed records there")
  func byteOrderMarkAndBlankLineWithinAreQuarantined() throws {
    let content = text(1...1) + Self.mark + text(2...2) + [0x0A] + text(3...3)
    let (place, outcome) = try close(content, as: "part-00000.ndjson")
    #expect(outcome.exitCode == 1)
    #expect(try counts(place) == ["4,2,2"])
    let length = text(1...1).count
    let found = try place.store().table(
      "SELECT code, record, byte_offset, message FROM finding ORDER BY record")
    #expect(
      found.map { $0[..<3].joined(separator: ",") }
        == ["malformed_json,2,\(length)", "malformed_json,3,\(2 * length + 3)"])
    #expect(found[0][3].contains("byte order mark"))
    #expect(found[1][3].contains("the line is empty"))
  }

  @Test("with one flipped bit or one binary record is read record by record")
  func singleBadRecordIsQuarantined() throws {
    var flipped = text(1...3)
    flipped[30] ^= 0x80
    #expect(try counts(try close(flipped, as: "part-00000.ndjson").place) == ["3,2,1"])
    let binary = text(1...3) + [UInt8](repeating: 0, count: 300) + [0x0A] + text(4...4)
    #expect(try counts(try close(binary, as: "part-00000.ndjson").place) == ["5,4,1"])
  }

  /// Contents that are no text, with the code and the words of the refusal.
  private func refused() throws -> [(name: String, content: [UInt8], says: [String])] {
    let text = text(1...3)
    let utf16: [UInt8] = text.flatMap { [$0, 0x00] }
    let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00, 0x00, 0x00, 0x08, 0x00]
    return [
      ("part-00000.ndjson", zip + text, ["a zip archive", "not_text"]),
      ("part-00000.ndjson.gz", zip + text, ["a zip archive", "not_text"]),
      ("part-00000.ndjson", Array("PAR1".utf8) + [0x15, 0x04], ["a Parquet file", "not_text"]),
      (
        "part-00000.ndjson.gz", try Gzip.member(Gzip.member(text)),
        ["compressed with gzip twice", "not_text"]
      ),
      (
        "part-00000.ndjson", [UInt8](repeating: 0, count: 8192),
        ["of its first 512 bytes, 512 cannot occur in text", "not_text"]
      ),
      ("part-00000.ndjson", [0xFF, 0xFE] + utf16, ["UTF-16", "unsupported_encoding"]),
      ("part-00000.ndjson.gz", try Gzip.member(utf16), ["UTF-16", "unsupported_encoding"]),
    ]
  }

  @Test("that is no text in UTF-8 stops the date, and the message says what it is")
  func partThatIsNoTextStopsTheDate() throws {
    for (name, content, says) in try refused() {
      let (place, outcome) = try close(content, as: name)
      #expect(outcome.exitCode == 2)
      for word in [name, Self.date, "Have the exporter write"] + says {
        #expect(outcome.output.contains(word), "\(word): \(outcome.output)")
      }
      #expect(try place.store().rowCount() == 0)
    }
  }

  @Test("is told in tables and manifests too; a date has one manifest, in any case")
  func chartAndManifestMayBeGzip() throws {
    let place = try TestDirectory()
    try place.write("chart.csv", try Gzip.member(place.bytes("chart.csv")))
    try place.write("\(Self.directory)/part-00000.ndjson", text(1...2))
    let manifest = try Gzip.member(Array(#"{"entry_count":2}"#.utf8))
    try place.write("\(Self.directory)/Manifest.JSON", manifest)
    let outcome = try place.close(through: Self.date, "--require-manifest")
    #expect(outcome.exitCode == 0, "\(outcome.output)")
    try place.write("\(Self.directory)/manifest.json", "{}")
    let second = try verify(place)
    #expect(second.exitCode == 2)
    #expect(
      second.output.contains("a second manifest, beside Manifest.JSON"), "\(second.output)")
  }
}
