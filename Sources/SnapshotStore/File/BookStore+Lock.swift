extension BookStore {
  /// Writes to books that are there, with their lock held.
  ///
  /// - Parameters:
  ///   - path: the SQLite file.
  ///   - waiting: called before waiting for the lock that another run holds; `nil` not to wait.
  /// - Throws: `StoreError` with `not_found` if there is no file; those of `StoreLock`, of opening and
  ///   of the body.
  public static func writeLocked<Result>(
    at path: String, waiting: (() -> Void)? = nil, _ body: (BookWriter) throws -> Result
  ) throws -> Result {
    guard exists(at: path) else { throw StoreError(.notFound, "there is no store at \(path).") }
    let lock = try StoreLock(storePath: path, waiting: waiting)
    defer { withExtendedLifetime(lock) {} }
    return try BookStore(writingTo: path).write(body)
  }
}
