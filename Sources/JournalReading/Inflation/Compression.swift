/// How a file is compressed. Its content decides; its name matters only where the content does not tell.
enum Compression {
  case none
  case gzip

  /// The compression of a file, told by its first bytes.
  ///
  /// - A file that begins with gzip's magic number is gzip, whatever its name.
  /// - A file named `.gz` that is text, or of a format that is known, is not compressed: the reader then
  ///   reads it, or says what it is.
  /// - Any other file named `.gz`, an empty one too, is gzip that is truncated or corrupt.
  ///
  /// Source: RFC 1952, section 2.3.1, for the magic number.
  static func of(_ file: inout PartFile, path: String) throws(ReadingError) -> Compression {
    let first = try file.peek(ContentSample.bytesMax)
    if first.starts(with: ContentFormat.gzip.magic) { return .gzip }
    guard hasGzipName(path) else { return .none }
    let sample = ContentSample(first)
    return sample.isCertainlyText || sample.format != nil || sample.wideEncoding != nil
      ? .none : .gzip
  }

  /// Whether a name ends in `.gz`, in any case.
  private static func hasGzipName(_ path: String) -> Bool {
    path.utf8.count >= 3 && path.suffix(3).lowercased() == ".gz"
  }
}
