/// Reads bank-to-customer messages of ISO 20022: camt.053, camt.052 with a closing balance, camt.054.
///
/// A statement that is unusable is left out, and the others of its file count. A document that is
/// truncated or not well-formed is refused as a whole: a cut file may lack statements.
///
/// Source: ISO 20022, Bank-to-Customer Cash Management, Message Definition Report.
enum CamtReader {
  /// The statements of a file, and the format of its first message.
  ///
  /// - Throws: `StatementError` if the file cannot be read.
  static func read(
    _ source: any ByteSource, name: String, limits: StatementLimits = StatementLimits()
  ) throws(StatementError) -> (format: StatementFormat?, contents: StatementContents) {
    var parser = CamtParser(source, name: name, limits: limits)
    do throws(StatementFault) {
      try parser.parse()
      return (parser.message?.format, parser.contents)
    } catch {
      if let sourceError = parser.sourceError { throw sourceError }
      return (parser.message?.format, StatementContents(faults: [error]))
    }
  }
}
