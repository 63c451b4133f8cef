import Foundation
import LedgerDomain
import SnapshotStore
import Testing

@Suite("Opening a store")
struct BookStoreTests {
  private func books() throws -> StoreFile {
    let file = try StoreFile()
    try file.open { writer in _ = try writer.commit([SampleBooks.firstDraft]) }
    return file
  }

  @Test("a missing file is created for writing and refused for reading")
  func missingFileIsCreatedOnlyForWriting() throws {
    let file = try StoreFile()
    #expect(file.refusal(writing: false) == .notFound)
    #expect(!FileManager.default.fileExists(atPath: file.path))
    #expect(file.refusal(writing: true) == nil)
    #expect(file.refusal(writing: false) == nil)
    #expect(try file.read { try $0.tenantStates() }.isEmpty)
  }

  @Test("a reopened store still has its closes")
  func reopenedStoreKeepsItsCloses() throws {
    let file = try books()
    #expect(file.refusal(writing: true) == nil)
    #expect(try file.read { try $0.tenantStates() }.count == 1)
  }

  @Test(
    "a file that is not a SQLite database is refused and left unchanged",
    arguments: [7, 4_096, 100_000])
  func nonSQLiteFileIsLeftAlone(size: Int) throws {
    let file = try StoreFile()
    let bytes = Data((0..<size).map { UInt8(truncatingIfNeeded: $0 * 7 + 1) })
    try file.write(bytes)
    #expect(file.refusal(writing: false) == .notAStore)
    #expect(file.refusal(writing: true) == .notAStore)
    #expect(try file.bytes() == bytes)
  }

  @Test(
    "another application's file is refused and left unchanged",
    arguments: [
      "CREATE TABLE a (b); PRAGMA application_id = 7", "CREATE TABLE a (b)",
      "PRAGMA journal_mode = WAL; CREATE TABLE a (b)",
      "CREATE TABLE tenant (a); CREATE TABLE grdb_migrations (identifier TEXT)",
    ])
  func otherApplicationsFileIsLeftAlone(sql: String) throws {
    let file = try StoreFile()
    try file.tamper(sql)
    let bytes = try file.bytes()
    #expect(file.refusal(writing: true) == .notAStore)
    #expect(file.refusal(writing: false) == .notAStore)
    #expect(try file.bytes() == bytes)
  }

  @Test("an empty file becomes a store when it is written to")
  func emptyFileBecomesAStore() throws {
    let file = try StoreFile()
    try file.write(Data())
    #expect(file.refusal(writing: false) == .notAStore)
    #expect(file.refusal(writing: true) == nil)
    #expect(file.refusal(writing: false) == nil)
  }

  @Test("a store whose creation was interrupted before its first table is completed")
  func interruptedCreationIsCompleted() throws {
    let file = try StoreFile()
    try file.tamper("CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
    #expect(file.refusal(writing: true) == nil)
    #expect(file.refusal(writing: false) == nil)
  }

  @Test("a newer Tieout's store is refused and left unchanged")
  func newerStoreIsLeftAlone() throws {
    let file = try books()
    try file.tamper("INSERT INTO grdb_migrations VALUES ('v999')")
    let bytes = try file.bytes()
    #expect(file.refusal(writing: true) == .newerStore)
    #expect(file.refusal(writing: false) == .newerStore)
    #expect(try file.bytes() == bytes)
  }

  @Test("an older Tieout's store cannot be read until it is migrated")
  func olderStoreMustBeMigrated() throws {
    let file = try books()
    try file.tamper("DELETE FROM grdb_migrations")
    #expect(file.refusal(writing: false) == .notAStore)
  }

  @Test("a path in a missing directory, or of a directory, cannot be opened")
  func missingDirectoryCannotBeOpened() throws {
    let file = try StoreFile()
    let codes = ["/missing/books.sqlite", ""].map { name -> StoreError.Code? in
      let error = #expect(throws: StoreError.self) {
        try BookStore(writingTo: file.directory + name)
      }
      return error?.code
    }
    #expect(codes == [.cannotOpen, .cannotOpen])
  }

  @Test("a truncated file is reported as damaged when it is read")
  func truncatedFileIsDamaged() throws {
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

  @Test("reading does not change the file")
  func readingChangesNoByte() throws {
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
