import CloseJob
import FileInput
import JobConfiguration
import LedgerDomain
import SnapshotStore
import SystemPackage

/// Checks a store and the file system it is on, without writing to either.
struct StoreInspector {
  let path: String
  let clock: RunClock

  func inspect(into inspection: inout Inspection) {
    fileSystem(&inspection)
    permissions(&inspection)
    // A large commit rewrites many pages, and its rollback journal holds copies of them.
    FreeSpaceInspector(path: path, needed: (FilePath(path).byteCount ?? 0) / 5)
      .inspect("store", into: &inspection)
    lock(&inspection)
    books(&inspection)
  }

  private func fileSystem(_ inspection: inout Inspection) {
    let system = StoreFileSystem(of: path)
    switch system.kind {
    case .local: inspection.add("store", .fine, "\(path) is on \(system.name), a local file system")
    case .memory:
      inspection.add(
        "store", .warning, "\(path) is on \(system.name), which is lost at the next restart",
        remedy: "Put the store on a disk.")
    case .network:
      inspection.add(
        "store", .error, system.refusal(of: path), remedy: "Move the store to a local disk.")
    }
    if system.name == "overlay" {
      inspection.add(
        "store", .warning,
        "\(path) is in the container's writable layer, which is deleted with the container",
        remedy: "Put the store on a volume.")
    }
  }

  private func permissions(_ inspection: inout Inspection) {
    let store = FilePath(path)
    if store.isDirectory {
      inspection.add(
        "store", .error, "\(path) is a directory",
        remedy: "Name a file in it, such as books.sqlite.")
    }
    if store.exists && (!store.isReadable || !store.isWritable) {
      inspection.add(
        "store", .error, "this user cannot read and write \(path)",
        remedy: "Run as its owner, or grant the user access.")
    }
    let directory = store.directory.nearestExisting
    if !directory.isWritable {
      inspection.add(
        "store", .error, "this user cannot write to \(directory)",
        remedy:
          "Grant write access to the user that runs the job: store, journal and lock are there.")
    }
    if store.exists && store.permissionBits & 0o002 != 0 {
      inspection.add(
        "store", .warning, "every user can write to \(path)", remedy: "Run chmod o-w \(path).")
    }
  }

  private func lock(_ inspection: inout Inspection) {
    guard let process = StoreLock.holder(storePath: path) else {
      inspection.add("lock", .fine, "no run holds the store")
      return
    }
    inspection.add(
      "lock", .warning,
      "another run holds the store\(process > 0 ? " (process \(process))" : ""): a close would "
        + "exit with 75",
      remedy: "Wait for it to end; the lock is released with its process.")
  }

  private func books(_ inspection: inout Inspection) {
    guard BookStore.exists(at: path) else {
      inspection.add("books", .note, "there is no store at \(path) yet; the first close creates it")
      return
    }
    if FilePath(path + "-journal").byteCount ?? 0 > 0,
      StoreLock.holder(storePath: path) == nil
    {
      inspection.add(
        "books", .note, "a run was killed during a commit, which will be rolled back",
        remedy: "Run tieout recover, so that a server can read the store. A close does it as well.")
    }
    if journalIsWAL && !SQLiteLibrary.isWALSafe {
      inspection.add(
        "books", .warning,
        "the store uses a write-ahead log, which SQLite \(SQLiteLibrary.version) can corrupt",
        remedy: "Stop every reader once and run tieout close, which switches to a rollback journal."
      )
    }
    do {
      let lastCloses = try BookStore(readingFrom: path).read { reader in
        try reader.tenantStates().map { (state: $0, header: try reader.lastHeader($0)) }
      }
      let through = lastCloses.map(\.state.closedThrough).min()
      inspection.add(
        "books", .fine,
        "\(lastCloses.count) tenants" + (through.map { ", all closed through \($0)" } ?? ""))
      compareClock(lastCloses.map(\.header.finishedAt).max(), &inspection)
    } catch {
      inspection.add(
        "books", .error, "\(error)", remedy: "Run tieout verify to find out what can be trusted.")
    }
  }

  /// If the clock was set back, "yesterday" may be a date that was closed long ago.
  private func compareClock(_ lastFinish: String?, _ inspection: inout Inspection) {
    let now = clock.timestamp()
    guard let lastFinish, lastFinish > now else { return }
    inspection.add(
      "clock", .warning, "the clock reads \(now), but the last close finished at \(lastFinish)",
      remedy: "Correct the clock before the next run.")
  }

  /// Source: https://sqlite.org/fileformat.html, bytes 18 and 19 of the header.
  private var journalIsWAL: Bool {
    let head = InputFile.prefix(20, of: path)
    return head.count == 20 && (head[18] == 2 || head[19] == 2)
  }
}
