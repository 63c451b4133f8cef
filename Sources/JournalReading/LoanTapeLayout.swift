public import LedgerDomain

/// Where loan tapes lie: `tenant_id=<uuid>/date=<YYYY-MM-DD>.csv`, or `.csv.gz`, or a directory
/// `date=<YYYY-MM-DD>` of such files.
///
/// Only the directory of the tenant asked for is looked into.
public struct LoanTapeLayout: Sendable {
  /// The directory that holds the tenants.
  public let root: String

  /// The tapes below that directory.
  public init(root: String) {
    self.root = root
  }

  /// The files of a tenant's tape of a date, in the order of their names; none if there is no tape.
  ///
  /// - Throws: `ReadingError` if there are several tapes of the date, or files that are none.
  public func files(of date: BusinessDate, tenant: TenantID) throws(ReadingError) -> [ExportPart] {
    var found: [[ExportPart]] = []
    for name in [tenant.description, tenant.description.uppercased()] {
      let directory = "\(root)/tenant_id=\(name)"
      guard Directory.isDirectory(directory) else { continue }
      for suffix in [".csv", ".csv.gz"] {
        let file = ExportPart(name: "date=\(date)\(suffix)", directory: directory)
        if Directory.exists(file.path) { found.append([file]) }
      }
      let files = try files(in: "\(directory)/date=\(date)")
      if !files.isEmpty { found.append(files) }
    }
    guard found.count <= 1 else {
      throw ReadingError(
        .invalidLayout, file: "\(found[1][0].name)",
        message: "is a second loan tape of \(date) beside \(found[0][0].name). Leave the one that "
          + "counts.")
    }
    return found.first ?? []
  }

  private func files(in directory: String) throws(ReadingError) -> [ExportPart] {
    guard Directory.isDirectory(directory) else { return [] }
    var files: [ExportPart] = []
    for name in try Directory.names(in: directory)
    where !name.hasPrefix(".") && !name.hasPrefix("_") {
      guard name.hasSuffix(".csv") || name.hasSuffix(".csv.gz") else {
        throw ReadingError(
          .unexpectedFile, file: name,
          message: "is no loan tape (.csv, .csv.gz). Move it away, or begin its name with _ if it "
            + "holds no loans.")
      }
      files.append(ExportPart(name: name, directory: directory))
    }
    return files
  }
}
