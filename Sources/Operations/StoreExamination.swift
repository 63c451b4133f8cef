import CloseJob
import LedgerDomain
import SnapshotStore

/// Examines the place of a store and the store itself, without writing to either.
struct StoreExamination {
  let path: String
  let clock: RunClock

  func examine(into inspection: inout Inspection) {
    fileSystem(&inspection)
    permissions(&inspection)
    // A commit of a bad night rewrites pages that its journal holds a second time.
    FreeRoom(path: path, needed: FileInfo(path: path).byteCount / 5)
      .examine("store", into: &inspection)
    lock(&inspection)
    books(&inspection)
  }

  private func fileSystem(_ inspection: inout Inspection) {
    let system = StoreFileSystem(of: path)
    switch system.kind {
    case .local: inspection.add("store", .fine, "\(path) lies on \(system.name), a local disk")
    case .memory:
      inspection.add(
        "store", .warning, "\(path) lies on \(system.name), which is gone with the next start",
        remedy: "Put the store on a disk.")
    case .network:
      inspection.add(
        "store", .failure, system.refusal(of: path), remedy: "Move the store to a local disk.")
    }
    if system.name == "overlay" {
      inspection.add(
        "store", .warning, "\(path) lies in a container's own layer, which goes with the container",
        remedy: "Put the store on a volume.")
    }
  }

  private func permissions(_ inspection: inout Inspection) {
    let store = FileInfo(path: path)
    if store.isDirectory {
      inspection.add(
        "store", .failure, "\(path) is a directory", remedy: "Name a file in it: books.sqlite.")
    }
    if store.exists && (!store.isReadable || !store.isWritable) {
      inspection.add(
        "store", .failure, "\(path) cannot be read and written by this user",
        remedy: "Run as the user that owns it, or give the right.")
    }
    let directory = store.parent.nearest
    if !directory.isWritable {
      inspection.add(
        "store", .failure, "\(directory.path) cannot be written to by this user",
        remedy: "Journal, lock and store lie there: give the user that runs the job the right.")
    }
    if store.exists && store.rights & 0o002 != 0 {
      inspection.add(
        "store", .warning, "\(path) can be written by anybody", remedy: "chmod o-w \(path)")
    }
  }

  private func lock(_ inspection: inout Inspection) {
    guard let process = StoreLock.holder(storePath: path) else {
      inspection.add("lock", .fine, "no run holds the store")
      return
    }
    inspection.add(
      "lock", .warning,
      "another run holds the store\(process > 0 ? " (process \(process))" : ""): a close would exit 75",
      remedy: "Wait until it has ended; the lock ends with its process.")
  }

  private func books(_ inspection: inout Inspection) {
    guard BookStore.exists(at: path) else {
      inspection.add("books", .note, "there is no store at \(path) yet; the first close makes it")
      return
    }
    if FileInfo(path: path + "-journal").byteCount > 0,
      StoreLock.holder(storePath: path) == nil
    {
      inspection.add(
        "books", .note, "a run was killed in the middle of a commit, which is undone",
        remedy: "The next close does it, and goes on where that run was.")
    }
    if journalIsWAL && !SQLiteLibrary.isWALSafe {
      inspection.add(
        "books", .warning,
        "the store has a write-ahead log, which SQLite \(SQLiteLibrary.version) can corrupt",
        remedy: "Stop whatever reads it once and run tieout close, which sets a rollback journal.")
    }
    do {
      let heads = try BookStore(readingFrom: path).read { reader in
        try reader.tenantStates().map { (state: $0, header: try reader.lastHeader($0)) }
      }
      let through = heads.map(\.state.closedThrough).min()
      inspection.add(
        "books", .fine,
        "\(heads.count) tenants" + (through.map { ", all closed through \($0)" } ?? ""))
      compareClock(heads.map(\.header.finishedAt).max(), &inspection)
    } catch {
      inspection.add(
        "books", .failure, "\(error)", remedy: "tieout verify tells what can be trusted.")
    }
  }

  /// A clock that was set back takes "yesterday" for a date that is long closed.
  private func compareClock(_ lastFinish: String?, _ inspection: inout Inspection) {
    let now = clock.timestamp()
    guard let lastFinish, lastFinish > now else { return }
    inspection.add(
      "clock", .warning, "it is \(now), but the last close finished at \(lastFinish)",
      remedy: "Set the clock right before the next run.")
  }

  /// Source: https://sqlite.org/fileformat.html, bytes 18 and 19 of the header.
  private var journalIsWAL: Bool {
    let head = FileHead.bytes(20, of: path)
    return head.count == 20 && (head[18] == 2 || head[19] == 2)
  }
}
