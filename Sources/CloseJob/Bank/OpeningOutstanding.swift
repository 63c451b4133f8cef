import FileInput
import JournalReading
import LedgerDomain
import SnapshotStore
import SystemPackage

/// Stores what was outstanding at the bank before an account's first date, once.
struct OpeningOutstanding {
  /// The job's file, or a directory of `<tenant_id>.csv` files.
  let path: String
  let writer: BookWriter
  let isForOneTenant: Bool

  /// Stores the items of accounts of which nothing is known yet.
  ///
  /// - Returns: whether anything was stored.
  /// - Throws: `ReadingError` that names the line that is wrong.
  func store(_ books: BankBooks, _ accounts: [BankAccount], at timestamp: String) throws -> Bool {
    let unknown = try accounts.filter { account in
      let known = try writer.reader.bankItemsKnownFrom(books, account: account)
      guard known <= books.lastDate else { return false }
      return try writer.reader.bankBase(
        books, account: account, through: known) == nil
    }
    if unknown.isEmpty { return false }
    let isDirectory = FilePath(path).isDirectory
    let file = isDirectory ? "\(path)/\(books.tenant).csv" : path
    if isDirectory && !FilePath(file).exists { return false }
    let items = try ReferenceTables.openingOutstanding(
      at: file, tenant: books.tenant, isForOneTenant: isDirectory || isForOneTenant)
    var hasStored = false
    for account in unknown {
      guard let own = items[account.reference], !own.isEmpty else { continue }
      let known = try writer.reader.bankItemsKnownFrom(books, account: account)
      try writer.insertOpening(
        own, of: account, date: known.advanced(by: -1), books, at: timestamp)
      hasStored = true
    }
    return hasStored
  }
}
