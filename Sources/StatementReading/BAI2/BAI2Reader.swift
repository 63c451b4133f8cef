import LedgerDomain

/// Reads BAI2 files: balance reporting, mostly by banks of the United States.
///
/// A file counts only if its trailers prove it: control totals and numbers of records, accounts and
/// groups. So a file that was cut off, or lost a line, is never taken for a whole one.
///
/// Source: BAI, Cash Management Balance Reporting Specifications, Version 2.
enum BAI2Reader {
  /// Whether a file that begins with these bytes is one: by the date and time of its header (01), and by
  /// the slash at the header's end or the number of its fields. A table may begin with 01, too.
  static func recognizes(_ head: ArraySlice<UInt8>) -> Bool {
    let bytes = Array(head.prefix(1024))
    var records = BAI2Records(bytes, layout: .lines)
    var record = BAI2Record()
    guard records.next(&record), record.code == .fileHeader, let piece = record.pieces.first else {
      return false
    }
    var fields = BAI2Fields(record, of: bytes)
    _ = fields.next()
    _ = fields.next()
    guard let date = fields.next(), date.isEmpty || BAI2Number.date(date) != nil,
      let time = fields.next(), time.isEmpty || time.count == 4
    else { return false }
    var count = 4
    while fields.next() != nil { count += 1 }
    let isClosed =
      piece.upperBound < bytes.count && bytes[piece.upperBound] == UInt8(ascii: "/")
    return isClosed || count >= 8
  }

  /// The statements of a file.
  static func contents(of bytes: [UInt8], name: String) -> StatementContents {
    let layout = layout(of: bytes)
    var parser = BAI2Parser(bytes, name: name)
    let contents = parser.parse(layout)
    guard layout != .slashes, !contents.faults.isEmpty else { return contents }
    // A bank may write several records on a line. A text may contain a slash and a number, too, so
    // lines come first, and the trailers decide.
    var second = BAI2Parser(bytes, name: name)
    let other = second.parse(.slashes)
    return isBetter(other, than: contents) ? other : contents
  }

  /// Whether a reading is nearer to the file: without a fault, or with one of a statement where the other
  /// one has a fault of the whole file, or with one that comes later.
  private static func isBetter(_ one: StatementContents, than other: StatementContents) -> Bool {
    func ofWholeFile(_ contents: StatementContents) -> StatementFault? {
      contents.faults.first { $0.statement == nil }
    }
    guard !one.faults.isEmpty, let fault = ofWholeFile(other) else { return one.faults.isEmpty }
    guard let own = ofWholeFile(one) else { return true }
    return (own.line ?? 0) > (fault.line ?? 0)
  }

  /// How the records are told apart: by lines, or if there are none, by the length that the header
  /// states, else by slashes.
  private static func layout(of bytes: [UInt8]) -> BAI2PhysicalRecords.Layout {
    var end = bytes.count
    while end > 0, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D || bytes[end - 1] == 0x1A {
      end -= 1
    }
    if bytes[..<end].contains(where: { $0 == 0x0A || $0 == 0x0D }) { return .lines }
    let head = Array(bytes.prefix(1024).prefix { $0 != UInt8(ascii: "/") })
    let fields = head.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard fields.count > 6, let length = BAI2Number.value(fields[6]),
      (16...65_536).contains(length), bytes.count > Int(length), head.count < Int(length)
    else { return .slashes }
    return .length(Int(length))
  }
}
