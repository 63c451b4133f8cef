import GRDB
import GRDBSQLite
import LedgerDomain

/// A prepared statement that binds values and reads columns directly, for many rows.
struct RowStatement {
  // Keeps the handle alive.
  private let statement: Statement
  private let handle: OpaquePointer
  // SQLite copies the bound value before the call returns.
  private static let copy = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  init(_ db: Database, _ sql: String) throws {
    statement = try db.makeStatement(sql: sql)
    handle = statement.sqliteStatement
  }

  /// Runs the statement once.
  ///
  /// - Parameter bind: binds every parameter, numbered from 1.
  func run(_ bind: (RowStatement) -> Void) throws {
    sqlite3_reset(handle)
    bind(self)
    let code = sqlite3_step(handle)
    sqlite3_reset(handle)
    guard code == SQLITE_DONE else { throw error(code) }
  }

  /// Runs a query and calls a body with each row; columns are numbered from 0.
  ///
  /// - Parameter bind: binds every parameter, numbered from 1.
  func forEachRow(
    _ bind: (RowStatement) -> Void, _ body: (RowStatement) throws -> Void
  ) throws {
    sqlite3_reset(handle)
    defer { sqlite3_reset(handle) }
    bind(self)
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: try body(self)
      case SQLITE_DONE: return
      case let code: throw error(code)
      }
    }
  }

  private func error(_ code: Int32) -> DatabaseError {
    let message = sqlite3_db_handle(handle).flatMap { sqlite3_errmsg($0) }
    return DatabaseError(
      resultCode: ResultCode(rawValue: code), message: message.map { String(cString: $0) })
  }

  /// The balance in the columns account, currency, layer, debits and credits, from 0.
  ///
  /// - Throws: `StoreError` with `altered_store` if they are invalid.
  func balance() throws -> Balance {
    guard let account = AccountCode(columnText(0)), let currency = CurrencyCode(columnText(1)),
      let layer = EntryLayer(code: columnText(2)),
      sqlite3_column_type(handle, 3) == SQLITE_INTEGER,
      sqlite3_column_type(handle, 4) == SQLITE_INTEGER,
      columnInteger(3) >= 0, columnInteger(4) >= 0
    else { throw Row.altered("an invalid balance") }
    return Balance(
      key: BalanceKey(account: account, currency: currency, layer: layer),
      totals: DebitCreditTotals(debitMinor: columnInteger(3), creditMinor: columnInteger(4)))
  }

  /// The text in a column; empty if there is none.
  func columnText(_ index: Int32) -> String {
    guard let text = sqlite3_column_text(handle, index) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, index))
    return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
  }

  /// The UUID in a column, in its text form; `nil` if there is none.
  func columnUUID(_ column: Int32) -> LedgerUUID? {
    guard let text = sqlite3_column_text(handle, column), sqlite3_column_bytes(handle, column) == 36
    else { return nil }
    var (words, wrong): ((UInt64, UInt64), UInt8) = ((0, 0), 0)
    for index in 0..<36 {
      let byte = text[index]
      if index == 8 || index == 13 || index == 18 || index == 23 {
        wrong |= byte ^ 0x2D
        continue
      }
      let digit = byte &- 0x30
      let letter = byte &- 0x57
      let value = digit < 10 ? digit : letter
      wrong |= digit < 10 || letter > 9 && letter < 16 ? 0 : 1
      words.0 = words.0 << 4 | words.1 >> 60
      words.1 = words.1 << 4 | UInt64(value & 0xF)
    }
    return wrong == 0 ? LedgerUUID(high: words.0, low: words.1) : nil
  }

  /// The integer in a column.
  func columnInteger(_ index: Int32) -> Int64 { sqlite3_column_int64(handle, index) }

  /// The bytes in a column; valid until the statement steps on.
  func columnBytes(_ index: Int32) -> UnsafeRawBufferPointer {
    let bytes = sqlite3_column_blob(handle, index)
    return UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, index)))
  }

  /// Binds bytes that stay where they are until the statement has run.
  func bytes(_ index: Int32, _ value: UnsafeRawBufferPointer) {
    if value.isEmpty {
      sqlite3_bind_zeroblob(handle, index, 0)
    } else {
      sqlite3_bind_blob64(handle, index, value.baseAddress, UInt64(value.count), nil)
    }
  }

  /// Binds the sixteen bytes of an identifier, in their order in its text.
  func identifier(_ index: Int32, _ value: LedgerUUID) {
    let words = (value.high.bigEndian, value.low.bigEndian)
    withUnsafeBytes(of: words) { bytes in
      _ = sqlite3_bind_blob64(handle, index, bytes.baseAddress, UInt64(bytes.count), Self.copy)
    }
  }

  /// The identifier in a column; `nil` if there is none.
  func columnIdentifier(_ index: Int32) -> JournalEntryID? {
    let bytes = columnBytes(index)
    guard bytes.count == 16 else { return nil }
    return JournalEntryID(
      LedgerUUID(
        high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
        low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))))
  }

  func integer(_ index: Int32, _ value: Int64) { sqlite3_bind_int64(handle, index, value) }

  func integer(_ index: Int32, _ value: Int64?) {
    if let value {
      sqlite3_bind_int64(handle, index, value)
    } else {
      sqlite3_bind_null(handle, index)
    }
  }

  func text(_ index: Int32, _ value: String?) {
    guard var value else {
      sqlite3_bind_null(handle, index)
      return
    }
    value.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        _ = sqlite3_bind_text(
          handle, index, characters.baseAddress, Int32(characters.count), Self.copy)
      }
    }
  }

  /// Binds account, currency and layer to three parameters.
  func key(_ first: Int32, _ key: BalanceKey) {
    text(first, key.account.description)
    text(first + 1, key.currency.description)
    text(first + 2, key.layer.code)
  }
}

extension Row {
  /// The key in the columns `account_code`, `currency` and `layer`.
  ///
  /// - Throws: `StoreError` with `altered_store` if they are invalid.
  func balanceKey(at first: Int) throws -> BalanceKey {
    guard let account = AccountCode(try text(first)),
      let currency = CurrencyCode(try text(first + 1)),
      let layer = EntryLayer(code: try text(first + 2))
    else { throw Self.altered("a row with an invalid account, currency or layer") }
    return BalanceKey(account: account, currency: currency, layer: layer)
  }

  func date(at index: Int) throws -> BusinessDate {
    guard let date = BusinessDate(try text(index)) else {
      throw Self.altered("an invalid date")
    }
    return date
  }

  /// Debits and credits. Stored amounts are never negative, so a difference of two always fits.
  func totals(at first: Int) throws -> DebitCreditTotals {
    let (debit, credit) = (try integer(first), try integer(first + 1))
    guard debit >= 0, credit >= 0 else { throw Self.altered("a negative amount") }
    return DebitCreditTotals(debitMinor: debit, creditMinor: credit)
  }

  /// The number of lines of a movement, limited so that sums do not overflow.
  func lineCount(at index: Int) throws -> Int {
    let count = try integer(index)
    guard (0..<(1 << 48)).contains(count) else { throw Self.altered("an invalid line count") }
    return Int(count)
  }

  func text(_ index: Int) throws -> String {
    guard let text = try optionalText(index) else { throw Self.altered("a missing text") }
    return text
  }

  /// The text in a column; `nil` for NULL. GRDB's subscript would end the process where a damaged row holds
  /// a value of another type.
  func optionalText(_ index: Int) throws -> String? {
    let value: DatabaseValue = self[index]
    if value.isNull { return nil }
    guard let text = String.fromDatabaseValue(value) else { throw Self.altered("no text") }
    return text
  }

  /// The integer in a column; `nil` for NULL.
  func optionalInteger(_ index: Int) throws -> Int64? {
    let value: DatabaseValue = self[index]
    if value.isNull { return nil }
    guard let integer = Int64.fromDatabaseValue(value) else { throw Self.altered("no integer") }
    return integer
  }

  func integer(_ index: Int) throws -> Int64 {
    guard let integer = try optionalInteger(index) else {
      throw Self.altered("a missing integer")
    }
    return integer
  }

  static func altered(_ what: String) -> StoreError {
    StoreError(.alteredStore, "the store holds \(what). Restore it from a backup.")
  }
}
