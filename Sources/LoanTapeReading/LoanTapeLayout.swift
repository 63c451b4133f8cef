import FileInput
public import JournalReading
public import LedgerDomain
import SystemPackage

/// Where loan tapes are stored: `tenant_id=<uuid>/date=<YYYY-MM-DD>.csv`, or `.csv.gz`, or a directory
/// `date=<YYYY-MM-DD>` of such files. Extensions may be in upper case.
///
/// Only the requested tenant's directory is read.
public struct LoanTapeLayout: Sendable {
  /// The directory that holds the tenants.
  public let root: String

  /// The tapes below that directory.
  public init(root: String) {
    self.root = root
  }

  /// The files of a tenant's tape for a date, sorted by name; empty if there is no tape.
  ///
  /// - Throws: `ReadingError` if the date has several tapes, or a file that is not a tape.
  public func files(of date: BusinessDate, tenant: TenantID) throws(ReadingError) -> [ExportPart] {
    var found: [[ExportPart]] = []
    for name in [tenant.description, tenant.description.uppercased()] {
      let directory = "\(root)/tenant_id=\(name)"
      guard FilePath(directory).isDirectory else { continue }
      for suffix in [".csv", ".csv.gz"] {
        let files = [suffix, suffix.uppercased()].map {
          ExportPart(name: "date=\(date)\($0)", directory: directory)
        }
        if let file = files.first(where: { FilePath($0.path).exists }) { found.append([file]) }
      }
      let files = try files(in: "\(directory)/date=\(date)")
      if !files.isEmpty { found.append(files) }
    }
    guard found.count <= 1 else {
      throw ReadingError(
        .invalidLayout, file: "\(found[1][0].name)",
        message:
          "is a second loan tape of \(date); the first is \(found[0][0].name). Remove the "
          + "wrong one.")
    }
    return found.first ?? []
  }

  private func files(in directory: String) throws(ReadingError) -> [ExportPart] {
    guard FilePath(directory).isDirectory else { return [] }
    var files: [ExportPart] = []
    for name in try ExportPart.names(in: directory)
    where !name.hasPrefix(".") && !name.hasPrefix("_") {
      let lower = name.lowercased()
      guard lower.hasSuffix(".csv") || lower.hasSuffix(".csv.gz") else {
        throw ReadingError(
          .unexpectedFile, file: name,
          message: "is not a loan tape (.csv, .csv.gz). Move it away, or start its name with _ if "
            + "it contains no loans.")
      }
      files.append(ExportPart(name: name, directory: directory))
    }
    return files
  }
}
