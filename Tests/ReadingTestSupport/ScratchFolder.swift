import Foundation

/// A temporary directory of its own, removed when the value is.
public final class ScratchFolder {
  /// The path of the directory.
  public let path: String

  /// Creates the directory.
  public init() throws {
    path = NSTemporaryDirectory() + "tieout-reading-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Makes a directory in the folder, with those above it.
  @discardableResult
  public func directory(_ name: String) throws -> String {
    let directory = "\(path)/\(name)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    return directory
  }

  /// Writes a file into the folder, or over the one of that name.
  ///
  /// - Returns: its path.
  @discardableResult
  public func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    let file = "\(path)/\(name)"
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// Writes text as UTF-8.
  @discardableResult
  public func write(_ text: String, to name: String) throws -> String {
    try write(text.utf8, to: name)
  }
}
