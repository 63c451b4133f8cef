import FileInput
public import LedgerDomain
import SystemPackage

extension ReportSet {
  /// The newest report set of a tenant; `nil` if it has none.
  ///
  /// A set is a directory named by its date that has one of the files that every set has.
  public static func newest(
    of tenant: TenantID, below root: String
  ) throws(ReportError) -> (date: BusinessDate, path: String)? {
    let directory = "\(root)/\(tenant)"
    let names: [String]
    do throws(FileError) {
      names = try FilePath(directory).entryNames()
    } catch {
      if error.errno == .noSuchFileOrDirectory || error.errno == .notDirectory { return nil }
      throw ReportError(path: directory, reason: error.reason)
    }
    for date in names.compactMap({ BusinessDate($0) }).sorted(by: >) {
      let path = self.directory(below: root, tenant: tenant, date: date)
      if ["SHA256SUMS", "reconciliation.json"].contains(where: { FilePath("\(path)/\($0)").exists })
      {
        return (date, path)
      }
    }
    return nil
  }
}
