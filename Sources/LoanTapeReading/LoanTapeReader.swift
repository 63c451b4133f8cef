import DelimitedText
import Glibc
public import JournalReading
public import LedgerDomain

/// Receives the rows of a loan tape as they are read.
public protocol LoanTapeSink: AnyObject {
  /// Receives a well-formed row.
  func accept(_ principal: LoanPrincipal, line: Int)
  /// Receives a malformed row.
  ///
  /// - Parameter reason: the end of a sentence that begins with the line: `is not UTF-8`.
  func reject(line: Int, reason: String)
}

/// Reads a loan tape: CSV with the columns `loan_id`, `currency` and `principal_outstanding_minor`.
///
/// Columns may come in any order and among others. A tape may have any size, and may be gzip.
///
///     loan_id,currency,principal_outstanding_minor
///     3f2a6f0e-6f0b-4a3c-9a58-0e7a0c3b1d22,USD,1250000
public enum LoanTapeReader {
  /// Reads a file and passes its rows to a sink, each with the line it begins on, from 1.
  ///
  /// - Parameter bytesMax: the most bytes that it may have once inflated.
  /// - Throws: `ReadingError` if the file is not a loan tape at all.
  public static func read(
    _ part: ExportPart, bytesMax: Int = 1 << 40, into sink: any LoanTapeSink
  ) throws(ReadingError) {
    var parser = LoanTapeParser(file: part.name, sink: sink)
    try InflatedFile.forEachBlock(at: part.path, name: part.name, bytesMax: bytesMax) {
      (block) throws(ReadingError) in try parser.add(block)
    }
    try parser.finish()
  }
}

/// Cuts the text of a tape into rows.
private struct LoanTapeParser {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  private static let columns = ["loan_id", "currency", "principal_outstanding_minor"]
  /// The longest row; a longer one has a quote that was never closed.
  private static let recordBytesMax = 64 * 1024

  let file: String
  private let sink: any LoanTapeSink
  private var cells = DelimitedCells()
  /// The beginning of a record whose end has not been read yet.
  private var pending: [UInt8] = []
  private var hasBegun = false
  private var line = 1
  private var linesPending = 0
  /// The positions of the three columns, and the number of all columns; `nil` before the header.
  private var header: (loan: Int, currency: Int, principal: Int, count: Int)?

  init(file: String, sink: any LoanTapeSink) {
    self.file = file
    self.sink = sink
  }

  mutating func add(_ block: Bytes) throws(ReadingError) {
    var bytes = block
    if !hasBegun { bytes = try begin(bytes) }
    while let start = bytes.baseAddress, bytes.count > 0 {
      guard let found = memchr(start, 0x0A, bytes.count) else {
        pending += bytes
        return try checkLength()
      }
      let count = UnsafeRawPointer(found) - UnsafeRawPointer(start)
      let stretch = Bytes(rebasing: bytes[..<count])
      bytes = Bytes(rebasing: bytes[(count + 1)...])
      if pending.isEmpty {
        if try !read(stretch, isAtEnd: false) { pending += Array(stretch) + [0x0A] }
      } else {
        pending += stretch
        try readPending(isAtEnd: false)
      }
      try checkLength()
    }
  }

  mutating func finish() throws(ReadingError) {
    if !pending.isEmpty { try readPending(isAtEnd: true) }
    if header == nil {
      throw error(1, "is empty. A tape must begin with \(Self.columns.joined(separator: ","))")
    }
  }

  /// Skips a byte order mark.
  private mutating func begin(_ bytes: Bytes) throws(ReadingError) -> Bytes {
    hasBegun = true
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw error(1, "is UTF-16. Have the tape written as UTF-8")
    }
    return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Bytes(rebasing: bytes[3...]) : bytes
  }

  private mutating func readPending(isAtEnd: Bool) throws(ReadingError) {
    let bytes = pending
    var isComplete: Result<Bool, ReadingError> = .success(true)
    bytes.withUnsafeBufferPointer { bytes in
      isComplete = Result { () throws(ReadingError) in try read(bytes, isAtEnd: isAtEnd) }
    }
    if try isComplete.get() {
      pending.removeAll(keepingCapacity: true)
    } else {
      pending.append(0x0A)
    }
  }

  private func checkLength() throws(ReadingError) {
    if pending.count > Self.recordBytesMax {
      throw error(
        line, "is longer than \(Self.recordBytesMax) bytes, or opens a quote that is never closed")
    }
  }

  /// Reads a record that ends at a line feed or at the end of the file.
  ///
  /// - Returns: `false` if the line feed is part of a cell, and the record continues after it.
  private mutating func read(_ bytes: Bytes, isAtEnd: Bool) throws(ReadingError) -> Bool {
    let hasReturn = bytes.last == 0x0D
    let text = hasReturn ? Bytes(rebasing: bytes.dropLast()) : bytes
    var fault: DelimitedCells.Fault?
    do throws(DelimitedCells.Fault) {
      try cells.cut(text)
    } catch {
      fault = error
    }
    if let fault, case .unclosedQuote = fault {
      if isAtEnd { throw error(line, fault.message) }
      linesPending += 1
      return false
    }
    defer {
      line += 1 + linesPending
      linesPending = 0
    }
    if text.isEmpty { return true }
    if header == nil {
      if let fault { throw error(line, fault.message) }
      header = try columns(text)
    } else if let fault {
      sink.reject(line: line, reason: fault.message)
    } else {
      readRow(text)
    }
    return true
  }

  private func columns(
    _ text: Bytes
  ) throws(ReadingError) -> (loan: Int, currency: Int, principal: Int, count: Int) {
    let names = cells.ranges.map { String(decoding: text[$0], as: UTF8.self) }
    var places: [Int] = []
    for column in Self.columns {
      let found = names.indices.filter { names[$0] == column }
      guard let place = found.first else { throw error(line, "has no column \(column)") }
      if found.count > 1 { throw error(line, "has the column \(column) twice") }
      places.append(place)
    }
    return (places[0], places[1], places[2], names.count)
  }

  private func readRow(_ text: Bytes) {
    guard let header else { return }
    guard cells.ranges.count == header.count else {
      return sink.reject(
        line: line,
        reason: "has \(cells.ranges.count) cells, but the header has \(header.count)")
    }
    if text.contains(where: { $0 >= 0x80 }), String(validating: text, as: UTF8.self) == nil {
      return sink.reject(line: line, reason: "is not UTF-8")
    }
    guard let loan = Self.uuid(text, cells.ranges[header.loan]) else {
      return reject("loan_id", text, header.loan, "not a UUID")
    }
    guard let currency = Self.currency(text, cells.ranges[header.currency]) else {
      return reject("currency", text, header.currency, "not in ISO 4217")
    }
    guard let principal = Self.amount(text, cells.ranges[header.principal]) else {
      return reject(
        "principal_outstanding_minor", text, header.principal,
        "not an integer of minor units from -2^63 to 2^63 − 1")
    }
    sink.accept(
      LoanPrincipal(
        key: LoanKey(loan: loan, currency: currency), principalMinor: principal), line: line)
  }

  private func reject(_ column: String, _ text: Bytes, _ cell: Int, _ what: String) {
    let value = String(decoding: text[cells.ranges[cell]].prefix(80), as: UTF8.self)
    sink.reject(line: line, reason: "has the \(column) '\(value)', which is \(what)")
  }

  private static func uuid(_ text: Bytes, _ cell: Range<Int>) -> LedgerUUID? {
    guard cell.count == 36, let start = text.baseAddress else { return nil }
    return LedgerUUID(text: start + cell.lowerBound)
  }

  private static func currency(_ text: Bytes, _ cell: Range<Int>) -> CurrencyCode? {
    guard cell.count == 3 else { return nil }
    var packed: UInt16 = 0
    for byte in text[cell] {
      guard (0x41...0x5A).contains(byte) else { return nil }
      packed = packed * 26 + UInt16(byte - 0x41)
    }
    let code = CurrencyCode(packed: packed)
    return code.minorUnitDigits == nil ? nil : code
  }

  private static func amount(_ text: Bytes, _ cell: Range<Int>) -> AmountMinor? {
    let isNegative = cell.count > 0 && text[cell.lowerBound] == UInt8(ascii: "-")
    let digits = text[cell].dropFirst(isNegative ? 1 : 0)
    if digits.isEmpty || digits.count > 19 { return nil }
    var amount: Int64 = 0
    for byte in digits {
      guard (0x30...0x39).contains(byte) else { return nil }
      let digit = Int64(byte - 0x30)
      let (tenfold, isLarge) = amount.multipliedReportingOverflow(by: 10)
      let (sum, isLarger) = tenfold.addingReportingOverflow(isNegative ? -digit : digit)
      if isLarge || isLarger { return nil }
      amount = sum
    }
    return amount
  }

  private func error(_ line: Int, _ message: String) -> ReadingError {
    ReadingError(.invalidTable, file: file, message: "line \(line) \(message).")
  }
}
