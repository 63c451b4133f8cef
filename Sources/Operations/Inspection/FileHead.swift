import Glibc

/// The beginning of a file.
enum FileHead {
  /// Up to so many bytes; empty if the file cannot be read.
  static func bytes(_ count: Int, of path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: count)
    let read = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
    return Array(bytes.prefix(max(0, read)))
  }
}
