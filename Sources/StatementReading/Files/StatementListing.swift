public import LedgerDomain

/// A file below a tenant's directory of statements.
public struct ListedStatement: Hashable, Sendable {
  /// The file's name in findings and items: its path below the tenant's directory.
  public let name: String
  /// Where it is.
  public let path: String
  /// The size in bytes.
  public let byteCount: Int
  /// When its contents were last changed, in nanoseconds since 1970.
  public let modifiedNanoseconds: Int64
  /// The date of the innermost folder `date=YYYY-MM-DD`, if it is in one. The statement's own closing
  /// date decides; one that differs is reported.
  public let folderDate: BusinessDate?
}

/// All statement files of a tenant.
public struct StatementListing: Hashable, Sendable {
  /// The files, in the order of the bytes of their names.
  public let files: [ListedStatement]
  /// One `statement_malformed` for each link, pipe or device, and for each name that is not UTF-8; in the
  /// order of the bytes of their names.
  public let findings: [Finding]

  /// No files.
  static let empty = StatementListing(files: [], findings: [])
}
