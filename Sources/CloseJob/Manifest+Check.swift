import JournalReading

extension Manifest {
  /// Checks that the parts of a date are those that the manifest names, if it names any.
  ///
  /// - Throws: `ReadingError` with `missing_part` or `unlisted_part`.
  func checkNames(of present: [ExportPart]) throws(ReadingError) {
    guard let parts else { return }
    let names = Set(present.map(\.name))
    for part in parts where !names.contains(part.file) {
      throw ReadingError(
        .missingPart, file: part.file,
        message: "is named by the manifest but is not there. Ask the exporter for it.")
    }
    let named = Set(parts.map(\.file))
    for part in present where !named.contains(part.name) {
      throw ReadingError(
        .unlistedPart, file: part.name,
        message: "is not named by the manifest. Ask the exporter whether it belongs to the date.")
    }
  }

  /// Checks size and digest of a part that was read.
  ///
  /// - Throws: `ReadingError` with `part_size_mismatch` or `part_digest_mismatch`.
  func check(_ receipt: PartSummary) throws(ReadingError) {
    guard let part = parts?.first(where: { $0.file == receipt.file }) else { return }
    if let bytes = part.bytes, bytes != receipt.bytes {
      throw ReadingError(
        .partSizeMismatch, file: receipt.file, byteOffset: receipt.bytes,
        message: "has \(receipt.bytes) bytes where the manifest says \(bytes). Ask the exporter "
          + "for it again.")
    }
    if let sha256 = part.sha256, sha256 != receipt.sha256 {
      throw ReadingError(
        .partDigestMismatch, file: receipt.file, byteOffset: receipt.bytes,
        message: "has the SHA-256 \(receipt.sha256) where the manifest says \(sha256). Ask the "
          + "exporter for it again.")
    }
  }
}
