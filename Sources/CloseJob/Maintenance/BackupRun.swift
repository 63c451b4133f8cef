public import JobConfiguration
import SnapshotStore

/// `tieout backup`: a copy of the store that was verified.
public enum BackupRun {
  /// Copies the store while others read or close, verifies the copy, and gives it its name.
  ///
  /// - Throws: `StoreError` with `backup_failed` if there is a file of that name already, or the copy
  ///   does not verify; then there is none. `locked` if another backup is being written beside it.
  public static func run(storePath: String, to path: String) throws -> VerifyResult {
    let draft = path + ".partial"
    let lock = try StoreLock(backupPath: path)
    defer { withExtendedLifetime(lock) {} }
    try BookStore(readingFrom: storePath).backUp(to: draft, inPlaceOf: path)
    do {
      var settings = JobSettings()
      settings.store = draft
      let verified = try VerifyRun(
        settings: settings, clock: .system, dates: (nil, nil), isStoreOnly: true
      ).run()
      if let difference = verified.differences.first {
        throw StoreError(
          .backupFailed,
          "the copy does not verify, and neither may \(storePath): \(difference.message). See tieout "
            + "verify.")
      }
      try BookStore.finishBackup(draft, as: path)
      return verified
    } catch {
      BookStore.discardBackup(draft)
      throw error
    }
  }
}
