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
  /// - Parameter present: the files that are in the directory now.
  init(
    _ reader: BookReader, _ books: BankBooks, from date: BusinessDate, present: Set<String>
  ) throws {
    for delivery in try reader.deliveredStatements(books, from: date) {
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

  private static func name(_ account: String, _ currency: CurrencyCode) -> Name {
    Name(account: BankStatement.comparableAccount(account), currency: currency)
  }
}
