import LedgerDomain
import Reconciliation
import SnapshotStore

/// What the bank delivered, account by account.
struct AccountDeliveries {
  private struct Name: Hashable {
    let account: String
    let currency: CurrencyCode
  }

  private var statements: [Name: [StatementDelivery]] = [:]
  private var notifications: [Name: [BankNotification]] = [:]

  /// The deliveries of a tenant that close on a date or later.
  ///
  /// A statement whose file is gone does not count if a file that is there has another one for the same
  /// account and date: whoever removes the one that the bank withdrew decides between them.
  ///
  /// - Parameter present: the files that are in the directory now; `nil` if it cannot be listed.
  init(
    _ reader: BookReader, _ books: BankBooks, from date: BusinessDate, present: Set<String>?
  ) throws {
    let delivered = try reader.deliveredStatements(books, from: date)
    let isThere = { (path: String) in present?.contains(path) ?? true }
    let dates = Set(
      delivered.filter { isThere($0.path) && !$0.content.isPaged }.map { Self.key($0.content) })
    for delivery in delivered {
      let isReplaced =
        !isThere(delivery.path) && !delivery.content.isPaged
        && dates.contains(Self.key(delivery.content))
      if isReplaced { continue }
      let statement = delivery.content
      statements[Self.name(statement.account, statement.currency), default: []].append(
        StatementDelivery(
          statement, arrival: Int(delivery.record), isMapped: delivery.format == "CSV"))
    }
    for delivery in try reader.deliveredNotifications(books, from: date) {
      let content = delivery.content
      notifications[Self.name(content.account, content.currency), default: []].append(content)
    }
  }

  /// The statements of an account that count.
  func series(of account: BankAccount) -> StatementSeries {
    let name = Self.name(account.statementAccount, account.currency)
    return StatementSeries(
      statements[name] ?? [], notifications: notifications[name] ?? [], of: account)
  }

  private struct Key: Hashable {
    let name: Name
    let date: BusinessDate
  }

  private static func key(_ statement: BankStatement) -> Key {
    Key(name: name(statement.account, statement.currency), date: statement.closing.date)
  }

  private static func name(_ account: String, _ currency: CurrencyCode) -> Name {
    Name(account: BankStatement.comparableAccount(account), currency: currency)
  }
}

extension BankStatement {
  /// Whether it may be a page of a statement, of which other files have the others.
  fileprivate var isPaged: Bool {
    page != nil || closing.isIntermediate || opening?.isIntermediate == true
  }
}
