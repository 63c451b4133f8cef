import FileInput

/// A part that is read from front to back, and whose errors name it.
struct PartFile: ~Copyable {
  /// The name that messages use.
  let name: String
  /// Bytes that `read` has delivered so far.
  private(set) var bytesRead = 0
  private var file: InputFile
  /// The bytes that `peek` read and `read` has not delivered yet.
  private var peeked: ArraySlice<UInt8> = []
  private var isAtEnd = false

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

  /// The first bytes of the file, which `read` delivers all the same; call it before `read`.
  ///
  /// It costs one more read of the file, or none if the file is no longer than that.
  ///
  /// - Returns: `count` bytes, fewer only if the file has fewer.
  mutating func peek(_ count: Int) throws(ReadingError) -> ArraySlice<UInt8> {
    precondition(bytesRead == 0, "only the beginning can be looked at ahead")
    while peeked.count < min(count, max(size, 1)) && !isAtEnd {
      do throws(FileError) {
        let more = try file.read(bytesMax: count - peeked.count)
        isAtEnd = more.isEmpty
        peeked += more
      } catch {
        throw ReadingError(error, file: name)
      }
    }
    return peeked
  }

  /// Fills the buffer from the file.
  ///
  /// - Returns: how many bytes were read; 0 at the end of the file.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadingError) -> Int {
    var count = 0
    if !peeked.isEmpty {
      count = min(peeked.count, buffer.count)
      buffer.copyBytes(from: peeked.prefix(count))
      peeked = peeked.dropFirst(count)
    }
    if count < buffer.count && !isAtEnd {
      do throws(FileError) {
        let more = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
        isAtEnd = more == 0
        count += more
      } catch {
        throw ReadingError(error, file: name)
      }
    }
    bytesRead += count
    return count
  }
}
