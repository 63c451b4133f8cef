public import SystemPackage

/// Why a file or a directory cannot be read.
///
/// Callers turn it into their own error type, which adds the file's name and the remedy.
public struct FileError: Error, Hashable, Sendable {
  /// The call that failed.
  public enum Kind: Hashable, Sendable {
    /// The path cannot be opened.
    case open
    /// The path is a directory, a pipe or a device.
    case notARegularFile
    /// Reading failed at `byteOffset`.
    case read
  }

  /// The call that failed.
  public let kind: Kind
  /// What the operating system reported.
  public let errno: Errno
  /// Where reading failed, in bytes from 0; `nil` if nothing was read yet.
  public let byteOffset: Int?

  init(_ kind: Kind, _ errno: Errno, byteOffset: Int? = nil) {
    self.kind = kind
    self.errno = errno
    self.byteOffset = byteOffset
  }

  /// The operating system's message: `No such file or directory`.
  public var reason: String { errno.description }
}

extension FileError {
  /// The error that a call of swift-system threw, which is always an `Errno`.
  init(_ kind: Kind, _ error: any Error, byteOffset: Int? = nil) {
    self.init(kind, error as? Errno ?? .ioError, byteOffset: byteOffset)
  }
}
