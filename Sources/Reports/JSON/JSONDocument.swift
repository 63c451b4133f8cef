import FoundationEssentials

/// JSON in the one style that every file and command of Tieout writes: keys sorted, slashes as they
/// are.
///
///     try JSONDocument.text(["rate": 3])  // {\n  "rate" : 3\n}\n
public enum JSONDocument {
  /// How a document is laid out.
  public enum Layout: Sendable {
    /// Indented, for people and programs.
    case indented
    /// On one line, for programs.
    case compact
  }

  /// The document in UTF-8, without a line feed at the end.
  ///
  /// - Throws: `EncodingError` if the value cannot be encoded.
  public static func bytes(
    _ value: some Encodable, _ layout: Layout = .indented
  ) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if layout == .indented { encoder.outputFormatting.insert(.prettyPrinted) }
    return Array(try encoder.encode(value))
  }

  /// The document as text that ends in a line feed.
  ///
  /// - Throws: `EncodingError` if the value cannot be encoded.
  public static func text(
    _ value: some Encodable, _ layout: Layout = .indented
  ) throws -> String {
    String(decoding: try bytes(value, layout), as: UTF8.self) + "\n"
  }
}
