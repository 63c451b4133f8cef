/// Why a statement file cannot be read at all.
public struct StatementError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of trouble; stable.
  public enum Code: String, Sendable, CaseIterable {
    case cannotOpen = "cannot_open"
    case cannotRead = "cannot_read"
    case notAFile = "not_a_file"
  }

  /// The kind of trouble.
  public let code: Code
  /// The file it was found in.
  public let file: String
  /// Where in the file, in bytes from 0, if that is known.
  public let byteOffset: Int?
  /// What is the matter, and what to do about it.
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
