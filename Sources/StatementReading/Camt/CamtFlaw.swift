/// What is wrong with a part of a message, which makes its statement unusable.
struct CamtFlaw: Error {
  /// What is wrong: a sentence that the part's place begins, `has no Amt`.
  let message: String
  /// The entry that has it, if it was found after the entry's end; from 1.
  var entry: Int?
  /// That entry's line.
  var line: Int?

  init(_ message: String, entry: Int? = nil, line: Int? = nil) {
    self.message = message
    self.entry = entry
    self.line = line
  }
}
