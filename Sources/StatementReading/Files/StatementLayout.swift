import FileInput
public import LedgerDomain
import SystemPackage

/// Where bank statements are stored: any file below `tenant_id=<uuid>/`, in whatever folders.
///
/// What a file is, its content tells. Names that begin with `.` or `_` are skipped, files and folders.
public struct StatementLayout: Sendable {
  private let root: String

  /// The statements below that directory.
  public init(root: String) {
    self.root = root
  }

  /// All files of a tenant, with size and time, so that only new and changed ones need be read.
  ///
  /// - Returns: no files if the tenant has no directory, because no statement has arrived yet.
  /// - Throws: `StatementError` if a directory cannot be listed, or the tenant has two.
  /// - Complexity: O(*n* log *n*) in the number of files; none is opened.
  public func listing(of tenant: TenantID) throws(StatementError) -> StatementListing {
    guard FilePath(root).isDirectory else { throw noRoot }
    let names = Set(["\(tenant)", tenant.description.uppercased()]).sorted()
    let directories = names.map { "\(root)/tenant_id=\($0)" }.filter { FilePath($0).isDirectory }
    guard let directory = directories.first else { return .empty }
    guard directories.count == 1 else {
      throw StatementError(
        .unexpectedFile, file: directories[1],
        message: "is a second directory of the tenant, beside \(directory). Merge them.")
    }
    return try StatementTree(directory).listing()
  }

  private var noRoot: StatementError {
    StatementError(
      .cannotOpen, file: root, message: "is not a directory. Check the setting `statements`.")
  }

  /// The files of a tenant's date, sorted by name; empty if the date has no directory.
  ///
  /// - Throws: `StatementError` if the directory cannot be listed, or contains another kind of file.
  public func files(
    of tenant: TenantID, date: BusinessDate
  ) throws(StatementError) -> [(name: String, path: String)] {
    guard FilePath(root).isDirectory else { throw noRoot }
    let lower = "\(root)/tenant_id=\(tenant)/date=\(date)"
    let upper = "\(root)/tenant_id=\(tenant.description.uppercased())/date=\(date)"
    guard let path = [lower, upper].first(where: { FilePath($0).isDirectory }) else { return [] }
    var files: [(name: String, path: String)] = []
    for name in try Self.names(in: path) where !name.hasPrefix(".") && !name.hasPrefix("_") {
      guard name.hasSuffix(".xml") || name.hasSuffix(".csv") else {
        throw StatementError(
          .unexpectedFile, file: "\(path)/\(name)",
          message:
            "is neither a camt.053 document (.xml) nor a table (.csv). Move it away, or put "
            + "_ before its name if it is not a statement.")
      }
      files.append((name, "\(path)/\(name)"))
    }
    return files
  }

  private static func names(in directory: String) throws(StatementError) -> [String] {
    do throws(FileError) {
      return try FilePath(directory).entryNames()
    } catch {
      throw StatementError(
        error.kind == .open ? .cannotOpen : .cannotRead, file: directory,
        message: "cannot be listed: \(error.reason). Check the path and its permissions.")
    }
  }
}
