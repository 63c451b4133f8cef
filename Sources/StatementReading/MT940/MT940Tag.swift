/// The fields of MT940 and MT942 that the reader knows.
///
/// Source: SWIFT Standards, Category 9, MT 940 and MT 942 Format Specifications.
enum MT940Tag: String {
  case reference = "20"
  case relatedReference = "21"
  case account = "25"
  case number = "28C"
  case time = "13D"
  case floorLimit = "34F"
  case opening = "60F"
  case intermediateOpening = "60M"
  case entry = "61"
  case details = "86"
  case closing = "62F"
  case intermediateClosing = "62M"
  case available = "64"
  case forwardAvailable = "65"
  case debitSum = "90D"
  case creditSum = "90C"
  /// Not of the standard: what German and Hungarian banks add to an entry, in lines with a number.
  case nonSWIFT = "NS"
  /// A field of another message.
  case other = ""

  /// The tag as it is written: `:62F:`.
  var written: String { ":\(rawValue):" }

  /// The tag that a line begins with, and where its value begins.
  ///
  /// White space before it is skipped. A number without a letter that is no tag of these messages is
  /// none: banks break lines of text at `16:26:37` too.
  static func beginning(_ line: ArraySlice<UInt8>) -> (tag: MT940Tag, valueStart: Int)? {
    var index = line.startIndex
    while index < line.endIndex, line[index] <= 0x20 { index += 1 }
    guard line.endIndex - index >= 4, line[index] == UInt8(ascii: ":") else { return nil }
    let (first, second, third) = (line[index + 1], line[index + 2], line[index + 3])
    if third == UInt8(ascii: ":") {
      return tag(first, second, nil).map { ($0, index + 4) }
    }
    guard line.endIndex - index >= 5, line[index + 4] == UInt8(ascii: ":"),
      (0x41...0x5A).contains(third)
    else { return nil }
    return tag(first, second, third).map { ($0, index + 5) }
  }

  private static func tag(_ first: UInt8, _ second: UInt8, _ option: UInt8?) -> MT940Tag? {
    if first == UInt8(ascii: "N"), second == UInt8(ascii: "S"), option == nil { return .nonSWIFT }
    guard (0x30...0x39).contains(first), (0x30...0x39).contains(second) else { return nil }
    let isIntermediate = option == UInt8(ascii: "M")
    switch (Int(first - 0x30) * 10 + Int(second - 0x30), option) {
    case (20, nil): return .reference
    case (21, nil): return .relatedReference
    case (25, nil), (25, UInt8(ascii: "P")): return .account
    case (28, nil), (28, UInt8(ascii: "C")): return .number
    case (13, nil), (13, UInt8(ascii: "D")): return .time
    case (34, UInt8(ascii: "F")): return .floorLimit
    case (60, nil), (60, UInt8(ascii: "F")), (60, UInt8(ascii: "M")):
      return isIntermediate ? .intermediateOpening : .opening
    case (61, nil): return .entry
    case (62, nil), (62, UInt8(ascii: "F")), (62, UInt8(ascii: "M")):
      return isIntermediate ? .intermediateClosing : .closing
    case (64, nil), (64, .some): return .available
    case (65, nil), (65, .some): return .forwardAvailable
    case (86, nil): return .details
    case (90, UInt8(ascii: "D")): return .debitSum
    case (90, UInt8(ascii: "C")): return .creditSum
    default: return option == nil ? nil : .other
    }
  }
}
