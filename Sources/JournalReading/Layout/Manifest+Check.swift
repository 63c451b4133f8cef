import LedgerDomain

extension Manifest {
  /// Checks that a date has exactly the parts that the manifest lists, if it lists any.
  ///
  /// - Throws: `ReadingError` with `missing_part` or `unlisted_part`.
  public func checkNames(of present: [ExportPart]) throws(ReadingError) {
    guard let parts else { return }
    let names = Set(present.map { ExactText($0.name) })
    for part in parts where !names.contains(ExactText(part.file)) {
      throw ReadingError(
        .missingPart, file: part.file,
        message: "is in the manifest but not in the directory. Ask the exporter for it.")
    }
    let named = Set(parts.map { ExactText($0.file) })
    for part in present where !named.contains(ExactText(part.name)) {
      throw ReadingError(
        .unlistedPart, file: part.name,
        message: "is not in the manifest. Ask the exporter whether it belongs to the date.")
    }
  }

  /// Checks the size and the digest of a part that was read.
  ///
  /// - Throws: `ReadingError` with `part_size_mismatch` or `part_digest_mismatch`.
  public func check(_ summary: PartSummary) throws(ReadingError) {
    guard let part = parts?.first(where: { ExactText($0.file) == ExactText(summary.file) }) else {
      return
    }
    if let bytes = part.bytes, bytes != summary.bytes {
      throw ReadingError(
        .partSizeMismatch, file: summary.file, byteOffset: summary.bytes,
        message: "has \(summary.bytes) bytes, but the manifest says \(bytes). Ask the exporter "
          + "for it again.")
    }
    if let sha256 = part.sha256, sha256 != summary.sha256 {
      throw ReadingError(
        .partDigestMismatch, file: summary.file, byteOffset: summary.bytes,
        message: "has the SHA-256 \(summary.sha256), but the manifest says \(sha256). Ask the "
          + "exporter for it again.")
    }
  }
}
