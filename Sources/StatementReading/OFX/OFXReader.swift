import LedgerDomain

/// Reads OFX documents of version 1 and 2.
enum OFXReader {
  /// Whether a file that begins with these bytes is one.
  static func recognizes(_ head: ArraySlice<UInt8>) -> Bool { false }

  /// The statements of a file.
  static func contents(of bytes: [UInt8], name: String) -> StatementContents {
    StatementContents()
  }
}
