/// An error that keeps the store from being used. Nothing was changed.
public struct StoreError: Error, Hashable, Sendable {
  /// The kind of error. The raw values are stable.
  public enum Code: String, Sendable, CaseIterable {
    case locked
    case cannotOpen = "cannot_open"
    case newerStore = "newer_store"
    case notAStore = "not_a_store"
    case notFound = "not_found"
    case writeFailed = "write_failed"
    case diskFull = "disk_full"
    case backupFailed = "backup_failed"
    case alteredStore = "altered_store"
    case networkFileSystem = "network_file_system"
  }

  /// The kind of error.
  public let code: Code
  /// What happened and what to do about it.
  public let message: String

  /// Creates an error of a kind.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

extension StoreError: CustomStringConvertible {
  /// The message and the code.
  public var description: String { "\(message) [\(code.rawValue)]" }
}
