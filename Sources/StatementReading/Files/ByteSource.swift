import FileInput

/// Bytes from front to back.
protocol ByteSource: AnyObject {
  /// The next bytes, at most `bytesMax`; empty at the end.
  func read(bytesMax: Int) throws(StatementError) -> [UInt8]
  /// What is wrong with the bytes that were read so far; what is wrong ends them.
  var fault: StatementFault? { get }
}

extension ByteSource {
  /// A file, or an array, is as it is.
  var fault: StatementFault? { nil }

  /// All the bytes that are left; `nil` if there are more than `bytesMax`.
  func rest(bytesMax: Int) throws(StatementError) -> [UInt8]? {
    var bytes: [UInt8] = []
    while true {
      let chunk = try read(bytesMax: 1 << 20)
      if chunk.isEmpty { return bytes }
      guard bytes.count + chunk.count <= bytesMax else { return nil }
      bytes.append(contentsOf: chunk)
    }
  }
}

/// The bytes of an array, or of a part of one.
final class MemoryByteSource: ByteSource {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

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

/// The bytes of another source, shown to an observer as they are read.
final class ObservedByteSource: ByteSource {
  private let source: any ByteSource
  private let observe: ([UInt8]) -> Void

  init(_ source: any ByteSource, _ observe: @escaping ([UInt8]) -> Void) {
    (self.source, self.observe) = (source, observe)
  }

  var fault: StatementFault? { source.fault }

  func read(bytesMax: Int) throws(StatementError) -> [UInt8] {
    let chunk = try source.read(bytesMax: bytesMax)
    observe(chunk)
    return chunk
  }
}
