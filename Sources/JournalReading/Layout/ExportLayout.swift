import FileInput
public import LedgerDomain
import SystemPackage

/// One part of a tenant's date.
public struct ExportPart: Hashable, Sendable {
  /// The file's name, which orders the parts of a date.
  public let name: String
  /// The path of the file.
  public let path: String
  /// Whether it is gzip; otherwise it is plain NDJSON.
  public var isCompressed: Bool { name.hasSuffix(".gz") }

  /// A part of that name in that directory.
  public init(name: String, directory: String) {
    self.name = name
    self.path = directory + "/" + name
  }
}

extension ExportPart {
  /// The size on disk, in bytes.
  ///
  /// - Throws: `ReadingError` if it no longer exists.
  public func byteCount() throws(ReadingError) -> Int {
    do {
      return Int(try FilePath(path).stat().size)
    } catch {
      throw ReadingError(
        .cannotOpen, file: name,
        message: "cannot be opened: \(error). Check that it exists and can be read.")
    }
  }
}

/// The contents of a date's directory.
public struct DateExport: Sendable {
  /// The directory.
  public let path: String
  /// The parts in the order of their names, byte by byte.
  public let parts: [ExportPart]
  /// The manifest, if there is one.
  public let manifestPath: String?
}

/// Where exports are stored: `tenant_id=<uuid>/date=<YYYY-MM-DD>/part-….ndjson.gz`.
///
/// Names that begin with `.` or `_` are ignored. Anything else that might contain entries but is not
/// expected here is an error, because an ignored part would be missing from the books.
public struct ExportLayout: Sendable {
  /// The directory that holds the tenants.
  public let root: String

  /// The exports below that directory.
  public init(root: String) {
    self.root = root
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

  /// The contents of a date's directory.
  ///
  /// - Throws: `ReadingError` if there is no directory, or it contains a file that is neither a part
  ///   nor the manifest.
  public func export(of date: BusinessDate, inTenantDirectory tenantPath: String)
    throws(ReadingError) -> DateExport
  {
    let path = "\(tenantPath)/date=\(date)"
    guard FilePath(path).isDirectory else {
      throw ReadingError(
        .missingExport, file: "date=\(date)",
        message: "there is no export of this date. Have it exported, or close with "
          + "--missing-dates empty if the exporter skips days without entries.")
    }
    var parts: [ExportPart] = []
    var manifest: String?
    for name in try ExportPart.names(in: path) where !Self.isHidden(name) {
      if name == "manifest.json" {
        manifest = path + "/" + name
      } else if name.hasSuffix(".ndjson") || name.hasSuffix(".ndjson.gz") {
        parts.append(ExportPart(name: name, directory: path))
      } else {
        throw ReadingError(
          .unexpectedFile, file: name,
          message: "is neither a part (.ndjson, .ndjson.gz) nor manifest.json. Move it away, or "
            + "start its name with _ if it contains no entries.")
      }
    }
    return DateExport(path: path, parts: parts, manifestPath: manifest)
  }

  /// Whether a date has a directory in a tenant's directory.
  public func hasDirectory(of date: BusinessDate, inTenantDirectory tenantPath: String) -> Bool {
    FilePath("\(tenantPath)/date=\(date)").isDirectory
  }

  private static func isHidden(_ name: String) -> Bool {
    name.hasPrefix(".") || name.hasPrefix("_")
  }

  private static func mayContainEntries(_ name: String) -> Bool {
    name.hasPrefix("tenant_id=") || name.hasPrefix("date=") || name.hasPrefix("part-")
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

extension ExportPart {
  /// The names in a directory, sorted by their bytes.
  ///
  /// - Throws: `ReadingError` if the directory cannot be listed.
  public static func names(in directory: String) throws(ReadingError) -> [String] {
    do throws(FileError) {
      return try FilePath(directory).entryNames()
    } catch {
      throw ReadingError(listing: error, directory: directory)
    }
  }
}
