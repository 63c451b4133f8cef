import LedgerDomain

/// Reads MT940 customer statements, the interim reports MT942, and MT950, which is MT940 without details.
///
/// Messages may stand in SWIFT's blocks or bare, with lines of the bank's between them. A message with a
/// closing balance is a statement; an MT942 without one is a notification.
///
/// Source: SWIFT Standards, Category 9, Cash Management and Customer Status, MT 940, MT 942 and MT 950.
enum MT940Reader {
  /// Whether a file that begins with these bytes is one.
  static func recognizes(_ head: ArraySlice<UInt8>) -> Bool {
    var rest = head
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    rest = rest.drop { $0 <= 0x20 || $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "$") }
    if rest.starts(with: "{1:F".utf8) || MT940Tag.beginning(rest.prefix(8)) != nil { return true }
    var tags: Set<MT940Tag> = []
    for line in head.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      guard let (tag, _) = MT940Tag.beginning(line), tag != .other else { continue }
      tags.insert(tag)
      if tags.count == 3 { return true }
    }
    return false
  }

  /// The statements of a file.
  static func contents(of bytes: [UInt8], name: String) -> StatementContents {
    var parser = MT940Parser(name: name)
    return parser.read(withLineEnds(bytes))
  }

  /// Whether its statements are interim reports only.
  static func isInterim(_ contents: StatementContents) -> Bool {
    contents.statements.isEmpty && !contents.notifications.isEmpty
  }

  /// German banks' online protocol writes `@@` for the end of a line.
  private static func withLineEnds(_ bytes: [UInt8]) -> [UInt8] {
    let at = UInt8(ascii: "@")
    guard MT940Bytes.first("@@:", in: bytes.prefix(4096)) != nil else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let isEnd = bytes[index] == at && index + 1 < bytes.count && bytes[index + 1] == at
      result.append(isEnd ? 0x0A : bytes[index])
      index += isEnd ? 2 : 1
    }
    return result
  }
}
