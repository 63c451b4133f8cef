import Digests
import Foundation
import LedgerDomain

/// A new file that is written from its beginning to its end, counted and hashed on the way.
final class FileSink {
  private let path: String
  private let handle: FileHandle
  private var hash: SHA256?
  /// How many bytes were written.
  private(set) var byteCount = 0

  /// Creates the file, or replaces it.
  init(path: String, isHashed: Bool = false) throws {
    self.path = path
    hash = isHashed ? SHA256() : nil
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else {
      throw DemoLedgerError("cannot create \(path); check that its directory can be written to")
    }
    self.handle = handle
  }

  /// Appends bytes.
  func write(_ bytes: UnsafeRawBufferPointer) throws {
    guard bytes.count > 0 else { return }
    do {
      try handle.write(contentsOf: Data(bytes))
    } catch {
      throw DemoLedgerError("cannot write to \(path): \(error)")
    }
    hash?.update(bytes)
    byteCount += bytes.count
  }

  /// Closes the file and returns its SHA-256 in lower-case hexadecimal; empty if it is not hashed.
  func finish() throws -> String {
    do {
      try handle.close()
    } catch {
      throw DemoLedgerError("cannot finish \(path): \(error)")
    }
    return hash.map { Hexadecimal.text($0.finalize()) } ?? ""
  }

  /// Writes a small text file as a whole.
  static func write(_ text: String, to path: String) throws {
    let sink = try FileSink(path: path)
    let buffer = ByteBuffer()
    buffer.append(text: text)
    try sink.write(buffer.bytes)
    _ = try sink.finish()
  }
}
