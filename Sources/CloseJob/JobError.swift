/// Why a run cannot begin: an option or the job file is wrong. The exit code is 64.
public struct UsageError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, where, and what to write instead.
  public let description: String

  /// An error with that sentence.
  public init(_ description: String) {
    self.description = description
  }

  /// That a command was not told where the books are.
  public static let noStore = UsageError("no store is given. Give --job FILE or --store FILE.")
}

/// Why one tenant's date could not be closed. Nothing of it is published; other tenants go on.
public struct CloseRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure; stable.
  public let code: String
  /// What is wrong and what to do about it.
  public let message: String

  /// A refusal with that sentence.
  public init(code: String, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The sentence and the code.
  public var description: String { "\(message) [\(code)]" }
}
