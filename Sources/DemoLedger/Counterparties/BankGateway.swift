import Foundation
import LedgerDomain

/// Delivers a tenant's statements as files, in a folder for each night on which some arrive.
///
/// A statement that arrives after the night of the last date lies beside the tree, to be delivered later.
final class BankGateway {
  private let tenant: DemoTenant
  private let options: DemoOptions
  private let breaks: PlantedBreakList
  private let directory: String
  private let laterDirectory: String

  /// The gateway of a tenant.
  init(tenant: DemoTenant, options: DemoOptions, breaks: PlantedBreakList, files: DemoFiles) {
    self.tenant = tenant
    self.options = options
    self.breaks = breaks
    directory = "\(files.statements)/tenant_id=\(tenant.identifier.text)"
    laterDirectory = "\(files.laterStatements)/tenant_id=\(tenant.identifier.text)"
  }

  /// The night on which the statements of the last date usually arrive.
  private var lastNight: Int32 { options.lastDate.dayNumber + 1 }

  /// Delivers a statement: once, or as the date's planted break demands.
  func deliver(_ statement: DemoStatement) throws {
    let form = StatementForm(statement.account, tenantIndex: tenant.index)
    let value = statement.value(isBatched: form.isBatched)
    var night = statement.day + Int32(form.nights)
    if night > lastNight && !options.plantsDefects { night = lastNight }
    if night > lastNight { list(.statementLate, statement, amount: nil, until: night) }
    let isOfMainCurrency = statement.account.currency == tenant.currencies[0]
    let isOfThirdCurrency = statement.account.currency == tenant.currencies[2]
    let isLockbox = statement.account.code == DemoBankAccount.lockboxCode
    switch plantedBreak(statement.day) {
    case .statementRepeated where !isLockbox && isOfMainCurrency:
      list(.statementRepeated, statement, amount: nil, until: night + 1)
      try write(value, form, night: night)
      try write(value, form, night: night + 1)
    case .statementCorrected where isLockbox && isOfThirdCurrency && value.entries.count > 1:
      let missing = value.entries[value.entries.count - 1]
      list(
        .statementCorrected, statement, amount: Int(missing.amountMinor), until: night + 1)
      try write(value.withoutLastEntry, form, night: night)
      try write(value.made(on: night + 1), form, night: night + 1, name: "-corrected")
    default: try write(value, form, night: night)
    }
  }

  private func plantedBreak(_ day: Int32) -> PlantedBreak? {
    let dateIndex = Int(day - options.firstDate.dayNumber)
    return .inDelivery(tenantIndex: tenant.index, dateIndex: dateIndex, options: options)
  }

  private func list(
    _ kind: PlantedBreak, _ statement: DemoStatement, amount: Int?, until night: Int32
  ) {
    breaks.add(
      kind,
      PlantedBreakList.Subject(
        tenant: tenant.identifier.text, day: statement.day, account: statement.account.code,
        currency: statement.account.currency), amount: amount, untilDay: night)
  }
}

extension BankGateway {
  private func write(
    _ statement: BankStatement, _ form: StatementForm, night: Int32, name suffix: String = ""
  ) throws {
    let root = night > lastNight ? laterDirectory : directory
    let folder = "\(root)/received-\(BusinessDate(dayNumber: night))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let identifier = statement.identifier ?? ""
    let path = "\(folder)/\(identifier.lowercased())\(suffix)"
    let pages = form.pageEntriesMax.map(statement.pages(entriesMax:)) ?? [statement]
    switch form.format {
    case .csv: try FileSink.write(CSVStatementWriter.text(statement), to: path + ".csv")
    case .bai2: try FileSink.write(BAI2Writer.text([statement]), to: path + ".bai")
    case .mt940: try FileSink.write(MT940Writer.text(pages), to: path + ".sta")
    case .camt:
      for page in pages {
        let number = page.page.map { "-page-\($0.number)" } ?? ""
        let content = form.hasNotifications ? page.withoutTransactions : page
        try FileSink.write(
          CamtWriter.statements([content], identifier: identifier + number),
          to: "\(path)\(number).xml")
      }
      if form.hasNotifications { try writeDetails(statement, to: path + "-details.xml") }
    }
  }

  /// Writes the transactions of a statement's batches, if it has any.
  private func writeDetails(_ statement: BankStatement, to path: String) throws {
    let batches = statement.entries.filter { !$0.transactions.isEmpty }
    guard !batches.isEmpty, let createdAt = statement.createdAt else { return }
    let notification = BankNotification(
      account: statement.account, currency: statement.currency, entries: batches, file: "",
      number: 1)
    try FileSink.write(
      CamtWriter.notification(
        notification, identifier: "\(statement.identifier ?? "")-DETAILS", createdAt: createdAt),
      to: path)
  }
}

extension BankStatement {
  fileprivate func changed(
    createdAt: StatementTime?, closing: StatementBalance, entries: [StatementEntry]
  ) -> BankStatement {
    BankStatement(
      account: account, currency: currency, identifier: identifier, sequence: sequence, page: page,
      createdAt: createdAt, opening: opening, closing: closing, entries: entries, file: file,
      number: number)
  }

  /// The statement as the bank sends it by mistake, before its last entry.
  fileprivate var withoutLastEntry: BankStatement {
    let missing = entries.last?.amountMinor ?? 0
    return changed(
      createdAt: createdAt,
      closing: StatementBalance(amountMinor: closing.amountMinor - missing, date: closing.date),
      entries: Array(entries.dropLast()))
  }

  /// The statement as the bank makes it again on another night.
  fileprivate func made(on night: Int32) -> BankStatement {
    changed(
      createdAt: StatementTime(date: BusinessDate(dayNumber: night), second: 7_200),
      closing: closing, entries: entries)
  }

  fileprivate var withoutTransactions: BankStatement {
    changed(createdAt: createdAt, closing: closing, entries: entries.map(\.withoutTransactions))
  }
}
