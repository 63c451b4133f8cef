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
}
