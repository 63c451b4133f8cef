/// An error in the contents of a statement file.
struct StatementFault: Error, Hashable {
  /// The line, from 1, if it is known.
  var line: Int?
  /// The column of the line, from 1, if it is known.
  var column: Int?
  /// The position in the file as it is stored, in bytes from 0, if lines mean nothing in it.
  var byteOffset: Int?
  /// Which of the file's statements is unusable because of it, from 1; `nil` if it is the whole file.
  var statement: Int?
  /// A sentence that the file's name begins: `has no closing balance (CLBD). Ask the bank …`.
  var message: String

  init(
    _ message: String, line: Int? = nil, column: Int? = nil, byteOffset: Int? = nil,
    statement: Int? = nil
  ) {
    self.message = message
    self.byteOffset = byteOffset
    self.statement = statement
    self.line = line
    self.column = column
  }

  /// `, line 12, column 3`, or `, byte 1234`; empty if it is not known.
  var place: String {
    (line.map { ", line \($0)" } ?? "") + (column.map { ", column \($0)" } ?? "")
      + (byteOffset.map { ", byte \($0)" } ?? "")
  }

  static func tooLarge(_ bytesMax: Int) -> StatementFault {
    StatementFault(
      "is larger than \(bytesMax) bytes. Ask the bank for shorter statements, or raise the limit.")
  }
}
