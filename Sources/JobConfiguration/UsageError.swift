/// Why a run cannot start: an option or the job file is wrong. The exit code is 64.
public struct UsageError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, where, and what to write instead.
  public let description: String

  /// An error with that sentence.
  public init(_ description: String) {
    self.description = description
  }

  /// The error of a command without a store.
  public static let noStore = UsageError("no store is given. Give --job FILE or --store FILE.")
}
