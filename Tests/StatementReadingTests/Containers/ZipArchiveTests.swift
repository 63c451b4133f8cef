import LedgerDomain
import StatementReading
import Testing

@Suite("Statements in zip archives")
struct ZipArchiveTests {
  static let document = SampleDocument.text
  private static let member = ZipWriter.Member("march.xml", document)

  private func names(_ bytes: [UInt8]) -> [String] {
    StatementReader.read(bytes, name: "a.zip").filter { !$0.statements.isEmpty }.map(\.name)
  }

  /// The messages of an archive of which nothing counts.
  private func faults(_ bytes: [UInt8]) -> [String] {
    let files = StatementReader.read(bytes, name: "a.zip")
    #expect(files.allSatisfy { $0.statements.isEmpty && $0.notifications.isEmpty })
    #expect(!files.isEmpty)
    return files.flatMap(\.findings).map(\.message)
  }

  @Test("each member is a file of its own, in the order of the archive")
  func membersAreFiles() {
    let bytes = ZipWriter.archive(
      .init("b/2.xml", Self.document), .init("a/1.XML", Self.document))
    let files = StatementReader.read(bytes, name: "in/a.zip")
    #expect(files.map(\.name) == ["in/a.zip/b/2.xml", "in/a.zip/a/1.XML"])
    #expect(files.allSatisfy { $0.statements.map(\.closing.amountMinor) == [1200] })
    #expect(files.map { $0.statements.first?.file } == ["in/a.zip/b/2.xml", "in/a.zip/a/1.XML"])
  }

  @Test("stored, deflated, with a data descriptor, as zip64, with a comment: all are read")
  func everyShapeIsRead() {
    let shapes: [(inout ZipWriter.Member) -> Void] = [
      { $0.isDeflated = false }, { $0.hasDescriptor = true }, { $0.isZip64 = true },
      {
        $0.isDeflated = false; $0.hasDescriptor = true
      },
      {
        $0.host = 0; $0.attributes = 0x20
      },
      { $0.flags = 0x0800 },
    ]
    for shape in shapes {
      #expect(names(ZipWriter.archive(Self.member.with(shape))) == ["a.zip/march.xml"])
    }
    let bytes = ZipWriter(isZip64: true, comment: Array("PK\u{5}\u{6} by a bank".utf8))
      .archive([Self.member])
    #expect(names(bytes) == ["a.zip/march.xml"])
  }

  @Test("gzip in an archive is inflated; what is packed more often is refused")
  func nestingIsLimited() throws {
    let gzip = try SampleGzip.member(Self.document)
    #expect(names(ZipWriter.archive(.init("march.xml.gz", gzip))) == ["a.zip/march.xml.gz"])
    let zip = ZipWriter.archive(Self.member)
    #expect(
      faults(ZipWriter.archive(.init("b.zip", zip))) == [
        "a.zip/b.zip is a zip archive within a zip archive. Have the bank pack statements once. "
          + "The whole file was ignored."
      ])
    #expect(
      faults(ZipWriter.archive(.init("b", try SampleGzip.member(gzip))))[0]
        .contains("is a gzip file within a gzip file"))
    #expect(faults(try SampleGzip.member(zip))[0].contains("is a zip archive within a gzip file"))
  }

  @Test("directories and what desktops leave are passed over, nothing else")
  func rubbishIsIgnored() {
    let bytes = ZipWriter.archive(
      .init("march/", []), .init("march/a.xml", Self.document),
      .init("__MACOSX/march/._a.xml", "x"), .init("march/.DS_Store", "x"),
      .init("_b.xml", Self.document))
    #expect(StatementReader.read(bytes, name: "z").map(\.name) == ["z/march/a.xml", "z/_b.xml"])
    #expect(faults(ZipWriter.archive(.init("march/", [])))[0].contains("archive without files"))
    #expect(faults(ZipWriter.archive())[0].contains("archive without files"))
  }

  @Test("one bad member does not take the others with it")
  func badMemberStandsAlone() {
    let bytes = ZipWriter.archive(
      Self.member.with { $0.crc = 7 }, .init("good.xml", Self.document),
      .init("other.bin", [0, 1, 2, 3]))
    let files = StatementReader.read(bytes, name: "a.zip")
    #expect(files.map(\.statements.count) == [0, 1, 0])
    #expect(files.map(\.findings.count) == [1, 0, 1])
    #expect(files[0].findings[0].message.contains("march.xml, byte "))
    #expect(files[0].findings[0].message.contains("another checksum (CRC-32)"))
  }

  @Test("what a member's header says wrongly is a fault that says so")
  func liesAreFaults() {
    let changes: [(String, (inout ZipWriter.Member) -> Void)] = [
      ("has more bytes than its zip archive says", { $0.size = 10 }),
      ("has fewer bytes than its zip archive says", { $0.size = 100_000 }),
      (
        "has another size than its zip archive says",
        {
          $0.isDeflated = false; $0.size = 5
        }
      ),
      ("is encrypted in its zip archive", { $0.flags = 1 }),
      ("is encrypted in its zip archive", { $0.method = 99 }),
      ("is compressed with LZMA", { $0.method = 14 }),
      ("is compressed with Deflate64", { $0.method = 9 }),
      ("is compressed by method 77", { $0.method = 77 }),
      ("is a symbolic link", { $0.attributes = 0o120777 << 16 }),
      (
        "deflate data that is corrupt",
        {
          $0.isDeflated = false; $0.method = 8
        }
      ),
    ]
    for (text, change) in changes {
      let found = faults(ZipWriter.archive(Self.member.with(change)))
      #expect(found.count == 1 && found[0].contains(text), "\(found)")
      #expect(found.first?.contains("a.zip/march.xml, byte ") == true)
    }
  }

  @Test("names are clean, whatever the archive says, and told apart")
  func namesAreClean() {
    let names = [
      "../../etc/passwd": "etc/passwd", "/abs/a.xml": "abs/a.xml", "C:\\bank\\a.xml": "bank/a.xml",
      "a\u{1B}[31m\nb.xml": "a_[31m_b.xml", "a\u{202E}lmx.b": "a_lmx.b", "..": "unnamed",
      "x//./y.xml": "x/y.xml", "März.xml": "März.xml",
    ]
    for (name, clean) in names {
      #expect(self.names(ZipWriter.archive(.init(name, Self.document))) == ["a.zip/\(clean)"])
    }
    let latin = ZipWriter.Member("", Self.document).with { $0.name = [0x4D, 0xE4, 0x72, 0x7A] }
    #expect(self.names(ZipWriter.archive(latin)) == ["a.zip/M%E4rz"])
    let twice = ZipWriter.archive(
      Self.member, Self.member, Self.member, .init("march.xml (2)", Self.document))
    #expect(
      self.names(twice) == [
        "a.zip/march.xml", "a.zip/march.xml (2)", "a.zip/march.xml (3)", "a.zip/march.xml (2) (2)",
      ])
  }

  @Test("members that share bytes, as bombs do, are refused")
  func overlapIsRefused() throws {
    var bytes = ZipWriter.archive(Self.member, Self.member)
    // The second line of the directory points to the first member.
    let second = try #require(bytes.lastRange(of: [0x50, 0x4B, 0x01, 0x02]))
    for index in 42..<46 { bytes[second + index] = 0 }
    #expect(faults(bytes).count == 1)
    #expect(faults(bytes)[0].contains("has zip members that overlap"))
  }

  @Test("what inflates past the limit is refused before it is inflated")
  func bombIsRefused() {
    var limits = StatementLimits()
    limits.documentBytesMax = 100_000
    let bomb = ZipWriter.archive(.init("a.xml", [UInt8](repeating: 0x20, count: 200_000)))
    let files = StatementReader.read(bomb, name: "a.zip", limits: limits)
    #expect(files.flatMap(\.findings).map(\.message)[0].contains("more than 100000 bytes"))
    limits.tableBytesMax = 10
    let large = StatementReader.read(bomb, name: "a.zip", limits: limits)
    #expect(large.flatMap(\.findings).map(\.message)[0].contains("is larger than 10 bytes"))
  }

  @Test("office documents are told from archives")
  func officeDocumentsAreRefused() {
    let workbook = ZipWriter.archive(
      .init("[Content_Types].xml", "<a/>"), .init("xl/workbook.xml", "<a/>"))
    #expect(faults(workbook)[0].contains("is an Excel workbook, not a statement."))
  }

  @Test("a PDF beside a statement is passed over with a note; alone it is a fault")
  func companionsAreNoted() {
    let bytes = ZipWriter.archive(Self.member, .init("march.pdf", "%PDF-1.7 …"))
    let files = StatementReader.read(bytes, name: "a.zip")
    #expect(files.flatMap(\.findings).isEmpty)
    #expect(
      files[1].notes.map(\.message) == [
        "It is a PDF document beside statements; it was passed over."
      ])
    #expect(faults(ZipWriter.archive(.init("march.pdf", "%PDF-1.7 …"))).count == 1)
  }

  @Test("an archive cut off at any byte, or with any byte changed, never gives other statements")
  func damageIsFound() {
    let whole = ZipWriter.archive(
      Self.member,
      Self.member.with {
        $0.name = Array("b.xml".utf8); $0.isDeflated = false
      })
    let truth = StatementReader.read(whole, name: "a.zip").map {
      $0.statements.map(\.withoutSource)
    }
    #expect(truth.count == 2)
    for count in 4..<whole.count {
      #expect(faults(Array(whole[..<count])).count == 1)
    }
    for index in whole.indices {
      for mask in [0x01, 0x80, 0xFF] as [UInt8] {
        var changed = whole
        changed[index] ^= mask
        for file in StatementReader.read(changed, name: "a.zip") {
          let found = file.statements.map(\.withoutSource)
          #expect(found.isEmpty || truth.contains(found), "byte \(index)")
        }
      }
    }
  }
}

extension [UInt8] {
  /// Where the last occurrence of these bytes begins.
  func lastRange(of pattern: [UInt8]) -> Int? {
    indices.reversed().first { self[$0...].starts(with: pattern) }
  }
}
