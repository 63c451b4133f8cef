import Glibc

/// The right to write to a store: held by one process, and released by the kernel when it ends.
public final class StoreLock {
  private let descriptor: Int32

  /// Takes the lock beside the store, `<store>.lock`.
  ///
  /// - Parameter waiting: called if another process holds the lock, which is then waited for; `nil` to
  ///   fail at once.
  /// - Throws: `StoreError` with `locked` if another process holds it and it is not waited for.
  public init(storePath: String, waiting: (() -> Void)? = nil) throws(StoreError) {
    let path = storePath + ".lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw StoreError(
        .cannotOpen,
        "\(path) cannot be opened: \(String(cString: strerror(errno))). Check the directory of the "
          + "store and its permissions.")
    }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
    guard errno == EWOULDBLOCK, let waiting else {
      close(descriptor)
      throw StoreError(
        .locked,
        "another run holds \(path). Wait until it has ended (--wait does); the lock ends with it.")
    }
    waiting()
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else {
        close(descriptor)
        throw StoreError(.locked, "\(path) cannot be locked: \(String(cString: strerror(errno))).")
      }
    }
  }

  deinit { close(descriptor) }
}
