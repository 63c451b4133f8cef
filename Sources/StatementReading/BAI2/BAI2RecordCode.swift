/// The kinds of records of BAI2.
///
/// Source: BAI, Cash Management Balance Reporting Specifications, Version 2, section 2.
enum BAI2RecordCode: UInt8 {
  case fileHeader = 1
  case groupHeader = 2
  case account = 3
  case transaction = 16
  case accountTrailer = 49
  case continuation = 88
  case groupTrailer = 98
  case fileTrailer = 99

  /// The code that a record begins with: two digits, then a comma (or a slash, if it has no fields).
  static func leading(_ bytes: [UInt8], _ range: Range<Int>) -> BAI2RecordCode? {
    guard range.count >= 3 else { return nil }
    let (tens, ones, end) = (
      bytes[range.lowerBound], bytes[range.lowerBound + 1], bytes[range.lowerBound + 2]
    )
    guard (0x30...0x39).contains(tens), (0x30...0x39).contains(ones),
      end == UInt8(ascii: ",") || end == UInt8(ascii: "/")
    else { return nil }
    return BAI2RecordCode(rawValue: (tens - 0x30) * 10 + (ones - 0x30))
  }
}
