import SnapshotStore
import Testing

@Suite("One writer at a time")
struct StoreLockTests {
  private func code(_ path: String) -> StoreError.Code? {
    do {
      _ = try StoreLock(storePath: path)
      return nil
    } catch {
      return error.code
    }
  }

  @Test("a second lock is refused at once, and granted once the first is released")
  func secondLockIsRefused() throws {
    let file = try StoreFile()
    var lock: StoreLock? = try StoreLock(storePath: file.path)
    #expect(lock != nil)
    #expect(code(file.path) == .locked)
    #expect(code(file.path) == .locked)
    lock = nil
    #expect(code(file.path) == nil)
    #expect(code(file.path) == nil)
  }

  @Test("each store has its own lock")
  func locksOfTwoStoresAreIndependent() throws {
    let file = try StoreFile()
    let lock = try StoreLock(storePath: file.path)
    #expect(code(file.path + "2") == nil)
    withExtendedLifetime(lock) {}
  }

  @Test("a lock does not block readers")
  func lockDoesNotBlockReaders() throws {
    let file = try StoreFile()
    try file.open { writer in _ = try writer.commit([SampleBooks.firstDraft]) }
    let lock = try StoreLock(storePath: file.path)
    #expect(try file.read { try $0.tenantStates() }.count == 1)
    withExtendedLifetime(lock) {}
  }

  @Test("a missing directory is reported differently from a held lock")
  func missingDirectoryCannotBeOpened() throws {
    let file = try StoreFile()
    #expect(code(file.directory + "/missing/books.sqlite") == .cannotOpen)
  }
}
