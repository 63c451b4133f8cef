import Digests
import FileInput
import Glibc
import LedgerDomain
import SystemPackage

/// The file that a zip archive is written to: under a hidden name until it is whole, then renamed over the
/// one that is there. Nobody sees half of it.
///
/// The kernel locks the hidden file: a second run that makes the same archive is refused, and what a killed
/// one left is written over.
final class ZipFile {
  let path: String
  private let draft: String
  private let descriptor: FileDescriptor
  /// How many bytes were appended.
  private(set) var count = 0
  private var isPublished = false

  init(_ path: String) throws(ReportError) {
    self.path = path
    let parent = FilePath(path).directory
    if parent.string != "." && !parent.string.isEmpty {
      try ReportSet.makeDirectories(parent.string)
    }
    draft = parent.string + "/." + (FilePath(path).lastComponent?.string ?? "") + ".new"
    descriptor = try Self.open(draft)
  }

  deinit {
    if !isPublished { unlink(draft) }
    try? descriptor.close()
  }

  private static func open(_ draft: String) throws(ReportError) -> FileDescriptor {
    while true {
      let opened = Glibc.open(draft, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      guard opened >= 0 else { throw .system(draft) }
      guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
        close(opened)
        throw ReportError(path: draft, reason: "another run is writing it")
      }
      var (own, named) = (stat(), stat())
      // Between opening and locking, another run may have renamed this very file.
      if fstat(opened, &own) == 0, stat(draft, &named) == 0, own.st_ino == named.st_ino,
        own.st_dev == named.st_dev
      {
        guard ftruncate(opened, 0) == 0 else {
          close(opened)
          throw .system(draft)
        }
        return FileDescriptor(rawValue: opened)
      }
      close(opened)
    }
  }

  func append(_ bytes: [UInt8]) throws(ReportError) {
    try checked { _ = try descriptor.writeAll(bytes) }
    count += bytes.count
  }

  /// Writes over bytes that were appended.
  func replace(_ bytes: [UInt8], at offset: Int) throws(ReportError) {
    try checked { _ = try descriptor.writeAll(toAbsoluteOffset: Int64(offset), bytes) }
  }

  /// Makes the file durable and gives it its name.
  ///
  /// - Returns: the SHA-256 of its bytes as they are read back, in lower-case hexadecimal.
  func publish() throws(ReportError) -> String {
    guard fsync(descriptor.rawValue) == 0 else { throw .system(draft) }
    let digest = try digestOfContent()
    guard rename(draft, path) == 0 else { throw .system(path) }
    isPublished = true
    let parent = FilePath(path).directory.string
    try ReportSet.sync(parent.isEmpty ? "." : parent)
    return digest
  }

  private func digestOfContent() throws(ReportError) -> String {
    var hash = SHA256()
    var offset = 0
    var bytes = [UInt8](repeating: 0, count: 1 << 18)
    while offset < count {
      var read = 0
      try checked {
        read = try bytes.withUnsafeMutableBytes {
          try descriptor.read(fromAbsoluteOffset: Int64(offset), into: $0)
        }
      }
      guard read > 0 else {
        throw ReportError(path: draft, reason: "it is shorter than what was written to it")
      }
      bytes.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0.prefix(read))) }
      offset += read
    }
    return Hexadecimal.text(hash.finalize())
  }

  private func checked(_ body: () throws -> Void) throws(ReportError) {
    do {
      try body()
    } catch {
      throw ReportError(path: draft, reason: "\(error)")
    }
  }
}
