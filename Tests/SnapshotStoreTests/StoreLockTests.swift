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

  @Test("a second lock is refused at once, and granted when the first is gone")
  func exclusion() throws {
    let file = try StoreFile()
    var lock: StoreLock? = try StoreLock(storePath: file.path)
    #expect(lock != nil)
    #expect(code(file.path) == .locked)
    #expect(code(file.path) == .locked)
    lock = nil
    #expect(code(file.path) == nil)
    #expect(code(file.path) == nil)
  }

  @Test("stores have locks of their own")
  func independence() throws {
    let file = try StoreFile()
    let lock = try StoreLock(storePath: file.path)
    #expect(code(file.path + "2") == nil)
    withExtendedLifetime(lock) {}
  }

  @Test("a lock keeps nobody from reading or from asking for the store")
  func reading() throws {
    let file = try StoreFile()
    try file.open { writer in _ = try writer.commit([SampleBooks.firstDraft]) }
    let lock = try StoreLock(storePath: file.path)
    #expect(try file.read { try $0.tenantStates() }.count == 1)
    withExtendedLifetime(lock) {}
  }

  @Test("a directory that is not there is another trouble than a held lock")
  func missingDirectory() throws {
    let file = try StoreFile()
    #expect(code(file.directory + "/missing/books.sqlite") == .cannotOpen)
  }
}
