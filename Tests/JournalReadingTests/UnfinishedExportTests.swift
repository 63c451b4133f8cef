import LedgerDomain
import ReadingTestSupport
import Testing

@testable import JournalReading

@Suite("An unfinished export")
struct UnfinishedExportTests {
  private let folder: ScratchFolder
  private let date = "date=\(Sample.date)"

  init() throws {
    folder = try ScratchFolder()
    try folder.directory(date)
  }

  /// The contents as a close reads them.
  private func export(marker: String? = nil) throws -> DateExport {
    try ExportLayout(root: folder.path, successMarker: marker).export(
      of: Sample.date, inTenantDirectory: folder.path)
  }

  private func refusal(marker: String? = nil) throws -> ReadingError {
    let error = #expect(throws: ReadingError.self) { _ = try export(marker: marker) }
    return try #require(error)
  }

  @Test(
    "has only hidden names", arguments: ["_temporary", ".part-00000.ndjson.gz.tmp", "_SUCCESS"])
  func onlyHiddenNames(name: String) throws {
    try folder.write("", to: "\(date)/\(name)")
    let error = try refusal()
    #expect(error.code == .unfinishedExport)
    #expect(error.file == date)
    #expect(error.message.contains("only \(name)."))
    #expect(error.message.contains("success_marker: \(name).") == (name == "_SUCCESS"))
    try folder.write("", to: "\(date)/part-00000.ndjson")
    #expect(try export().parts.count == 1)
  }

  @Test("is none if its directory has no name at all, or a manifest")
  func emptyDirectory() throws {
    #expect(try export().parts == [])
    try folder.write("{}", to: "\(date)/manifest.json")
    try folder.write("", to: "\(date)/_temporary")
    #expect(try export().manifestPath != nil)
  }

  @Test("lacks the marker that the job names, whatever else it has")
  func missingMarker() throws {
    for name in ["", "_temporary", "part-00000.ndjson", "_success", "part-00001.tmp"] {
      if !name.isEmpty { try folder.write("", to: "\(date)/\(name)") }
      let error = try refusal(marker: "_SUCCESS")
      #expect(error.code == .unfinishedExport)
      #expect(error.message.contains("no _SUCCESS, which success_marker names"))
    }
  }

  @Test(
    "is finished by the marker, which may have any name",
    arguments: ["_SUCCESS", ".done", "DONE", "export finished.txt"])
  func marker(name: String) throws {
    try folder.write("", to: "\(date)/\(name)")
    #expect(try export(marker: name).parts == [], "an empty day")
    try folder.write("", to: "\(date)/_temporary")
    #expect(try export(marker: name).parts == [])
    try folder.write("", to: "\(date)/part-00000.ndjson")
    #expect(try export(marker: name).parts.count == 1)
    try folder.write("", to: "\(date)/notes.txt")
    #expect(try refusal(marker: name).code == .unexpectedFile)
  }

  @Test("is finished by a manifest or a part that is the marker, which are read all the same")
  func markerThatIsRead() throws {
    try folder.write("", to: "\(date)/part-00000.ndjson")
    #expect(try export(marker: "part-00000.ndjson").parts.count == 1)
    #expect(try refusal(marker: "manifest.json").code == .unfinishedExport)
    try folder.write("{}", to: "\(date)/manifest.json")
    #expect(try export(marker: "manifest.json").manifestPath != nil)
  }

  @Test("is listed as it is, with the sizes of its parts")
  func contents() throws {
    let layout = ExportLayout(root: folder.path, successMarker: "_SUCCESS")
    func contents() throws -> DateExport? {
      try layout.contents(of: Sample.date, inTenantDirectory: folder.path)
    }
    #expect(try contents()?.hasOnlyBegun == true)
    try folder.write("12345", to: "\(date)/b.ndjson")
    try folder.write("1", to: "\(date)/a.ndjson.gz")
    try folder.write("1", to: "\(date)/notes.txt")
    let listed = try #require(try contents())
    #expect(listed.parts.map(\.name) == ["a.ndjson.gz", "b.ndjson"])
    #expect(try listed.byteCounts() == [1, 5])
    #expect(listed.unexpected?.file == "notes.txt")
    #expect(listed.unfinished?.code == .unfinishedExport)
    #expect(!listed.hasOnlyBegun)
    try folder.write("", to: "\(date)/_SUCCESS")
    #expect(try contents()?.unfinished == nil)
    let next = Sample.date.advanced(by: 1)
    #expect(try layout.contents(of: next, inTenantDirectory: folder.path) == nil)
    let read = try ExportLayout(root: folder.path, successMarker: "x").contents(
      of: Sample.date, inTenantDirectory: folder.path)
    #expect(read?.unfinished != nil)
  }
}
