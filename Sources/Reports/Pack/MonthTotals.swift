import LedgerDomain

/// The roll-forward of a month over all accounts, by currency and layer, each side with its proof.
enum MonthTotals {
  enum Field: String {
    case currency, layer
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
    case debitStatus = "debit_status"
    case debitWords = "debit_words"
    case creditStatus = "credit_status"
    case creditWords = "credit_words"
  }

  /// Sums over the accounts of a currency and layer.
  private struct Sums {
    var opening = WideTotals()
    var backdated = WideTotals()
    var movement = WideTotals()
    var closing = WideTotals()

    init(_ rows: [RollforwardRow]) {
      for row in rows {
        opening.add(row.opening)
        backdated.add(row.backdated)
        movement.add(row.movement)
        closing.add(row.closing)
      }
    }
  }

  private static let begin = TemplateBlock("pack_totals_begin")
  private static let row = RowTemplate<Field>("pack_total")
  private static let end = TemplateBlock("rollforward_end")

  static func write(_ record: MonthRecord, to html: inout HTMLWriter) {
    html.block(begin)
    for (pair, rows) in record.rollforward.byPair {
      let status = { (side: String) in
        record.proof.first { $0.scope == "\(pair) \(side)" }?.status ?? .inconclusive
      }
      write(pair, Sums(rows), (status("DR"), status("CR")), to: &html)
    }
    html.block(end)
  }

  private static func write(
    _ pair: CurrencyLayer, _ sums: Sums, _ status: (debit: TieOutStatus, credit: TieOutStatus),
    to html: inout HTMLWriter
  ) {
    let digits = pair.currency.minorUnitDigits
    html.fill(row) { field, html in
      switch field {
      case .currency: html.text(pair.currency.description)
      case .layer: html.text(pair.layer.code)
      case .openingDebit: html.amount(sums.opening.debitMinor, digits: digits)
      case .openingDebitMinor: html.number(sums.opening.debitMinor)
      case .openingCredit: html.amount(sums.opening.creditMinor, digits: digits)
      case .openingCreditMinor: html.number(sums.opening.creditMinor)
      case .backdatedDebit: html.amount(sums.backdated.debitMinor, digits: digits)
      case .backdatedDebitMinor: html.number(sums.backdated.debitMinor)
      case .backdatedCredit: html.amount(sums.backdated.creditMinor, digits: digits)
      case .backdatedCreditMinor: html.number(sums.backdated.creditMinor)
      case .movementDebit: html.amount(sums.movement.debitMinor, digits: digits)
      case .movementDebitMinor: html.number(sums.movement.debitMinor)
      case .movementCredit: html.amount(sums.movement.creditMinor, digits: digits)
      case .movementCreditMinor: html.number(sums.movement.creditMinor)
      case .closingDebit: html.amount(sums.closing.debitMinor, digits: digits)
      case .closingDebitMinor: html.number(sums.closing.debitMinor)
      case .closingCredit: html.amount(sums.closing.creditMinor, digits: digits)
      case .closingCreditMinor: html.number(sums.closing.creditMinor)
      case .debitStatus: html.text(status.debit.rawValue)
      case .debitWords: html.text(Wording.of(status.debit))
      case .creditStatus: html.text(status.credit.rawValue)
      case .creditWords: html.text(Wording.of(status.credit))
      }
    }
  }
}
