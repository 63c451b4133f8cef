import LedgerDomain

/// The contents of a date's directory.
public struct DateExport: Sendable {
  /// The directory.
  public let path: String
  /// The parts in the order of their names, byte by byte.
  public let parts: [ExportPart]
  /// The manifest, if there is one.
  public let manifestPath: String?
  /// The first file that is neither a part nor the manifest, as an error; `nil` if there is none.
  public let unexpected: ReadingError?
  /// Why the date's export is not finished, as an error; `nil` if it is.
  public let unfinished: ReadingError?

  /// Whether the export is unfinished and nothing of it can be read yet.
  public var hasOnlyBegun: Bool {
    unfinished != nil && parts.isEmpty && manifestPath == nil && unexpected == nil
  }

  /// The contents of a directory that has these names, sorted by their bytes.
  init(path: String, date: BusinessDate, names: [String], successMarker: String?) {
    var parts: [ExportPart] = []
    var manifest: String?
    var unexpected: ReadingError?
    for name in names where !ExportLayout.isHidden(name) {
      // Most names are written like this, and comparing them costs less than changing their case.
      if name.hasSuffix(".ndjson") || name.hasSuffix(".ndjson.gz") {
        parts.append(ExportPart(name: name, directory: path))
        continue
      }
      let lower = name.lowercased()
      if lower == "manifest.json" && manifest == nil {
        manifest = name
      } else if lower.hasSuffix(".ndjson") || lower.hasSuffix(".ndjson.gz") {
        parts.append(ExportPart(name: name, directory: path))
      } else if name != successMarker {
        unexpected = unexpected ?? Self.unexpected(name, manifest: manifest)
      }
    }
    self.path = path
    self.parts = parts
    manifestPath = manifest.map { path + "/" + $0 }
    self.unexpected = unexpected
    unfinished = Self.unfinished(names, date, successMarker: successMarker)
  }

  /// The sizes of the parts on disk, in bytes and in their order.
  ///
  /// - Throws: `ReadingError` if one no longer exists.
  public func byteCounts() throws(ReadingError) -> [Int] {
    var counts: [Int] = []
    for part in parts { counts.append(try part.byteCount()) }
    return counts
  }

  private static func unexpected(_ name: String, manifest: String?) -> ReadingError {
    if let manifest, name.lowercased() == "manifest.json" {
      return ReadingError(
        .unexpectedFile, file: name,
        message: "is a second manifest, beside \(manifest). Find out which one the exporter wrote, "
          + "and move the other away.")
    }
    return ReadingError(
      .unexpectedFile, file: name,
      message: "is neither a part (.ndjson, .ndjson.gz) nor manifest.json. Move it away, or "
        + "start its name with _ if it contains no entries.")
  }

  private static func unfinished(
    _ names: [String], _ date: BusinessDate, successMarker: String?
  ) -> ReadingError? {
    if let successMarker {
      if names.contains(successMarker) { return nil }
      return ReadingError(
        .unfinishedExport, file: "date=\(date)",
        message: "the export is not finished: there is no \(successMarker), which success_marker "
          + "names. Run again when the exporter has written it; if it failed, start it again.")
    }
    guard let first = names.first, names.allSatisfy(ExportLayout.isHidden) else { return nil }
    let others = names.count - 1
    let marker = names.first { name in
      ["success", "done", "complete"].contains { name.lowercased().contains($0) }
    }
    return ReadingError(
      .unfinishedExport, file: "date=\(date)",
      message: "the export is not finished: there is only \(first)"
        + (others > 0 ? " and \(others.counted("other hidden name"))" : "")
        + ". Run again when the exporter has written the parts; if it failed, start it again."
        + (marker.map { " If \($0) marks a date as finished, set success_marker: \($0)." } ?? ""))
  }
}
