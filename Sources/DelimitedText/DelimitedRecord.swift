/// One row of a text table: its cells and the line it begins on.
///
///     try DelimitedRecord.read(Array("a,b\n1,\"x, y\"\n".utf8)).map(\.cells)
///     // [["a", "b"], ["1", "x, y"]]
///
/// Source: RFC 4180, with any delimiter, line feeds accepted as line ends and a UTF-8 byte order mark
/// passed over.
public struct DelimitedRecord: Hashable, Sendable {
  /// The line of the text, from 1.
  public let line: Int
  /// The cells, quotes taken off.
  public let cells: [String]

  /// Cuts a text into rows; blank lines are left out.
  ///
  /// - Parameters:
  ///   - bytes: the text in UTF-8.
  ///   - delimiter: the byte between cells; not a quote, a line feed or a carriage return.
  /// - Throws: `DelimitedTextFault` that names the line.
  public static func read(
    _ bytes: [UInt8], delimiter: UInt8 = UInt8(ascii: ",")
  ) throws(DelimitedTextFault) -> [DelimitedRecord] {
    var parser = DelimitedTextParser(bytes: bytes, delimiter: delimiter)
    return try parser.records()
  }
}

/// What is wrong with a text table.
public struct DelimitedTextFault: Error, Hashable, Sendable {
  /// The line of the text, from 1.
  public let line: Int
  /// What the line does wrong: `opens a quote that is never closed`.
  public let message: String
}
