import JobConfiguration
import SnapshotStore

/// `tieout backup`: makes a verified copy of the store.
public enum BackupRun {
  /// Copies the store while others read or close, verifies the copy, and renames it to its final name.
  ///
  /// - Throws: `StoreError` with `backup_failed` if the file exists already, or the copy cannot be
  ///   verified, in which case it is deleted; with `locked` if another run is writing the same backup.
  public static func run(storePath: String, to path: String) throws -> VerifyResult {
    let draft = path + ".partial"
    let lock = try StoreLock(backupPath: path)
    defer { withExtendedLifetime(lock) {} }
    try BookStore(readingFrom: storePath).backUp(to: draft, inPlaceOf: path)
    do {
      let verified = try VerifyRun(
        VerifyConfiguration(store: draft), clock: .system, dates: (nil, nil)
      ).run()
      if let difference = verified.differences.first {
        throw StoreError(
          .backupFailed,
          "the copy cannot be verified, and \(storePath) may be damaged too: \(difference.message). Run "
            + "tieout verify.")
      }
      try BookStore.finishBackup(draft, as: path)
      return verified
    } catch {
      BookStore.discardBackup(draft)
      throw error
    }
  }
}
