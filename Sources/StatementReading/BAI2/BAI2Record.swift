/// A record with those that continue it (88).
struct BAI2Record {
  /// Its kind; `nil` if it has a code that BAI2 does not have, or none.
  var code: BAI2RecordCode?
  /// The line that it begins on.
  var line = 0
  /// What is between code and end of the record and of each continuation.
  var pieces: [Range<Int>] = []
  /// How many physical records it has.
  var count = 0
  /// What is wrong with its form, if anything is.
  var fault: StatementFault?
}
