import FileInput
import SystemPackage

/// One part of a tenant's date.
public struct ExportPart: Hashable, Sendable {
  /// The file's name, which orders the parts of a date.
  public let name: String
  /// The path of the file.
  public let path: String

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
