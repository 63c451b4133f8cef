/// A report file could not be written. The close itself is in the store.
public struct ReportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file or directory.
  public let path: String
  /// What the system said.
  public let reason: String

  /// A sentence with the remedy.
  public var description: String {
    "\(path) cannot be written: \(reason). The close is kept; mend this and run the same command "
      + "again to write its reports."
  }
}
