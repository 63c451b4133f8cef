import FileInput

/// Why a part, a manifest or another input file cannot be used. The tenant's date is not closed.
public struct ReadingError: Error, Hashable, Sendable {
  /// The kind of error; stable.
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
    case unfinishedExport = "unfinished_export"
    case notText = "not_text"
    case unsupportedEncoding = "unsupported_encoding"
    case missingPart = "missing_part"
    case unlistedPart = "unlisted_part"
    case partSizeMismatch = "part_size_mismatch"
    case partDigestMismatch = "part_digest_mismatch"
    case missingManifest = "missing_manifest"
    case invalidManifest = "invalid_manifest"
    case invalidTable = "invalid_table"
    case invalidLayout = "invalid_layout"
  }

  /// The kind of error.
  public let code: Code
  /// The file it was found in.
  public let file: String
  /// The position in the file on disk (before inflating), in bytes from 0, if it is known.
  public let byteOffset: Int?
  /// What happened, and what to do about it.
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

extension ReadingError {
  /// The error of a part or a table that cannot be opened or read.
  init(_ error: FileError, file: String) {
    switch error.kind {
    case .open:
      self.init(
        .cannotOpen, file: file,
        message: "cannot be opened: \(error.reason). Check that it exists and can be read.")
    case .notARegularFile:
      self.init(
        .notAFile, file: file,
        message: "is not a regular file. Move it out of the date's directory.")
    case .read:
      self.init(
        .cannotRead, file: file, byteOffset: error.byteOffset,
        message: "cannot be read: \(error.reason). Check the disk, then run again.")
    }
  }

  /// The error of a directory that cannot be listed.
  init(listing error: FileError, directory: String) {
    self.init(
      error.kind == .open ? .cannotOpen : .cannotRead, file: directory,
      message: "cannot be listed: \(error.reason). Check the path and its permissions.")
  }
}
