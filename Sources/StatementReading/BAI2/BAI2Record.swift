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

/// The records of a file: physical records, joined where one continues another.
struct BAI2Records {
  private var physical: BAI2PhysicalRecords
  private var pending: (range: Range<Int>, line: Int)?

  init(_ bytes: [UInt8], layout: BAI2PhysicalRecords.Layout) {
    physical = BAI2PhysicalRecords(bytes, layout: layout)
    pending = physical.next()
  }

  /// Reads the next record into `record`; false at the end of the file.
  mutating func next(_ record: inout BAI2Record) -> Bool {
    guard let first = pending else { return false }
    let bytes = physical.bytes
    record.code = BAI2RecordCode.leading(bytes, first.range)
    record.line = first.line
    record.count = 1
    record.fault = nil
    record.pieces.removeAll(keepingCapacity: true)
    pending = physical.next()
    guard record.code != nil else { return true }
    let isText = record.code == .transaction
    var isOpen = add(first, to: &record, isText: isText, skipping: 3)
    while let next = pending {
      if BAI2RecordCode.leading(bytes, next.range) == .continuation {
        isOpen = add(next, to: &record, isText: isText, skipping: 3)
        record.count += 1
      } else if isText, isOpen, !Self.beginsWithCode(bytes, next.range) {
        // A text that was broken into lines. The rest of it is no record of its own.
        isOpen = add(next, to: &record, isText: true, skipping: 0)
      } else {
        break
      }
      pending = physical.next()
    }
    return true
  }

  /// Adds a piece, and says whether it has no slash at its end.
  private func add(
    _ found: (range: Range<Int>, line: Int), to record: inout BAI2Record, isText: Bool,
    skipping: Int
  ) -> Bool {
    let bytes = physical.bytes
    let start = found.range.lowerBound + skipping
    var end = found.range.upperBound
    // A record without fields ends with the slash that stands for the comma: `88/`.
    if skipping > 0, bytes[start - 1] == UInt8(ascii: "/") {
      record.pieces.append(start..<start)
      return false
    }
    let slash = UInt8(ascii: "/")
    if isText {
      let isClosed = end > start && bytes[end - 1] == slash
      if isClosed { end -= 1 }
      record.pieces.append(start..<end)
      return !isClosed
    }
    guard let close = bytes[start..<end].firstIndex(of: slash) else {
      record.pieces.append(start..<end)
      return true
    }
    if close + 1 < end {
      record.fault =
        record.fault
        ?? StatementFault(
          "has text after the slash that ends the record. Ask the bank to deliver it again.",
          line: found.line)
    }
    record.pieces.append(start..<close)
    return false
  }

  /// Whether it begins as records do, whatever the code: with two digits and a comma.
  private static func beginsWithCode(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard range.count >= 3 else { return false }
    return bytes[range.lowerBound...].prefix(2).allSatisfy { (0x30...0x39).contains($0) }
      && bytes[range.lowerBound + 2] == UInt8(ascii: ",")
  }
}

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
