public import FileInput

/// Why a statement file cannot be read at all.
public struct StatementError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of error; stable.
  public enum Code: String, Sendable, CaseIterable {
    case cannotOpen = "cannot_open"
    case cannotRead = "cannot_read"
    case notAFile = "not_a_file"
    case unexpectedFile = "unexpected_file"
  }

  /// The kind of error.
  public let code: Code
  /// The file it was found in.
  public let file: String
  /// The position in the file, in bytes from 0, if it is known.
  public let byteOffset: Int?
  /// What happened, and what to do about it.
  public let message: String

  init(_ code: Code, file: String, byteOffset: Int? = nil, message: String) {
    self.code = code
    self.file = file
    self.byteOffset = byteOffset
    self.message = message
  }

  /// `bank.xml, byte 1234: …`
  public var description: String {
    let place = byteOffset.map { "\(file), byte \($0)" } ?? file
    return "\(place): \(message) [\(code.rawValue)]"
  }
}

extension StatementError {
  /// The error of a statement file that cannot be opened or read.
  public init(_ error: FileError, file: String) {
    switch error.kind {
    case .open:
      self.init(
        .cannotOpen, file: file,
        message: "cannot be opened: \(error.reason). Check that it exists and can be read.")
    case .notARegularFile:
      self.init(
        .notAFile, file: file,
        message: "is not a regular file. Move it out of the statements' directory.")
    case .read:
      self.init(
        .cannotRead, file: file, byteOffset: error.byteOffset,
        message: "cannot be read: \(error.reason). Check the disk, then run again.")
    }
  }
}
