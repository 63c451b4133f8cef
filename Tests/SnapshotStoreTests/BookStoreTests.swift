import Foundation
import LedgerDomain
import SnapshotStore
import Testing

@Suite("Which files are stores")
struct BookStoreTests {
  private func books() throws -> StoreFile {
    let file = try StoreFile()
    try file.open { writer in _ = try writer.commit([SampleBooks.firstDraft]) }
    return file
  }

  @Test("a missing file is made for writing and refused for reading")
  func missing() throws {
    let file = try StoreFile()
    #expect(file.refusal(writing: false) == .notFound)
    #expect(!FileManager.default.fileExists(atPath: file.path))
    #expect(file.refusal(writing: true) == nil)
    #expect(file.refusal(writing: false) == nil)
    #expect(try file.read { try $0.tenantStates() }.isEmpty)
  }

  @Test("a store that is opened again has its closes")
  func again() throws {
    let file = try books()
    #expect(file.refusal(writing: true) == nil)
    #expect(try file.read { try $0.tenantStates() }.count == 1)
  }

  @Test("what is not a SQLite file is refused and left alone", arguments: [7, 4_096, 100_000])
  func notADatabase(size: Int) throws {
    let file = try StoreFile()
    let bytes = Data((0..<size).map { UInt8(truncatingIfNeeded: $0 * 7 + 1) })
    try file.write(bytes)
    #expect(file.refusal(writing: false) == .notAStore)
    #expect(file.refusal(writing: true) == .notAStore)
    #expect(try file.bytes() == bytes)
  }

  @Test(
    "another application's file is refused and left alone",
    arguments: [
      "CREATE TABLE a (b); PRAGMA application_id = 7", "CREATE TABLE a (b)",
      "PRAGMA journal_mode = WAL; CREATE TABLE a (b)",
      "CREATE TABLE tenant (a); CREATE TABLE grdb_migrations (identifier TEXT)",
    ])
  func otherApplication(sql: String) throws {
    let file = try StoreFile()
    try file.tamper(sql)
    let bytes = try file.bytes()
    #expect(file.refusal(writing: true) == .notAStore)
    #expect(file.refusal(writing: false) == .notAStore)
    #expect(try file.bytes() == bytes)
  }

  @Test("an empty file becomes a store when it is written to")
  func empty() throws {
    let file = try StoreFile()
    try file.write(Data())
    #expect(file.refusal(writing: false) == .notAStore)
    #expect(file.refusal(writing: true) == nil)
    #expect(file.refusal(writing: false) == nil)
  }

  @Test("a store whose making was cut short before its first table is made in full")
  func cutShort() throws {
    let file = try StoreFile()
    try file.tamper("CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
    #expect(file.refusal(writing: true) == nil)
    #expect(file.refusal(writing: false) == nil)
  }

  @Test("a newer Tieout's store is refused and left alone")
  func newer() throws {
    let file = try books()
    try file.tamper("INSERT INTO grdb_migrations VALUES ('v999')")
    let bytes = try file.bytes()
    #expect(file.refusal(writing: true) == .newerStore)
    #expect(file.refusal(writing: false) == .newerStore)
    #expect(try file.bytes() == bytes)
  }

  @Test("an older Tieout's store is not read before it is migrated")
  func older() throws {
    let file = try books()
    try file.tamper("DELETE FROM grdb_migrations")
    #expect(file.refusal(writing: false) == .notAStore)
  }

  @Test("a directory that is not there, or in the file's place, cannot be opened")
  func directories() throws {
    let file = try StoreFile()
    let codes = ["/missing/books.sqlite", ""].map { name -> StoreError.Code? in
      let error = #expect(throws: StoreError.self) {
        try BookStore(writingTo: file.directory + name)
      }
      return error?.code
    }
    #expect(codes == [.cannotOpen, .cannotOpen])
  }

  @Test("a file cut short is refused as damaged when it is read")
  func truncated() throws {
    let file = try books()
    try file.write(try file.bytes().prefix(5_000))
    let error = #expect(throws: StoreError.self) {
      try file.read { reader in
        let state = try #require(try reader.tenantState(SampleBooks.tenant))
        try reader.proveLastDate(state)
      }
    }
    #expect(error?.code == .notAStore)
  }

  @Test("reading changes nothing")
  func readingOnly() throws {
    let file = try books()
    let bytes = try file.bytes()
    try file.read { reader in
      let state = try #require(try reader.tenantState(SampleBooks.tenant))
      try reader.proveLastDate(state)
      #expect(try reader.closeRecord(state, date: SampleBooks.first) != nil)
    }
    #expect(try file.bytes() == bytes)
  }
}
