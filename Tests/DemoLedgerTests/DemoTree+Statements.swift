import DemoLedger
import Foundation
import LedgerDomain
import Reconciliation
import StatementReading
import Testing

/// What the bank delivers of a tenant's accounts, as the product reads it.
struct DemoStatements {
  /// The files, by the night on which they arrive, then by name.
  let files: [(night: String, file: StatementFile)]
  private let series: [String: StatementSeries]

  init(_ files: [(night: String, file: StatementFile)], of accounts: [DemoBankAccount]) {
    self.files = files
    let deliveries = files.enumerated().flatMap { arrival, delivered in
      delivered.file.statements.map {
        StatementDelivery($0, arrival: arrival, isMapped: delivered.file.format == .csv)
      }
    }
    let notifications = files.flatMap(\.file.notifications)
    series = Dictionary(
      uniqueKeysWithValues: accounts.map { account in
        let own = deliveries.filter { $0.statement.account == account.statementAccount }
        let series = StatementSeries(
          own.filter { "\($0.statement.currency)" == account.currencyCode },
          notifications: notifications, of: account.bankAccount)
        return (account.reference, series)
      })
  }

  subscript(account: DemoBankAccount) -> StatementSeries {
    series[account.reference] ?? StatementSeries()
  }

  /// All statements and pages, in the order of the files.
  var statements: [BankStatement] { files.flatMap(\.file.statements) }
}

extension DemoBankAccount {
  fileprivate var bankAccount: BankAccount {
    guard let currency = CurrencyCode(currencyCode), let code = AccountCode(accountCode) else {
      preconditionFailure("\(reference) is no account")
    }
    return BankAccount(
      reference: reference, statementAccount: statementAccount, account: code, currency: currency)
  }
}

extension BankItem {
  /// The reference that the ledger may know it by; empty if only the bank's own is there.
  var ledgerReference: String {
    references.first { $0.kind != .accountServicer }?.comparable ?? ""
  }
}

extension DemoTree {
  /// How tables are read: as the job says.
  private static let tables = NamedMapping(
    reference: "LOCKBOX-EUR", mapping: .demo(account: "DE12500105170648489890"))

  /// A tenant's statements.
  func statements(of tenant: String) throws -> DemoStatements {
    let found = try files().compactMap { path -> (night: String, file: StatementFile)? in
      let steps = path.split(separator: "/").map(String.init)
      guard steps.count == 4, ["statements", "statements-later"].contains(steps[0]),
        steps[1] == "tenant_id=\(tenant)"
      else { return nil }
      let night = try #require(steps[2].split(separator: "-", maxSplits: 1).last)
      let read = StatementReader.read(
        Array(try bytes(of: path)), name: steps[3], mappings: [Self.tables])
      let file = try #require(read.count == 1 ? read[0] : nil)
      #expect(file.findings.isEmpty && file.notes.isEmpty, "\(path): \(file)")
      return (String(night), file)
    }
    return DemoStatements(
      found.sorted { ($0.night, $0.file.name) < ($1.night, $1.file.name) },
      of: summary.bankAccounts)
  }
}

extension StatementCSVMapping {
  /// The columns that `CSVStatementWriter` writes.
  static func demo(account: String) -> StatementCSVMapping {
    var mapping = StatementCSVMapping(
      dateColumn: "date", valueDateColumn: "value_date", amount: .signed("amount"),
      references: [
        ReferenceColumn("bank_reference", .accountServicer),
        ReferenceColumn("reference", .endToEnd),
      ], balances: .rows(opening: "Opening balance", closing: "Closing balance"),
      account: .named(account), currency: .column("currency"))
    mapping.textColumns = ["text"]
    mapping.emptyTableCurrency = CurrencyCode("EUR")
    return mapping
  }
}
