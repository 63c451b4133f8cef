/// Why a part, a manifest or another input file cannot be used. It stops the tenant's date.
public struct ReadingError: Error, Hashable, Sendable {
  /// The kind of trouble; stable.
  public enum Code: String, Sendable, CaseIterable {
    case cannotOpen = "cannot_open"
    case cannotRead = "cannot_read"
    case notAFile = "not_a_file"
    case truncatedGzip = "truncated_gzip"
    case corruptGzip = "corrupt_gzip"
    case trailingData = "trailing_data"
    case inflatedTooLarge = "inflated_too_large"
    case unexpectedFile = "unexpected_file"
    case missingExport = "missing_export"
    case missingPart = "missing_part"
    case unlistedPart = "unlisted_part"
    case partSizeMismatch = "part_size_mismatch"
    case partDigestMismatch = "part_digest_mismatch"
    case missingManifest = "missing_manifest"
    case invalidManifest = "invalid_manifest"
    case invalidTable = "invalid_table"
    case invalidLayout = "invalid_layout"
  }

  /// The kind of trouble.
  public let code: Code
  /// The file it was found in.
  public let file: String
  /// Where in the file, in bytes from 0 (of the file as it lies on disk), if that is known.
  public let byteOffset: Int?
  /// What is the matter, and what to do about it.
  public let message: String

  /// An error of that kind.
  public init(_ code: Code, file: String, byteOffset: Int? = nil, message: String) {
    self.code = code
    self.file = file
    self.byteOffset = byteOffset
    self.message = message
  }
}

extension ReadingError: CustomStringConvertible {
  /// `part-00000.ndjson.gz, byte 1234: …`
  public var description: String {
    let place = byteOffset.map { "\(file), byte \($0)" } ?? file
    return "\(place): \(message) [\(code.rawValue)]"
  }
}
