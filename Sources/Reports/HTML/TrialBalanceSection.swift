import LedgerDomain

/// The trial balance: a table per currency and layer, with its totals.
enum TrialBalanceSection {
  enum PairField: String { case currency, layer }
  enum RowField: String {
    case account, name, side, debit, credit, balance, abnormal
    case debitMinor = "debit_minor"
    case creditMinor = "credit_minor"
    case balanceMinor = "balance_minor"
  }
  enum TotalField: String {
    case accounts, debit, credit, difference, status
    case statusWords = "status_words"
    case debitMinor = "debit_minor"
    case creditMinor = "credit_minor"
    case differenceMinor = "difference_minor"
  }

  private static let begin = RowTemplate<PairField>("trial_balance_begin")
  private static let row = RowTemplate<RowField>("trial_balance_row")
  private static let end = RowTemplate<TotalField>("trial_balance_end")

  static func write(
    _ record: CloseRecord, to html: inout HTMLWriter, _ output: inout ReportOutput
  ) throws(ReportError) {
    for (pair, rows) in record.rollforwardByPair {
      html.fill(begin) { field, html in
        html.text(field == .currency ? pair.currency.description : pair.layer.code)
      }
      var totals = WideTotals()
      for row in rows {
        totals.add(row.closing)
        write(row, record.chart[row.key.account], to: &html)
        try html.flush(to: &output)
      }
      write(totals, count: rows.count, digits: pair.currency.minorUnitDigits, to: &html)
    }
  }

  private static func write(
    _ row: RollforwardRow, _ account: Account?, to html: inout HTMLWriter
  ) {
    let digits = row.key.currency.minorUnitDigits
    let balanceMinor = account.map { row.closing.normalBalanceMinor(on: $0.normalSide) }
    html.fill(Self.row) { field, html in
      switch field {
      case .account: html.text(row.key.account.description)
      case .name: html.text(account?.name)
      case .side: html.text(account?.normalSide.code)
      case .debit: html.amount(row.closing.debitMinor, digits: digits)
      case .debitMinor: html.number(row.closing.debitMinor)
      case .credit: html.amount(row.closing.creditMinor, digits: digits)
      case .creditMinor: html.number(row.closing.creditMinor)
      case .balance: html.amount(balanceMinor, digits: digits)
      case .balanceMinor: html.number(balanceMinor)
      case .abnormal: if let balanceMinor, balanceMinor < 0 { html.text(" abnormal") }
      }
    }
  }

  private static func write(
    _ totals: WideTotals, count: Int, digits: Int?, to html: inout HTMLWriter
  ) {
    let difference = totals.debitMinor - totals.creditMinor
    let status: TieOutStatus = difference == 0 ? .pass : .fail
    html.fill(end) { field, html in
      switch field {
      case .accounts: html.text(Wording.count(count, "account", "accounts"))
      case .debit: html.amount(totals.debitMinor, digits: digits)
      case .debitMinor: html.number(totals.debitMinor)
      case .credit: html.amount(totals.creditMinor, digits: digits)
      case .creditMinor: html.number(totals.creditMinor)
      case .difference: html.signed(difference, digits: digits)
      case .differenceMinor: html.number(difference)
      case .status: html.text(status.rawValue)
      case .statusWords: html.text(status == .pass ? "balanced" : "unbalanced")
      }
    }
  }
}
