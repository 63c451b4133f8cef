import Glibc
import SystemPackage

/// A regular file that is read once, from front to back.
///
/// It reads through swift-system's `FileDescriptor`: Apple maintains it, it retries interrupted calls,
/// its errors are values rather than `errno`, and it compiles in a few seconds.
public struct InputFile: ~Copyable {
  /// The path it was opened at.
  public let path: String
  /// The size when it was opened, in bytes.
  public let size: Int
  /// Bytes read so far.
  public private(set) var bytesRead = 0
  private let descriptor: FileDescriptor

  /// Opens a regular file.
  ///
  /// - Throws: `FileError` with `open` or `notARegularFile`.
  public init(path: String) throws(FileError) {
    (descriptor, size) = try Self.open(path)
    self.path = path
    posix_fadvise(descriptor.rawValue, 0, 0, POSIX_FADV_SEQUENTIAL)
  }

  private static func open(
    _ path: String
  ) throws(FileError) -> (descriptor: FileDescriptor, size: Int) {
    let descriptor: FileDescriptor
    do {
      // Without `nonBlocking`, opening a named pipe would wait for a writer.
      descriptor = try FileDescriptor.open(
        FilePath(path), .readOnly, options: [.closeOnExec, .nonBlocking])
    } catch {
      throw FileError(.open, error)
    }
    guard let status = try? descriptor.stat(), status.type == .regular else {
      try? descriptor.close()
      throw FileError(.notARegularFile, Errno.invalidArgument)
    }
    return (descriptor, Int(status.size))
  }

  deinit { try? descriptor.close() }

  /// Reads the next bytes into the buffer.
  ///
  /// - Returns: how many bytes were read; 0 at the end of the file.
  /// - Throws: `FileError` with `read`.
  public mutating func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> Int {
    do {
      let count = try descriptor.read(into: buffer)
      bytesRead += count
      return count
    } catch {
      throw FileError(.read, error, byteOffset: bytesRead)
    }
  }

  /// Reads the next bytes.
  ///
  /// - Returns: at most `bytesMax` bytes; none at the end of the file.
  /// - Throws: `FileError` with `read`.
  public mutating func read(bytesMax: Int) throws(FileError) -> [UInt8] {
    var failure: FileError?
    let chunk = [UInt8](unsafeUninitializedCapacity: bytesMax) { buffer, count in
      do throws(FileError) {
        count = try read(into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return chunk
  }

  /// The first bytes of a file.
  ///
  /// - Returns: at most `count` bytes; none if the file cannot be read.
  public static func prefix(_ count: Int, of path: String) -> [UInt8] {
    do throws(FileError) {
      var file = try InputFile(path: path)
      return try file.read(bytesMax: count)
    } catch {
      return []
    }
  }
}
