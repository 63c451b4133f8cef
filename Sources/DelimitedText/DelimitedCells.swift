/// Cuts one record of delimited text into cells, without copying them.
///
/// It is the only place that knows the quoting rules; `DelimitedRecord` and the loan tape use it.
///
/// Source: RFC 4180, with any delimiter.
public struct DelimitedCells {
  /// The bytes of a record.
  public typealias Bytes = UnsafeBufferPointer<UInt8>

  /// What is malformed, with its offset in the record.
  public enum Fault: Error, Hashable, Sendable {
    case quoteInsideCell(offset: Int)
    case textAfterQuote(offset: Int)
    case unclosedQuote(offset: Int)

    /// The end of a sentence that begins with the line.
    public var message: String {
      switch self {
      case .quoteInsideCell: "has a quote inside an unquoted cell"
      case .textAfterQuote: "has text after a closing quote"
      case .unclosedQuote: "opens a quote that is never closed"
      }
    }

    /// Where in the record it is, in bytes from 0.
    public var offset: Int {
      switch self {
      case .quoteInsideCell(let offset), .textAfterQuote(let offset), .unclosedQuote(let offset):
        offset
      }
    }
  }

  private static let quote = UInt8(ascii: "\"")

  /// Where the cells are, without their quotes; a doubled quote inside a cell is still doubled.
  public private(set) var ranges: [Range<Int>] = []
  private let delimiter: UInt8

  /// A cutter for records whose cells that byte separates.
  public init(delimiter: UInt8 = UInt8(ascii: ",")) {
    self.delimiter = delimiter
  }

  /// Cuts a record; its line end must not be part of it.
  ///
  /// - Throws: `Fault`. After `unclosedQuote` the record may continue past the end of `bytes`.
  public mutating func cut(_ bytes: Bytes) throws(Fault) {
    ranges.removeAll(keepingCapacity: true)
    let delimiter = delimiter
    var position = 0
    while true {
      if position < bytes.count, bytes[position] == Self.quote {
        position = try cutQuoted(bytes, from: position + 1)
      } else {
        let start = position
        while position < bytes.count, bytes[position] != delimiter {
          if bytes[position] == Self.quote { throw .quoteInsideCell(offset: position) }
          position += 1
        }
        ranges.append(start..<position)
      }
      if position == bytes.count { return }
      guard bytes[position] == delimiter else { throw .textAfterQuote(offset: position) }
      position += 1
    }
  }

  private mutating func cutQuoted(_ bytes: Bytes, from start: Int) throws(Fault) -> Int {
    var position = start
    while position < bytes.count {
      if bytes[position] == Self.quote {
        let isDoubled = position + 1 < bytes.count && bytes[position + 1] == Self.quote
        if !isDoubled {
          ranges.append(start..<position)
          return position + 1
        }
        position += 1
      }
      position += 1
    }
    throw .unclosedQuote(offset: start - 1)
  }
}
