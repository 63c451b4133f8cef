public import LedgerDomain

/// The first rows of a table as a mapping understands them, and what it does not understand.
///
///     let preview = try TablePreview(at: path, name: "main.csv", mapping: mapping)
///     preview.rows.first?.amountMinor  // -2550: 25.50 leaves the account
public struct TablePreview: Sendable {
  /// A row that was understood.
  public struct Row: Sendable {
    /// Its line, from 1.
    public let line: Int
    /// Its account, as the table or the mapping names it.
    public let account: String
    /// The currency of its amounts.
    public let currency: CurrencyCode
    /// The booking date.
    public let date: BusinessDate
    /// The value date, if there is one.
    public let valueDate: BusinessDate?
    /// In minor units; positive for a credit to the account.
    public let amountMinor: AmountMinor
    /// The balance after the row, if it states one.
    public let balanceMinor: AmountMinor?
    /// What the payment is known by.
    public let references: [BankReference]
    /// The payment's text.
    public let text: String?
    /// Whether it is booked.
    public let isBooked: Bool
  }

  /// The character between cells; `nil` if no header was found.
  public let delimiter: String?
  /// The line of the header; `nil` if there is none.
  public let headerLine: Int?
  /// The first rows, in the order of the file.
  public let rows: [Row]
  /// How many rows were understood.
  public let rowCount: Int
  /// What was not understood, each as a sentence without subject: `line 3 has a date but no amount …`.
  public let faults: [String]
  /// How many more rows were not understood.
  public let faultsLeftOut: Int
  /// What was passed over or taken for granted.
  public let notes: [StatementNote]
  /// The statements that the table gives.
  public let statements: [BankStatement]

  /// Reads a table and keeps its first rows.
  ///
  /// - Parameters:
  ///   - path: the file, neither compressed nor in an archive.
  ///   - name: the file's name in messages.
  ///   - mapping: the mapping to try.
  ///   - rowsMax: how many rows to keep.
  ///   - limits: the limits that the file must keep.
  /// - Throws: `StatementError` if the file cannot be read.
  public init(
    at path: String, name: String, mapping: StatementCSVMapping, rowsMax: Int = 5,
    limits: StatementLimits = StatementLimits()
  ) throws(StatementError) {
    let source = try FileByteSource(path: path, name: name)
    var bytes: [UInt8] = []
    var isTooLarge = false
    while !isTooLarge {
      let chunk = try source.read(bytesMax: 1 << 20)
      if chunk.isEmpty { break }
      bytes.append(contentsOf: chunk)
      isTooLarge = bytes.count > limits.tableBytesMax
    }
    self.init(bytes, name: name, mapping: mapping, rowsMax: rowsMax)
  }

  /// Reads a table that is in memory.
  public init(_ bytes: [UInt8], name: String, mapping: StatementCSVMapping, rowsMax: Int = 5) {
    let reader = StatementTableReader(mapping: mapping, name: name)
    let table = reader.table(bytes)
    let contents = reader.contents(table)
    delimiter = table.header.map { String(decoding: [$0.delimiter], as: UTF8.self) }
    headerLine = table.header?.line
    rowCount = table.accounts.reduce(0) { $0 + $1.rows.count }
    rows = Self.first(rowsMax, of: table)
    notes = contents.notes
    statements = contents.statements
    let inRows = table.faults + table.accounts.flatMap { $0.faults.prefix(TableContents.kept) }
    // A table whose rows all can be read may contradict itself all the same.
    let found = inRows.isEmpty ? contents.faults : inRows
    let sorted = found.enumerated()
      .sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }
      .map(\.element)
    faults = sorted.prefix(TableContents.kept).map { fault in
      (fault.line.map { "line \($0) " } ?? "") + fault.message
    }
    let all = table.faultCount + table.accounts.reduce(0) { $0 + $1.faults.count }
    faultsLeftOut = max(0, all - faults.count)
  }

  private static func first(_ count: Int, of table: TableContents) -> [Row] {
    let firstOfEach = table.accounts.flatMap { account in
      account.rows.prefix(count).map { row in
        Row(
          line: row.line, account: account.account.name, currency: account.account.currency,
          date: row.date, valueDate: row.valueDate, amountMinor: row.amountMinor,
          balanceMinor: row.balanceMinor, references: row.references, text: row.text,
          isBooked: row.isBooked)
      }
    }
    return Array(firstOfEach.sorted { $0.line < $1.line }.prefix(count))
  }
}

extension StatementCSVMapping {
  /// Whether a file begins with a table that has the columns of the mapping.
  ///
  /// - Throws: `StatementError` if the file cannot be read.
  public func fits(fileAt path: String, name: String) throws(StatementError) -> Bool {
    let bytes = try FileByteSource(path: path, name: name).read(bytesMax: 256 << 10)
    let head = bytes[...]
    guard !StatementHead.isBinary(head), !StatementFormatReader.isXML(head) else { return false }
    return TableSample(bytes).fits(self)
  }
}
