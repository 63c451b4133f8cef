public import LedgerDomain

/// A file of the bank as it lies in its directory, and how the job's settings read it.
public struct StatementFileState: Hashable, Sendable {
  /// Its path below the tenant's directory.
  public var file: String
  /// Its size.
  public var bytes: Int
  /// When it was changed, in nanoseconds since 1970.
  public var modifiedAt: Int64
  /// SHA-256 of its bytes, in lower-case hexadecimal.
  public var sha256: String
  /// What the job's settings say about reading it; a file is read again when they change.
  public var reading: String

  /// Creates a state.
  public init(file: String, bytes: Int, modifiedAt: Int64, sha256: String, reading: String) {
    (self.file, self.bytes, self.modifiedAt) = (file, bytes, modifiedAt)
    (self.sha256, self.reading) = (sha256, reading)
  }
}

/// What was read in a file of the bank, or in one member of an archive.
public struct StatementFileContents: Sendable {
  /// The file's path, and below it the member's.
  public var file: String
  /// Its format; `nil` if it is none that is known.
  public var format: String?
  /// Its usable statements.
  public var statements: [BankStatement]
  /// The transactions of batches that other statements book.
  public var notifications: [BankNotification]
  /// What is wrong with it.
  public var findings: [Finding]

  /// Creates contents.
  public init(
    file: String, format: String?, statements: [BankStatement],
    notifications: [BankNotification], findings: [Finding]
  ) {
    (self.file, self.format, self.statements) = (file, format, statements)
    (self.notifications, self.findings) = (notifications, findings)
  }
}

/// A file of the bank that was taken up.
public struct KnownStatementFile: Hashable, Sendable {
  /// Its record in the tenant's bank log; it only grows.
  public let record: Int64
  /// What it was when it was read.
  public let state: StatementFileState
  /// Whether something was wrong with it: it is then read again by each run.
  public let hasFindings: Bool
}

/// A statement or notification as a file delivered it.
public struct StoredDelivery<Content: Sendable>: Sendable {
  /// The record of its file: a later delivery has a greater one.
  public let record: Int64
  /// The path of the file below the tenant's directory; without the member of an archive.
  public let path: String
  /// The file's format.
  public let format: String?
  /// What was delivered.
  public let content: Content
}
