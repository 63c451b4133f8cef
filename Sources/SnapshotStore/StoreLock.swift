import Glibc

/// The right to write to a store: held by one process, and released by the kernel when it ends.
public final class StoreLock {
  private let descriptor: Int32

  /// Takes the lock beside the store, `<store>.lock`, or fails at once.
  ///
  /// - Throws: `StoreError` with `locked` if another process holds it.
  public init(storePath: String) throws(StoreError) {
    let path = storePath + ".lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw StoreError(
        .cannotOpen,
        "\(path) cannot be opened: \(String(cString: strerror(errno))). Check the directory of the "
          + "store and its permissions.")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw StoreError(
        .locked, "another run holds \(path). Wait until it has ended; the lock ends with it.")
    }
  }

  deinit { close(descriptor) }
}
