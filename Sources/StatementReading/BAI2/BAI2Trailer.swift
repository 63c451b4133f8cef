/// A trailer: of an account (49), a group (98) or a file (99).
///
/// It states the sum of what is above it and how many there are, so that a file that lost a part, or has
/// one twice, is known by it.
///
/// Source: BAI, Cash Management Balance Reporting Specifications, Version 2, records 49, 98 and 99.
struct BAI2Trailer {
  /// The line that it is on.
  let line: Int
  private let code: BAI2RecordCode
  /// The stated sum; `nil` if it states none.
  private(set) var total: Int128?
  /// How many accounts of a group, or groups of a file, it states.
  private(set) var members: Int128?
  /// How many records it states, itself included.
  private(set) var records: Int128?
  /// What is wrong with its form.
  private(set) var fault: StatementFault?

  init(_ record: BAI2Record, of bytes: [UInt8]) {
    line = record.line
    code = record.code ?? .accountTrailer
    fault = record.fault
    var fields = BAI2Fields(record, of: bytes)
    total = number(fields.next())
    if code != .accountTrailer { members = number(fields.next()) }
    records = number(fields.next())
  }

  private mutating func number(_ field: ArraySlice<UInt8>?) -> Int128? {
    guard let field, !field.isEmpty else { return nil }
    if let value = BAI2Number.value(field) { return value }
    fault =
      fault
      ?? StatementFault(
        "has '\(SingleLineText.decoded(field.prefix(40)))' in a trailer (\(code.rawValue)), which is "
          + "not a number. Ask the bank to deliver it again.", line: line)
    return nil
  }

  /// The difference between what it states and what was found; `nil` if there is none.
  func difference(
    total found: Int128?, members memberCount: Int, records recordCount: Int
  ) -> String? {
    if let total, let found, total != found {
      return
        "states the control total \(total) (\(code.rawValue)), but its parts add up to \(found)"
    }
    // Some banks leave out the number of a group's accounts, so that the one of its records is first.
    let isOfRecords =
      code == .groupTrailer && records == nil && members == Int128(recordCount)
    if let members, members != Int128(memberCount), !isOfRecords {
      let unit = code == .groupTrailer ? "accounts" : "groups"
      return "states \(members) \(unit) (\(code.rawValue)), but has \(memberCount)"
    }
    if let records, records != Int128(recordCount) {
      return "states \(records) records (\(code.rawValue)), but has \(recordCount)"
    }
    return nil
  }

  /// Whether it states less than it should.
  var isIncomplete: Bool {
    total == nil || records == nil || (code != .accountTrailer && members == nil)
  }
}
