import CLinux
import FileInput
import FoundationEssentials
import Glibc
import SystemPackage

/// The exclusive right to write to a store. The kernel releases it when the process ends.
public final class StoreLock {
  private var descriptor: Int32

  /// Acquires the lock file next to the store, `<store>.lock`.
  ///
  /// - Parameters:
  ///   - storePath: the path of the store.
  ///   - waiting: called before waiting for another process to release the lock; `nil` to fail
  ///     at once instead.
  /// - Throws: `StoreError` with `locked` if another process holds the lock and `waiting` is `nil`.
  public init(storePath: String, waiting: (() -> Void)? = nil) throws(StoreError) {
    let path = storePath + ".lock"
    descriptor = -1
    try StoreFileSystem.refuseNetwork(storePath)
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw StoreError(
        .cannotOpen,
        "\(path) cannot be opened: \(String(cString: strerror(errno))). Check the store's "
          + "directory and its permissions.")
    }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
    // If this throws, `deinit` closes the descriptor.
    guard errno == EWOULDBLOCK, let waiting else {
      throw StoreError(
        .locked,
        "another run holds \(path). Use --wait to wait until it ends; the lock is released then.")
    }
    waiting()
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else {
        throw StoreError(.locked, "\(path) cannot be locked: \(String(cString: strerror(errno))).")
      }
    }
  }

  /// Locks the directory that a backup is written to, so that no other backup overwrites its draft.
  ///
  /// On a file system that cannot lock a directory, the backup runs without the lock.
  ///
  /// - Throws: `StoreError` with `locked` if another backup is being written there.
  public init(backupPath: String) throws(StoreError) {
    let directory = FilePath(backupPath).directory.string
    descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw StoreError(
        .backupFailed,
        "\(backupPath) cannot be written: \(directory): \(String(cString: strerror(errno))).")
    }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      throw StoreError(
        .locked, "another backup is being written to \(directory). Try again when it is finished.")
    }
  }

  /// The process that holds a store's lock.
  ///
  /// - Returns: the process ID; 0 if it is unknown; `nil` if the lock is free.
  public static func holder(storePath: String) -> Int32? {
    let descriptor = open(storePath + ".lock", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else { return nil }
    var status = stat()
    guard errno == EWOULDBLOCK, fstat(descriptor, &status) == 0 else { return 0 }
    // 5: FLOCK  ADVISORY  WRITE 1234 fe:00:131 0 EOF
    let locks = (try? String(contentsOfFile: "/proc/locks", encoding: .utf8)) ?? ""
    for line in locks.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count > 5, words[1] == "FLOCK", words[5].hasSuffix(":\(status.st_ino)") else {
        continue
      }
      return Int32(words[4]) ?? 0
    }
    return 0
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
