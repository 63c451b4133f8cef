import Glibc

/// Writing to a descriptor until nothing is left, for which one call of the system need not be enough.
public enum WholeWrite {
  /// Writes all bytes.
  ///
  /// - Returns: whether all of them were written; if not, `errno` says why.
  public static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { bytes in
      var rest = UnsafeRawBufferPointer(rebasing: bytes[...])
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        if count <= 0 { return false }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      }
      return true
    }
  }

  /// Writes a whole text.
  ///
  /// - Returns: whether all of it was written; if not, `errno` says why.
  public static func write(_ text: String, to descriptor: Int32) -> Bool {
    write(Array(text.utf8), to: descriptor)
  }
}
