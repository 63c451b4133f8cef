import Testing

@Suite("A file that is not this version's store")
struct ForeignStoreTests {
  private static let date = "2026-01-05"
  private static let readers = [
    ["status", "--store", "books.sqlite"],
    ["balance", "--store", "books.sqlite", "--tenant", TestDirectory.tenant],
  ]

  private func place() throws -> TestDirectory {
    let place = try TestDirectory()
    try place.export(Self.date, [TestDirectory.entry(1, on: Self.date)])
    return place
  }

  /// Whoever uses the file is refused with 2, and the file stays as it is.
  private func expectRefusal(_ place: TestDirectory, _ says: String) throws {
    let before = try place.bytes("books.sqlite")
    let close = try place.close(through: Self.date)
    #expect(close.exitCode == 2)
    #expect(close.errors.contains(says), "\(close.errors)")
    for arguments in Self.readers {
      let outcome = try TieoutProcess(arguments, in: place).wait()
      #expect(outcome.exitCode == 2)
      #expect(outcome.output == "")
      #expect(outcome.errors.contains(says), "\(outcome.errors)")
    }
    #expect(try place.bytes("books.sqlite") == before)
  }

  @Test("because it is no database")
  func fileThatIsNoDatabaseIsRefused() throws {
    let place = try place()
    try place.write("books.sqlite", String(repeating: "These are not the books.\n", count: 100))
    try expectRefusal(place, "not_a_store")
  }

  @Test("because it is another application's")
  func otherApplicationsDatabaseIsRefused() throws {
    let place = try place()
    try place.store().execute("CREATE TABLE invoice (number INTEGER)")
    try expectRefusal(place, "not_a_store")
  }

  @Test("because a newer version wrote it")
  func newerVersionsStoreIsRefused() throws {
    let place = try place()
    #expect(try place.close(through: Self.date).exitCode == 0)
    try place.store().execute("INSERT INTO grdb_migrations VALUES ('v999')")
    try expectRefusal(place, "newer_store")
  }

  @Test("because it is a directory")
  func directoryIsRefused() throws {
    let place = try place()
    try place.write("books.sqlite/readme", "")
    #expect(try place.close(through: Self.date).exitCode == 2)
  }

  @Test("because there is none: readers do not make one")
  func missingStoreIsNotMadeByReaders() throws {
    let place = try place()
    for arguments in Self.readers {
      let outcome = try TieoutProcess(arguments, in: place).wait()
      #expect(outcome.exitCode == 2)
      #expect(outcome.errors.contains("not_found"))
    }
    #expect(!place.exists("books.sqlite"))
  }

  @Test("is not built on if somebody changed a balance")
  func alteredBooksAreNotBuiltOn() throws {
    let place = try place()
    #expect(try place.close(through: Self.date).exitCode == 0)
    try place.store().execute("UPDATE stored_snapshot SET dr_balance_minor = dr_balance_minor + 1")
    try place.export("2026-01-06", [])
    let outcome = try place.close(through: "2026-01-06")
    #expect(outcome.exitCode == 2)
    #expect(outcome.output.contains("altered_store"))
    #expect(try place.store().closes() == ["2026-01-05,closed"])
  }
}
