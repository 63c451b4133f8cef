/// A report file could not be written. The close itself is in the store.
public struct ReportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file or directory.
  public let path: String
  /// The reason that the system gave.
  public let reason: String

  /// What happened, and the remedy.
  public var description: String {
    "\(path) cannot be written: \(reason). The close is kept; fix this and run the same command "
      + "again to write its reports."
  }
}
