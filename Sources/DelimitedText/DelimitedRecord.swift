/// One record of delimited text: its cells and the line it begins on.
///
///     try DelimitedRecord.read(Array("a,b\n1,\"x, y\"\n".utf8)).map(\.cells)
///     // [["a", "b"], ["1", "x, y"]]
///
/// A UTF-8 byte order mark is skipped, and a line feed alone ends a line.
///
/// Source: RFC 4180, with any delimiter.
public struct DelimitedRecord: Hashable, Sendable {
  /// The line of the text, from 1.
  public let line: Int
  /// The cells, without their quotes.
  public let cells: [String]

  /// Reads all records of a text; blank lines are skipped.
  ///
  /// - Parameters:
  ///   - bytes: the text in UTF-8.
  ///   - delimiter: the byte between cells; not a quote, a line feed or a carriage return.
  /// - Throws: `DelimitedTextFault` that names the line.
  public static func read(
    _ bytes: [UInt8], delimiter: UInt8 = UInt8(ascii: ",")
  ) throws(DelimitedTextFault) -> [DelimitedRecord] {
    var parser = DelimitedTextParser(delimiter: delimiter)
    var result: Result<[DelimitedRecord], DelimitedTextFault> = .success([])
    bytes.withUnsafeBufferPointer { bytes in
      result = Result { () throws(DelimitedTextFault) in try parser.records(bytes) }
    }
    return try result.get()
  }
}

/// What is malformed in delimited text.
public struct DelimitedTextFault: Error, Hashable, Sendable {
  /// The line of the text, from 1.
  public let line: Int
  /// The end of a sentence that begins with the line: `opens a quote that is never closed`.
  public let message: String
}
