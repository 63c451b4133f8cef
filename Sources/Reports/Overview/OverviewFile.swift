import FileInput
import Glibc
public import LedgerDomain
import SystemPackage

/// `<reports>/index.html`, replaced atomically.
public enum OverviewFile {
  /// The name of the file.
  public static let name = "index.html"

  /// What a page that was written before knows.
  public struct Known: Sendable {
    /// The settings that decide when a statement is overdue.
    public let banking: String
    /// The tenants by their ids.
    public let tenants: [TenantID: TenantOverview]
  }

  /// The path of the page.
  public static func path(below root: String) -> String { "\(root)/\(name)" }

  /// What the page below a directory knows; `nil` if there is none, it was changed, or another version of
  /// Tieout wrote it.
  public static func known(below root: String) -> Known? {
    guard let page = bytes(below: root), OverviewPage.isIntact(page),
      let document = OverviewDocument(page: page)
    else { return nil }
    return Known(
      banking: document.banking,
      tenants: Dictionary(
        document.tenants.map { ($0.overview.tenant, $0.overview) }, uniquingKeysWith: { $1 }))
  }

  /// Writes the page, unless the one that is there is the same.
  public static func write(_ overview: Overview, below root: String) throws(ReportError) {
    let page = OverviewPage.bytes(overview)
    if bytes(below: root) == page { return }
    try ReportSet.makeDirectories(root)
    let draft = "\(root)/.\(name).new"
    var output = try ReportOutput(path: draft)
    try output.write(page)
    _ = try output.finish()
    try output.sync()
    guard rename(draft, path(below: root)) == 0 else { throw .system(path(below: root)) }
  }

  private static func bytes(below root: String) -> [UInt8]? {
    guard let file = fopen(path(below: root), "r") else { return nil }
    defer { fclose(file) }
    var size = stat()
    guard fstat(fileno(file), &size) == 0, size.st_mode & S_IFMT == S_IFREG, size.st_size > 0
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(size.st_size))
    return fread(&bytes, 1, bytes.count, file) == bytes.count ? bytes : nil
  }
}
