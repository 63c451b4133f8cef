public import LedgerDomain

/// Where bank statements lie: `tenant_id=<uuid>/date=<YYYY-MM-DD>/*.xml` or `*.csv`.
public struct StatementLayout: Sendable {
  private let root: String

  /// The statements below that directory.
  public init(root: String) {
    self.root = root
  }

  /// The files of a tenant's date in the order of their names; none if it has no directory.
  ///
  /// - Throws: `ReadingError` if the directory cannot be listed, or holds something else.
  public func files(
    of tenant: TenantID, date: BusinessDate
  ) throws(ReadingError) -> [(name: String, path: String)] {
    guard Directory.isDirectory(root) else {
      throw ReadingError(
        .cannotOpen, file: root, message: "is no directory. Check where the statements are.")
    }
    let lower = "\(root)/tenant_id=\(tenant)/date=\(date)"
    let upper = "\(root)/tenant_id=\(tenant.description.uppercased())/date=\(date)"
    guard let path = [lower, upper].first(where: { Directory.isDirectory($0) }) else { return [] }
    var files: [(name: String, path: String)] = []
    for name in try Directory.names(in: path) where !name.hasPrefix(".") && !name.hasPrefix("_") {
      guard name.hasSuffix(".xml") || name.hasSuffix(".csv") else {
        throw ReadingError(
          .unexpectedFile, file: "\(path)/\(name)",
          message:
            "is neither a camt.053 document (.xml) nor a table (.csv). Move it away, or begin "
            + "its name with _ if it is no statement.")
      }
      files.append((name, "\(path)/\(name)"))
    }
    return files
  }
}
