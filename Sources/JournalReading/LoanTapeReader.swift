import Glibc
public import LedgerDomain
import Workers

/// Takes the rows of a loan tape as they are read.
public protocol LoanTapeSink: AnyObject {
  /// Takes a row that is well formed.
  func accept(_ principal: LoanPrincipal, line: Int)
  /// Takes a row that is not.
  ///
  /// - Parameter reason: what is wrong with the line: the end of a sentence.
  func reject(line: Int, reason: String)
}

/// Reads a loan tape: CSV with the columns `loan_id`, `currency` and `principal_outstanding_minor`,
/// in any order and among others, of any size, plain or gzip.
///
///     loan_id,currency,principal_outstanding_minor
///     3f2a6f0e-6f0b-4a3c-9a58-0e7a0c3b1d22,USD,1250000
public enum LoanTapeReader {
  /// Reads a file and hands its rows to a sink, each with the line it begins on, from 1.
  ///
  /// - Parameter bytesMax: how many bytes it may have once inflated.
  /// - Throws: `ReadingError` if the file as a whole is no tape.
  public static func read(
    _ part: ExportPart, bytesMax: Int = 1 << 40, into sink: any LoanTapeSink
  ) throws(ReadingError) {
    let file = try PartFile(path: part.path, name: part.name)
    var parser = LoanTapeParser(file: part.name, sink: sink)
    guard part.isCompressed else {
      return try read(PlainInflater(file), bytesMax, &parser)
    }
    let resources = ReadingResources(budget: CoreBudget(cores: 1))
    try read(GzipInflater(file, resources: resources), bytesMax, &parser)
  }

  private static func read(
    _ source: consuming some Inflater & ~Copyable, _ bytesMax: Int, _ parser: inout LoanTapeParser
  ) throws(ReadingError) {
    var inflater = source
    let block = Block()
    var total = 0
    while true {
      try inflater.inflate(into: block)
      block.chunks = []
      if block.count == 0 { return try parser.finish() }
      total += block.count
      guard total <= bytesMax else {
        throw ReadingError(
          .inflatedTooLarge, file: parser.file, message: "is larger than \(bytesMax) bytes.")
      }
      try parser.take(UnsafeBufferPointer(start: block.start, count: block.count))
    }
  }
}

/// Cuts the text of a tape into rows.
private struct LoanTapeParser {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  private static let columns = ["loan_id", "currency", "principal_outstanding_minor"]
  /// A row that is longer is none: its quote was never closed.
  private static let recordBytesMax = 64 * 1024

  let file: String
  private let sink: any LoanTapeSink
  private var record = CSVRecord()
  /// The beginning of a record whose end was not read yet.
  private var pending: [UInt8] = []
  private var isBegun = false
  private var line = 1
  private var linesPending = 0
  /// Where the three columns stand, and how many columns there are; `nil` before the header.
  private var header: (loan: Int, currency: Int, principal: Int, count: Int)?

  init(file: String, sink: any LoanTapeSink) {
    self.file = file
    self.sink = sink
  }

  mutating func take(_ block: Bytes) throws(ReadingError) {
    var bytes = block
    if !isBegun { bytes = try begin(bytes) }
    while let start = bytes.baseAddress, bytes.count > 0 {
      guard let found = memchr(start, 0x0A, bytes.count) else {
        pending += bytes
        return try checkLength()
      }
      let count = UnsafeRawPointer(found) - UnsafeRawPointer(start)
      let stretch = Bytes(rebasing: bytes[..<count])
      bytes = Bytes(rebasing: bytes[(count + 1)...])
      if pending.isEmpty {
        if try !take(record: stretch, isAtEnd: false) { pending += Array(stretch) + [0x0A] }
      } else {
        pending += stretch
        try takePending(isAtEnd: false)
      }
      try checkLength()
    }
  }

  mutating func finish() throws(ReadingError) {
    if !pending.isEmpty { try takePending(isAtEnd: true) }
    if header == nil {
      throw fault(1, "is empty; it must be \(Self.columns.joined(separator: ","))")
    }
  }

  /// Passes a byte order mark over.
  private mutating func begin(_ bytes: Bytes) throws(ReadingError) -> Bytes {
    isBegun = true
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw fault(1, "is UTF-16. Have the tape written as UTF-8")
    }
    return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Bytes(rebasing: bytes[3...]) : bytes
  }

  private mutating func takePending(isAtEnd: Bool) throws(ReadingError) {
    let bytes = pending
    var isTaken: Result<Bool, ReadingError> = .success(true)
    bytes.withUnsafeBufferPointer { bytes in
      isTaken = Result { () throws(ReadingError) in try take(record: bytes, isAtEnd: isAtEnd) }
    }
    if try isTaken.get() {
      pending.removeAll(keepingCapacity: true)
    } else {
      pending.append(0x0A)
    }
  }

  private func checkLength() throws(ReadingError) {
    if pending.count > Self.recordBytesMax {
      throw fault(
        line, "is longer than \(Self.recordBytesMax) bytes, or opens a quote that is never closed")
    }
  }

  /// Takes a record that a line feed or the file's end follows.
  ///
  /// - Returns: `false` if the line feed belongs to a cell, so that the record goes on behind it.
  private mutating func take(record bytes: Bytes, isAtEnd: Bool) throws(ReadingError) -> Bool {
    let hasReturn = bytes.last == 0x0D
    let text = hasReturn ? Bytes(rebasing: bytes.dropLast()) : bytes
    var trouble: CSVRecord.Fault?
    do throws(CSVRecord.Fault) {
      try record.cut(text)
    } catch {
      trouble = error
    }
    if let trouble, case .quoteStaysOpen = trouble {
      if isAtEnd { throw fault(line, trouble.text) }
      linesPending += 1
      return false
    }
    defer {
      line += 1 + linesPending
      linesPending = 0
    }
    if text.isEmpty { return true }
    if header == nil {
      if let trouble { throw fault(line, trouble.text) }
      header = try columns(text)
    } else if let trouble {
      sink.reject(line: line, reason: trouble.text)
    } else {
      takeRow(text)
    }
    return true
  }

  private func columns(
    _ text: Bytes
  ) throws(ReadingError) -> (loan: Int, currency: Int, principal: Int, count: Int) {
    let names = record.cells.map { String(decoding: text[$0], as: UTF8.self) }
    var places: [Int] = []
    for column in Self.columns {
      let found = names.indices.filter { names[$0] == column }
      guard let place = found.first else { throw fault(line, "has no column \(column)") }
      if found.count > 1 { throw fault(line, "has the column \(column) twice") }
      places.append(place)
    }
    return (places[0], places[1], places[2], names.count)
  }

  private func takeRow(_ text: Bytes) {
    guard let header else { return }
    guard record.cells.count == header.count else {
      return sink.reject(
        line: line,
        reason: "has \(record.cells.count) cells where the header has \(header.count)")
    }
    if text.contains(where: { $0 >= 0x80 }), String(validating: text, as: UTF8.self) == nil {
      return sink.reject(line: line, reason: "is not UTF-8")
    }
    guard let loan = Self.uuid(text, record.cells[header.loan]) else {
      return reject("loan_id", text, header.loan, "no UUID")
    }
    guard let currency = Self.currency(text, record.cells[header.currency]) else {
      return reject("currency", text, header.currency, "not in ISO 4217")
    }
    guard let principal = Self.amount(text, record.cells[header.principal]) else {
      return reject(
        "principal_outstanding_minor", text, header.principal,
        "no integer from -2^63 to 2^63 − 1 in minor units")
    }
    sink.accept(
      LoanPrincipal(
        key: LoanKey(loan: loan, currency: currency), principalMinor: principal), line: line)
  }

  private func reject(_ column: String, _ text: Bytes, _ cell: Int, _ what: String) {
    let value = String(decoding: text[record.cells[cell]].prefix(80), as: UTF8.self)
    sink.reject(line: line, reason: "has the \(column) '\(value)', which is \(what)")
  }

  private static func uuid(_ text: Bytes, _ cell: Range<Int>) -> LedgerUUID? {
    guard cell.count == 36, let start = text.baseAddress else { return nil }
    return UUIDText.parse(start + cell.lowerBound)
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

  private func fault(_ line: Int, _ message: String) -> ReadingError {
    ReadingError(.invalidTable, file: file, message: "line \(line) \(message).")
  }
}
