import LedgerDomain

extension MonthTables {
  static let bankReconciliationsColumns = [
    "business_date", "bank_account", "account_code", "currency", "status", "ledger_closing_minor",
    "statement_opening_minor", "statement_closing_minor", "difference_minor", "unexplained_minor",
    "written_off_minor", "ledger_closing", "statement_opening", "statement_closing", "difference",
    "unexplained", "written_off", "outstanding_items", "settled_on", "version", "close_id",
    "made_at",
  ]
  static let settlementsColumns = [
    "settlement", "kind", "bank_account", "business_date", "side", "item", "item_date", "currency",
    "amount_minor", "amount", "settled_by", "settled_at", "settled_why",
  ]

  func writeBankReconciliations(to output: inout ReportOutput) throws(ReportError) {
    var table = CSVWriter(columns: Self.bankReconciliationsColumns)
    for bank in record.days.flatMap(\.banks) {
      Self.add(bank, to: &table)
      try table.flush(to: &output)
    }
    try table.flush(to: &output, atEnd: true)
  }

  private static func add(_ bank: MonthBank, to table: inout CSVWriter) {
    let (version, reconciliation) = (bank.version, bank.version.reconciliation)
    let account = reconciliation.account
    table.code(version.date.description)
    table.text(account.reference)
    table.code(account.account.description)
    table.code(account.currency.description)
    table.code(reconciliation.status.rawValue)
    let amounts = [
      reconciliation.ledgerClosingMinor, reconciliation.statement?.openingMinor,
      reconciliation.statement?.closingMinor, reconciliation.differenceMinor,
      reconciliation.unexplainedMinor, reconciliation.writtenOffMinor,
    ]
    for amount in amounts { table.number(amount) }
    for amount in amounts { table.decimal(amount, digits: account.currency.minorUnitDigits) }
    table.number(bank.outstandingCount)
    table.code(reconciliation.settledOn?.description ?? "")
    table.number(version.number)
    table.number(version.closeID.number)
    table.text(version.madeAt)
    table.endRow()
  }

  func writeSettlements(to output: inout ReportOutput) throws(ReportError) {
    var table = CSVWriter(columns: Self.settlementsColumns)
    for settlement in record.settlements {
      let (account, decision) = (settlement.account, settlement.decision)
      for item in decision.items {
        table.number(decision.number)
        table.code(decision.kind.rawValue)
        table.text(account.reference)
        table.code(decision.date.description)
        table.code(item.key.side.rawValue)
        table.text(item.key.identity)
        table.code(item.date.description)
        table.code(account.currency.description)
        table.number(item.amountMinor)
        table.decimal(item.amountMinor, digits: account.currency.minorUnitDigits)
        table.text(decision.name)
        table.text(decision.settledAt)
        table.text(decision.note)
        table.endRow()
      }
      try table.flush(to: &output)
    }
    try table.flush(to: &output, atEnd: true)
  }
}
