/// One record of CSV text, cut into cells where it lies.
///
/// Source: RFC 4180.
struct CSVRecord {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// What makes a record no CSV.
  enum Fault: Error {
    case quoteInsideCell
    case textBehindQuote
    case quoteStaysOpen

    /// What is wrong with the line: the end of a sentence.
    var text: String {
      switch self {
      case .quoteInsideCell: "has a quote inside a cell that is not quoted"
      case .textBehindQuote: "has text behind a closing quote"
      case .quoteStaysOpen: "opens a quote that is never closed"
      }
    }
  }

  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")

  /// Where the cells lie, their quotes left out; doubled quotes inside one stay doubled.
  private(set) var cells: [Range<Int>] = []

  /// Cuts a record, line end left out.
  ///
  /// - Throws: `Fault`; the record may go on behind its end if its quote stays open.
  mutating func cut(_ bytes: Bytes) throws(Fault) {
    cells.removeAll(keepingCapacity: true)
    var position = 0
    while true {
      if position < bytes.count, bytes[position] == Self.quote {
        position = try cutQuoted(bytes, from: position + 1)
      } else {
        let start = position
        while position < bytes.count, bytes[position] != Self.comma {
          if bytes[position] == Self.quote { throw .quoteInsideCell }
          position += 1
        }
        cells.append(start..<position)
      }
      if position == bytes.count { return }
      guard bytes[position] == Self.comma else { throw .textBehindQuote }
      position += 1
    }
  }

  private mutating func cutQuoted(_ bytes: Bytes, from start: Int) throws(Fault) -> Int {
    var position = start
    while position < bytes.count {
      if bytes[position] == Self.quote {
        let isDoubled = position + 1 < bytes.count && bytes[position + 1] == Self.quote
        if !isDoubled {
          cells.append(start..<position)
          return position + 1
        }
        position += 1
      }
      position += 1
    }
    throw .quoteStaysOpen
  }
}
