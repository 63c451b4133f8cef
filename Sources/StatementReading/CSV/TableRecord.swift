/// One record of a table: its cells and the line it begins on.
struct TableRecord {
  /// The line, from 1.
  var line = 1
  /// The cells in UTF-8, without quotes and without the white space around them.
  var cells: [ArraySlice<UInt8>] = []

  /// Whether the file ends in its last cell, without a line end or a closing quote: it may be cut
  /// off.
  var mayBeCutOff = false

  /// Whether no cell has a text.
  var isBlank: Bool { cells.allSatisfy(\.isEmpty) }

  /// The number of cells up to the last that has a text.
  var filledCount: Int { (cells.lastIndex { !$0.isEmpty } ?? -1) + 1 }

  /// The text of a cell; empty if the record has no such cell.
  func text(_ position: Int) -> String {
    position < cells.count ? String(decoding: cells[position], as: UTF8.self) : ""
  }

  /// The first text of the record, to show which one is meant.
  var firstText: String {
    String(decoding: cells.first { !$0.isEmpty } ?? [], as: UTF8.self)
  }
}

extension ArraySlice<UInt8> {
  /// The text without the white space around it, whatever kind of space.
  var trimmedText: ArraySlice<UInt8> {
    var text = self
    while let length = text.leadingSpace { text = text.dropFirst(length) }
    while let length = text.trailingSpace { text = text.dropLast(length) }
    return text
  }

  /// How many bytes the white space at the start has: ASCII's, a byte order mark, no-break spaces.
  private var leadingSpace: Int? {
    guard let first else { return nil }
    if first == 0x20 || (0x09...0x0D).contains(first) { return 1 }
    return first < 0x80 ? nil : Self.spaces.first { starts(with: $0) }?.count
  }

  private var trailingSpace: Int? {
    guard let last else { return nil }
    if last == 0x20 || (0x09...0x0D).contains(last) { return 1 }
    return last < 0x80 ? nil : Self.spaces.first { suffix($0.count).elementsEqual($0) }?.count
  }

  /// No-break space, thin space, narrow no-break space, ideographic space, byte order mark.
  static let spaces: [[UInt8]] = [
    [0xC2, 0xA0], [0xE2, 0x80, 0x89], [0xE2, 0x80, 0xAF], [0xE3, 0x80, 0x80], [0xEF, 0xBB, 0xBF],
  ]

  /// The text in one line: white space collapsed to single spaces.
  var collapsedText: String {
    var text: [UInt8] = []
    text.reserveCapacity(count)
    var rest = trimmedText
    while let first = rest.first {
      if let length = rest.leadingSpace {
        if text.last != 0x20 { text.append(0x20) }
        rest = rest.dropFirst(length)
      } else {
        text.append(first)
        rest.removeFirst()
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
