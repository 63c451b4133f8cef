import LedgerDomain

/// The roll-forward from opening to closing balances: a table per currency and layer.
enum RollforwardSection {
  enum RowField: String {
    case account, name
    case openingDebit = "opening_debit"
    case openingDebitMinor = "opening_debit_minor"
    case openingCredit = "opening_credit"
    case openingCreditMinor = "opening_credit_minor"
    case backdatedDebit = "backdated_debit"
    case backdatedDebitMinor = "backdated_debit_minor"
    case backdatedCredit = "backdated_credit"
    case backdatedCreditMinor = "backdated_credit_minor"
    case movementDebit = "movement_debit"
    case movementDebitMinor = "movement_debit_minor"
    case movementCredit = "movement_credit"
    case movementCreditMinor = "movement_credit_minor"
    case closingDebit = "closing_debit"
    case closingDebitMinor = "closing_debit_minor"
    case closingCredit = "closing_credit"
    case closingCreditMinor = "closing_credit_minor"
  }

  private static let begin = RowTemplate<TrialBalanceSection.PairField>("rollforward_begin")
  private static let row = RowTemplate<RowField>("rollforward_row")
  private static let end = TemplateBlock("rollforward_end")

  static func write(
    _ record: CloseRecord, to html: inout HTMLWriter, _ output: inout ReportOutput
  ) throws(ReportError) {
    for (pair, rows) in record.rollforwardByPair {
      html.fill(begin) { field, html in
        html.text(field == .currency ? pair.currency.description : pair.layer.code)
      }
      for row in rows {
        write(row, name: record.chart[row.key.account]?.name, to: &html)
        try html.flush(to: &output)
      }
      html.block(end)
    }
  }

  private static func write(_ row: RollforwardRow, name: String?, to html: inout HTMLWriter) {
    let digits = row.key.currency.minorUnitDigits
    html.fill(Self.row) { field, html in
      switch field {
      case .account: html.text(row.key.account.description)
      case .name: html.text(name)
      case .openingDebit: html.amount(row.opening.debitMinor, digits: digits)
      case .openingDebitMinor: html.number(row.opening.debitMinor)
      case .openingCredit: html.amount(row.opening.creditMinor, digits: digits)
      case .openingCreditMinor: html.number(row.opening.creditMinor)
      case .backdatedDebit: html.amount(row.backdated.debitMinor, digits: digits)
      case .backdatedDebitMinor: html.number(row.backdated.debitMinor)
      case .backdatedCredit: html.amount(row.backdated.creditMinor, digits: digits)
      case .backdatedCreditMinor: html.number(row.backdated.creditMinor)
      case .movementDebit: html.amount(row.movement.debitMinor, digits: digits)
      case .movementDebitMinor: html.number(row.movement.debitMinor)
      case .movementCredit: html.amount(row.movement.creditMinor, digits: digits)
      case .movementCreditMinor: html.number(row.movement.creditMinor)
      case .closingDebit: html.amount(row.closing.debitMinor, digits: digits)
      case .closingDebitMinor: html.number(row.closing.debitMinor)
      case .closingCredit: html.amount(row.closing.creditMinor, digits: digits)
      case .closingCreditMinor: html.number(row.closing.creditMinor)
      }
    }
  }
}
