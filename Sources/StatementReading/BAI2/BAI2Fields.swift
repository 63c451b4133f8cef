/// Reads the fields of a record in their order, across its continuations.
struct BAI2Fields {
  private let bytes: [UInt8]
  private let pieces: [Range<Int>]
  private var piece = 0
  private var position = 0
  private var isDone = false
  /// Whether the field that was read last is the first of a continuation.
  private(set) var beganPiece = false
  /// Whether the field that was read last is the last one before the end of a physical record.
  private(set) var endedPiece = false

  init(_ record: BAI2Record, of bytes: [UInt8]) {
    self.bytes = bytes
    pieces = record.pieces
    position = pieces.first?.lowerBound ?? 0
  }

  /// The next field without the blanks around it; `nil` behind the last one.
  mutating func next() -> ArraySlice<UInt8>? {
    guard piece < pieces.count else { return nil }
    beganPiece = false
    if isDone {
      piece += 1
      guard piece < pieces.count else { return nil }
      position = pieces[piece].lowerBound
      isDone = false
      beganPiece = true
    }
    let end = pieces[piece].upperBound
    let comma = bytes[position..<end].firstIndex(of: UInt8(ascii: ","))
    let field = BAI2PhysicalRecords.trimmed(bytes, position..<(comma ?? end))
    position = (comma ?? end) + 1
    isDone = comma == nil
    endedPiece = isDone
    return bytes[field]
  }

  /// The next field as text; empty behind the last one.
  mutating func text() -> String { next().map { SingleLineText.decoded($0) } ?? "" }

  /// What is left, one piece for each physical record: text, which may contain commas.
  mutating func rest() -> [ArraySlice<UInt8>] {
    guard piece < pieces.count else { return [] }
    var found: [ArraySlice<UInt8>] = []
    if !isDone { found.append(bytes[position..<pieces[piece].upperBound]) }
    for range in pieces[(piece + 1)...] { found.append(bytes[range]) }
    piece = pieces.count
    return found
  }

  /// Whether the next field, of three digits, is the first of a continuation: a type code where a bank
  /// left out the empty fields at the end of the record before.
  func typeCodeBeginsNextPiece() -> Bool {
    guard isDone, piece + 1 < pieces.count else { return false }
    let range = pieces[piece + 1]
    let field = bytes[range].prefix { $0 != UInt8(ascii: ",") }
    return field.count == 3 && field.allSatisfy { (0x30...0x39).contains($0) }
  }
}
