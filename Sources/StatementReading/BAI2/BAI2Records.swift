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
