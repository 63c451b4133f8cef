import LedgerDomain

/// A group of accounts of one bank and one date.
///
/// Source: BAI, Cash Management Balance Reporting Specifications, Version 2, record 02.
struct BAI2GroupHeader {
  /// Which of the file's groups it is, from 1.
  let number: Int
  /// The line of its header.
  let line: Int
  /// The date that its balances are for; `nil` if the header has none.
  let date: BusinessDate?
  /// What the header has in the place of the date.
  let dateText: String
  /// The currency of accounts that name none; empty if the header has none.
  let currency: String
  /// When the bank made the file.
  let createdAt: StatementTime?
  private let status: String
  private let modifier: String

  init(_ record: BAI2Record, of bytes: [UInt8], number: Int, createdAt: StatementTime?) {
    var fields = BAI2Fields(record, of: bytes)
    self.number = number
    self.createdAt = createdAt
    line = record.line
    _ = fields.next()
    _ = fields.next()
    status = fields.text()
    let written = fields.next() ?? []
    date = BAI2Number.date(written)
    dateText = SingleLineText.decoded(written.prefix(20))
    _ = fields.next()
    currency = fields.text()
    modifier = fields.text()
  }

  /// Whether its accounts count: those of an update or a correction do.
  var counts: Bool { status != "2" && status != "4" }

  /// Whether its closing balances are those of a moment within the day.
  var isWithinDay: Bool { modifier == "3" }

  /// What was taken for granted, or why it does not count.
  func note() -> StatementNote? {
    switch status {
    case "1", "3": break
    case "2":
      return StatementNote(
        "Group \(number) deletes what was sent before (status 2); its accounts do not count.",
        line: line)
    case "4":
      return StatementNote(
        "Group \(number) is a test (status 4); its accounts do not count.", line: line)
    case "":
      return StatementNote("Group \(number) has no status; it is taken for an update.", line: line)
    default: break
    }
    guard modifier == "1" else { return nil }
    return StatementNote(
      "The bank calls the data of group \(number) interim data of a past day (modifier 1).",
      line: line)
  }

  /// Why no account of the group can be read; `nil` if they can be.
  func fault() -> String? {
    guard ["", "1", "2", "3", "4"].contains(status) else {
      return
        "has the status '\(status.prefix(20))' in group \(number), which BAI2 does not have. "
        + "Ask the bank to deliver it again."
    }
    guard date != nil else {
      return dateText.isEmpty
        ? "has no as-of date in the header of group \(number) (02). Ask the bank to deliver it again."
        : "has the as-of date '\(dateText)' in group \(number), which is not a date in the form "
          + "YYMMDD. Ask the bank to deliver it again."
    }
    return nil
  }
}
