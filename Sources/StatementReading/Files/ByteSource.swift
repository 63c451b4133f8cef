import FileInput

/// Bytes from front to back.
protocol ByteSource: AnyObject {
  /// The next bytes, at most `bytesMax`; empty at the end.
  func read(bytesMax: Int) throws(StatementError) -> [UInt8]
}

/// The bytes of an array.
final class MemoryByteSource: ByteSource {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  func read(bytesMax: Int) -> [UInt8] {
    let chunk = rest.prefix(bytesMax)
    rest = rest.dropFirst(bytesMax)
    return Array(chunk)
  }
}

/// The bytes of a file.
final class FileByteSource: ByteSource {
  private let name: String
  private var file: InputFile

  /// Opens a regular file.
  init(path: String, name: String) throws(StatementError) {
    file = try Self.open(path, name)
    self.name = name
  }

  private static func open(_ path: String, _ name: String) throws(StatementError) -> InputFile {
    do throws(FileError) {
      return try InputFile(path: path)
    } catch {
      throw StatementError(error, file: name)
    }
  }

  func read(bytesMax: Int) throws(StatementError) -> [UInt8] {
    do throws(FileError) {
      return try file.read(bytesMax: bytesMax)
    } catch {
      throw StatementError(error, file: name)
    }
  }
}
