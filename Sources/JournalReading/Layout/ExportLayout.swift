public import FileInput
public import LedgerDomain
import SystemPackage

/// Where exports are stored: `tenant_id=<uuid>/date=<YYYY-MM-DD>/part-….ndjson.gz`.
///
/// Extensions and `manifest.json` may be in any case. Names that begin with `.` or `_` are ignored, but
/// a date with nothing else is an unfinished export. Anything else that might contain entries but is
/// not expected here is an error, because an ignored part would be missing from the books.
public struct ExportLayout: Sendable {
  /// The directory that holds the tenants.
  public let root: String
  /// The file that marks a finished date; `nil` if the exporter writes none.
  public let successMarker: String?

  /// The exports below that directory.
  public init(root: String, successMarker: String? = nil) {
    self.root = root
    self.successMarker = successMarker
  }

  /// The tenants that have a directory, each with its path, sorted by their ids.
  ///
  /// - Returns: the tenants, and an error for each unexpected entry.
  /// - Throws: `ReadingError` if the directory cannot be listed.
  public func tenants() throws(ReadingError) -> (
    tenants: [(tenant: TenantID, path: String)], unexpectedEntries: [ReadingError]
  ) {
    var tenants: [(tenant: TenantID, path: String)] = []
    var unexpectedEntries: [ReadingError] = []
    for name in try ExportPart.names(in: root) where !Self.isHidden(name) {
      let path = root + "/" + name
      guard name.hasPrefix("tenant_id=") else {
        if FilePath(path).isDirectory || Self.mayContainEntries(name) {
          unexpectedEntries.append(
            Self.unexpectedEntry(name, in: root, expected: "tenant_id=<uuid>"))
        }
        continue
      }
      guard let tenant = TenantID(name.dropFirst("tenant_id=".count)), FilePath(path).isDirectory,
        !tenants.contains(where: { $0.tenant == tenant })
      else {
        unexpectedEntries.append(
          Self.unexpectedEntry(name, in: root, expected: "tenant_id=<uuid>, once per tenant"))
        continue
      }
      tenants.append((tenant, path))
    }
    return (tenants.sorted { $0.tenant < $1.tenant }, unexpectedEntries)
  }

  /// The dates that have a directory in a tenant's directory, in order.
  ///
  /// - Throws: `ReadingError` if an entry might contain journal entries but is not a date.
  public func dates(inTenantDirectory path: String) throws(ReadingError) -> [BusinessDate] {
    var dates: [BusinessDate] = []
    for name in try ExportPart.names(in: path) where !Self.isHidden(name) {
      let isDirectory = FilePath(path + "/" + name).isDirectory
      if name.hasPrefix("date="), isDirectory, let date = BusinessDate(name.dropFirst(5)) {
        dates.append(date)
      } else if isDirectory || Self.mayContainEntries(name) {
        throw Self.unexpectedEntry(name, in: path, expected: "date=<YYYY-MM-DD>")
      }
    }
    return dates.sorted()
  }

  /// The contents of a date's directory, to be read.
  ///
  /// - Parameter mayBeUnfinished: whether an unfinished export is read as it is, because its date is
  ///   closed and only compared.
  /// - Throws: `ReadingError` if there is no directory, the export is unfinished, or it contains a file
  ///   that is neither a part nor the manifest.
  public func export(
    of date: BusinessDate, inTenantDirectory tenantPath: String, mayBeUnfinished: Bool = false
  ) throws(ReadingError) -> DateExport {
    guard let export = try contents(of: date, inTenantDirectory: tenantPath) else {
      throw ReadingError(
        .missingExport, file: "date=\(date)",
        message: "there is no export of this date. Have it exported, or close with "
          + "--missing-dates empty if the exporter skips days without entries.")
    }
    if let unfinished = export.unfinished, !mayBeUnfinished { throw unfinished }
    if let unexpected = export.unexpected { throw unexpected }
    return export
  }

  /// The contents of a date's directory as they are; `nil` if there is no directory.
  ///
  /// - Throws: `ReadingError` if the directory cannot be listed.
  public func contents(
    of date: BusinessDate, inTenantDirectory tenantPath: String
  ) throws(ReadingError) -> DateExport? {
    let path = "\(tenantPath)/date=\(date)"
    do throws(FileError) {
      let names = try FilePath(path).entryNames()
      return DateExport(path: path, date: date, names: names, successMarker: successMarker)
    } catch {
      if error.errno == .noSuchFileOrDirectory || error.errno == .notDirectory { return nil }
      throw ReadingError(listing: error, directory: path)
    }
  }

  /// The contents of a date's directory as they are, with the sizes of the parts in bytes and in their
  /// order, for comparing many dates; `nil` if there is no directory.
  ///
  /// - Parameters:
  ///   - tenantDirectory: the tenant's directory.
  ///   - tenantPath: its path.
  /// - Throws: `ReadingError` if the directory cannot be listed.
  public func listing(
    of date: BusinessDate, in tenantDirectory: borrowing OpenDirectory, path tenantPath: String
  ) throws(ReadingError) -> (export: DateExport, byteCounts: [Int?])? {
    let path = "\(tenantPath)/date=\(date)"
    do throws(FileError) {
      guard
        let files = try tenantDirectory.files(
          in: "date=\(date)", withSizesOf: { !Self.isHidden($0) && $0 != "manifest.json" })
      else { return nil }
      let export = DateExport(
        path: path, date: date, names: files.map(\.name), successMarker: successMarker)
      // Parts are in the order of the files.
      var rest = files[...]
      let sizes = export.parts.map { part in
        while let file = rest.popFirst() { if file.name == part.name { return file.byteCount } }
        return nil
      }
      return (export, sizes)
    } catch {
      throw ReadingError(listing: error, directory: path)
    }
  }

  static func isHidden(_ name: String) -> Bool {
    let first = name.utf8.first
    return first == UInt8(ascii: ".") || first == UInt8(ascii: "_")
  }

  private static func mayContainEntries(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.hasPrefix("tenant_id=") || name.hasPrefix("date=") || name.hasPrefix("part-")
      || name.contains(".ndjson") || name.hasSuffix(".gz")
  }

  private static func unexpectedEntry(_ name: String, in path: String, expected: String)
    -> ReadingError
  {
    ReadingError(
      .invalidLayout, file: "\(path)/\(name)",
      message:
        "is not named \(expected), so it would be ignored. Rename it, move it away, or put "
        + "_ before its name if it contains no entries.")
  }
}
