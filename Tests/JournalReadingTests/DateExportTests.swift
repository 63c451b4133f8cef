import LedgerDomain
import ReadingTestSupport
import Testing

@testable import JournalReading

@Suite("A date's directory")
struct DateExportTests {
  private let folder: ScratchFolder
  private let date: String

  init() throws {
    folder = try ScratchFolder()
    date = "date=\(Sample.date)"
    try folder.directory(date)
  }

  private func export() throws -> DateExport {
    try ExportLayout(root: folder.path).export(of: Sample.date, inTenantDirectory: folder.path)
  }

  @Test("holds parts, in the order of their names' bytes, and a manifest")
  func partsAreSortedByName() throws {
    let names = [
      "part-00010.ndjson.gz", "part-00002.ndjson", "part-1.ndjson", "Part-2.ndjson", "a.ndjson.gz",
      "\u{E4}.ndjson", "part-00002.ndjson.gz", "part-3.NDJSON", "part-4.Ndjson.GZ",
    ]
    for name in names + ["manifest.json", "_SUCCESS", ".part.crc", "_x.ndjson"] {
      try folder.write("", to: "\(date)/\(name)")
    }
    let export = try export()
    #expect(
      export.parts.map(\.name) == [
        "Part-2.ndjson", "a.ndjson.gz", "part-00002.ndjson", "part-00002.ndjson.gz",
        "part-00010.ndjson.gz", "part-1.ndjson", "part-3.NDJSON", "part-4.Ndjson.GZ",
        "\u{E4}.ndjson",
      ])
    #expect(export.path == "\(folder.path)/\(date)")
    #expect(export.parts.first?.path == "\(folder.path)/\(date)/Part-2.ndjson")
    #expect(export.manifestPath == "\(folder.path)/\(date)/manifest.json")
  }

  @Test("may be empty: a day without entries")
  func emptyDirectoryIsADayWithoutEntries() throws {
    let export = try export()
    #expect(export.parts == [])
    #expect(export.manifestPath == nil)
  }

  @Test("must exist: without it the export is missing")
  func missingDirectoryIsAMissingExport() throws {
    let layout = ExportLayout(root: folder.path)
    let next = Sample.date.advanced(by: 1)
    let error = #expect(throws: ReadingError.self) {
      try layout.export(of: next, inTenantDirectory: folder.path)
    }
    #expect(error?.code == .missingExport)
    #expect(error?.file == "date=2026-03-16")
    try folder.write("", to: "date=\(next)")
    let file = #expect(throws: ReadingError.self) {
      try layout.export(of: next, inTenantDirectory: folder.path)
    }
    #expect(file?.code == .missingExport, "a file is no directory")
  }

  @Test(
    "holds nothing else",
    arguments: [
      "part-00000.json", "part-00000.ndjson.bz2", "part-00000.ndjson.gz.tmp", "DONE",
      "manifest.json.gz", "notes.txt", "part-00000.NDJSON.ZST", "ndjson", "~part-00000",
    ])
  func unexpectedFileIsRefused(name: String) throws {
    try folder.write("", to: "\(date)/part-00000.ndjson")
    try folder.write("", to: "\(date)/\(name)")
    let error = #expect(throws: ReadingError.self) { try export() }
    #expect(error?.code == .unexpectedFile)
    #expect(error?.file == name)
  }

  @Test("holds one manifest, in any case", arguments: ["Manifest.json", "MANIFEST.JSON"])
  func manifestInAnyCase(name: String) throws {
    try folder.write("", to: "\(date)/\(name)")
    #expect(try export().manifestPath == "\(folder.path)/\(date)/\(name)")
    try folder.write("", to: "\(date)/manifest.json")
    let error = #expect(throws: ReadingError.self) { try export() }
    #expect(error?.code == .unexpectedFile)
    #expect(error?.file == "manifest.json")
    #expect(error?.message.contains("beside \(name)") == true)
  }

  @Test("holds no directory")
  func directoryInsideIsRefused() throws {
    try folder.directory("\(date)/more")
    let error = #expect(throws: ReadingError.self) { try export() }
    #expect(error?.code == .unexpectedFile)
  }

  @Test("with a directory named as a part stops when the part is read")
  func directoryNamedAsPartIsRefusedWhenRead() throws {
    try folder.directory("\(date)/part-00000.ndjson")
    let part = try #require(try export().parts.first)
    let error = #expect(throws: ReadingError.self) {
      try PartReader.read(part, limits: ReadLimits(), into: CollectingSink())
    }
    #expect(error?.code == .notAFile)
  }
}
