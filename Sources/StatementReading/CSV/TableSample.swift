import LedgerDomain

/// The beginning of a table, to find out which mapping fits it.
struct TableSample {
  private static let bytesMax = 256 << 10
  /// The letters and digits that an account's name must have to be looked for: fewer may be
  /// anything.
  private static let accountLengthMin = 8

  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    guard bytes.count >= Self.bytesMax else {
      self.bytes = bytes
      return
    }
    // To the last line end, after which a character of any encoding begins. In UTF-16, of which
    // alone a text has zeros, characters begin at even bytes.
    let start = bytes.prefix(Self.bytesMax)
    let end = (start.lastIndex(of: 0x0A) ?? Self.bytesMax - 1) + 1
    let isPaired = start.contains(0) && end % 2 == 1
    self.bytes = Array(bytes.prefix(isPaired ? end + 1 : end))
  }

  /// Whether the table has the columns of a mapping.
  func fits(_ mapping: StatementCSVMapping) -> Bool {
    (try? header(mapping))?.header.isRecognized ?? false
  }

  private func header(
    _ mapping: StatementCSVMapping
  ) throws(StatementFault) -> (header: TableHeader, text: [UInt8]) {
    let text = try mapping.encoding.decoded(bytes)
    return (try TableHeader.find(text, mapping), text)
  }

  /// The columns of a mapping that no record has beside the others; `nil` if that is not what is
  /// wrong.
  func missingColumns(_ mapping: StatementCSVMapping) -> String? {
    guard let text = try? mapping.encoding.decoded(bytes) else {
      return "not \(mapping.encoding.rawValue)"
    }
    return TableHeader.missingColumns(text, mapping)?.joined(separator: ", ")
  }

  /// Whether a line above the header names the account of a mapping.
  func mentionsAccount(of mapping: StatementCSVMapping) -> Bool {
    guard case .named(let name) = mapping.account,
      let (header, text) = try? header(mapping)
    else { return false }
    let account = BankStatement.comparableAccount(name)
    guard account.utf8.count >= Self.accountLengthMin else { return false }
    var scanner = TableScanner(text, delimiter: header.delimiter)
    var record = TableRecord()
    for _ in 0..<header.recordCount where (try? scanner.next(&record)) == true {
      for cell in record.cells
      where BankStatement.comparableAccount(cell.collapsedText).contains(account) { return true }
    }
    return false
  }
}
