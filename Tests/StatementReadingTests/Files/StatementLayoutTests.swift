import Foundation
import Glibc
import LedgerDomain
import ReadingTestSupport
import StatementReading
import Testing

@Suite("Where statements are stored")
struct StatementLayoutTests {
  private static let uuid = "0f000000-0000-4000-8000-00000000000a"
  private let folder: ScratchFolder
  private let tenant: TenantID

  init() throws {
    folder = try ScratchFolder()
    tenant = try #require(TenantID(Self.uuid))
  }

  private func write(_ names: String...) throws {
    for name in names {
      let path = "tenant_id=\(Self.uuid)/\(name)"
      try folder.directory(path.split(separator: "/").dropLast().joined(separator: "/"))
      try folder.write("12345", to: path)
    }
  }

  private func listing() throws -> StatementListing {
    try StatementLayout(root: folder.path).listing(of: tenant)
  }

  @Test("any file in any folder counts, in the order of the bytes of its path")
  func everyFileIsListed() throws {
    try write("b.STA", "a/z.xml", "a-b/c", "a/inbox/2026/x.ofx", "Z.csv", "date=2026-03-31/k.xml")
    let listing = try listing()
    #expect(
      listing.files.map(\.name) == [
        "Z.csv", "a-b/c", "a/inbox/2026/x.ofx", "a/z.xml", "b.STA", "date=2026-03-31/k.xml",
      ])
    #expect(listing.findings.isEmpty)
    #expect(listing.files.allSatisfy { $0.byteCount == 5 && $0.modifiedNanoseconds > 0 })
    #expect(listing.files.allSatisfy { FileManager.default.fileExists(atPath: $0.path) })
  }

  @Test("the innermost date folder is given, if it is a date")
  func folderDateIsGiven() throws {
    try write(
      "date=2026-03-31/a", "date=2026-03-31/in/b", "in/date=2026-03-30/c",
      "date=2026-03-31/date=2026-04-01/d", "date=2026-02-30/e", "f")
    let dates = try listing().files.map {
      "\($0.name.last ?? "?") \($0.folderDate?.description ?? "")"
    }
    #expect(
      dates.sorted() == [
        "a 2026-03-31", "b 2026-03-31", "c 2026-03-30", "d 2026-04-01", "e ", "f ",
      ])
  }

  @Test("names that begin with a point or an underscore are skipped, files and folders")
  func hiddenNamesAreSkipped() throws {
    try write(".a", "_b", "_c/d.xml", ".e/f.xml", "g_.xml")
    #expect(try listing().files.map(\.name) == ["g_.xml"])
  }

  @Test("links, pipes and names that are not UTF-8 are findings, and nothing waits for them")
  func whatIsNoFileIsAFinding() throws {
    try write("a.xml")
    let directory = "\(folder.path)/tenant_id=\(Self.uuid)"
    #expect(mkfifo("\(directory)/pipe", 0o600) == 0)
    #expect(symlink("a.xml", "\(directory)/link.xml") == 0)
    #expect(symlink("..", "\(directory)/loop") == 0)
    let name = Array(directory.utf8) + Array("/M\u{0}".utf8.dropLast()) + [0xE4, 0x72, 0x7A, 0]
    let file = name.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { open($0.baseAddress!, O_CREAT | O_WRONLY, 0o600) }
    }
    #expect(file >= 0)
    close(file)
    let listing = try listing()
    #expect(listing.files.map(\.name) == ["a.xml"])
    #expect(
      listing.findings.map(\.message) == [
        "M\u{FFFD}rz has a name that is not UTF-8. Rename it.",
        "link.xml is a symbolic link. Put the file itself there, or put _ before its name.",
        "loop is a symbolic link. Put the file itself there, or put _ before its name.",
        "pipe is a named pipe, a socket or a device, not a file. Remove it.",
      ])
    #expect(listing.findings.allSatisfy { $0.code == .statementMalformed })
  }

  @Test("no directory of the tenant is no statement yet; two are an error, as is no root")
  func directoriesOfTheTenant() throws {
    #expect(try listing().files.isEmpty)
    try folder.directory("tenant_id=\(Self.uuid.uppercased())/x")
    try folder.write("1", to: "tenant_id=\(Self.uuid.uppercased())/x/a.xml")
    #expect(try listing().files.map(\.name) == ["x/a.xml"])
    try folder.directory("tenant_id=\(Self.uuid)")
    #expect(throws: StatementError.self) { try listing() }
    #expect(throws: StatementError.self) {
      try StatementLayout(root: "/nowhere").listing(of: tenant)
    }
  }
}
