import FileInput

/// A part that is read from front to back, and whose errors name it.
struct PartFile: ~Copyable {
  /// The name that messages use.
  let name: String
  private var file: InputFile

  /// Opens a regular file.
  init(path: String, name: String) throws(ReadingError) {
    file = try Self.open(path, name)
    self.name = name
  }

  private static func open(_ path: String, _ name: String) throws(ReadingError) -> InputFile {
    do throws(FileError) {
      return try InputFile(path: path)
    } catch {
      throw ReadingError(error, file: name)
    }
  }

  /// The size when it was opened, in bytes.
  var size: Int { file.size }
  /// Bytes read so far.
  var bytesRead: Int { file.bytesRead }

  /// Fills the buffer from the file.
  ///
  /// - Returns: how many bytes were read; 0 at the end of the file.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadingError) -> Int {
    do throws(FileError) {
      return try file.read(into: buffer)
    } catch {
      throw ReadingError(error, file: name)
    }
  }
}
