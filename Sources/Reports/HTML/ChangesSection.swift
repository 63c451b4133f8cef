import LedgerDomain

/// How balances moved since the close before, the last month end and a year ago: those that moved most.
enum ChangesSection {
  /// The most balances on the page.
  static let rowsMax = 50

  enum HeadField: String {
    case previous
    case month = "month_end"
    case year = "year_ago"
  }
  enum RowField: String {
    case account, name, currency, layer, balance, review
    case balanceMinor = "balance_minor"
    case change0 = "change_0"
    case changeMinor0 = "change_minor_0"
    case percent0 = "percent_0"
    case change1 = "change_1"
    case changeMinor1 = "change_minor_1"
    case percent1 = "percent_1"
    case change2 = "change_2"
    case changeMinor2 = "change_minor_2"
    case percent2 = "percent_2"
  }

  private static let begin = RowTemplate<HeadField>("changes_begin")
  private static let row = RowTemplate<RowField>("changes_row")
  private static let end = TemplateBlock("table_end")

  /// How many balances moved, and how many must be looked at.
  static func lead(_ record: CloseRecord) -> String {
    let changes = BalanceChange.all(record).filter(\.hasMoved)
    if record.earlierBalances.allSatisfy({ $0.totals == nil }) {
      return "There is no earlier date: changes.csv compares every balance with zero."
    }
    let all = Wording.count(record.rollforward.count, "balance", "balances")
    let moved = HTMLWriter.string { $0.count(changes.count) }
    let listed = changes.count > rowsMax ? " The \(rowsMax) that moved most are listed." : ""
    guard let threshold = record.reviewThreshold else {
      return
        "\(moved) of \(all) moved.\(listed) changes.csv has all. Set review_threshold to mark what "
        + "a reviewer must look at."
    }
    let marked = HTMLWriter.string { $0.count(changes.count(where: \.needsReview)) }
    return "\(moved) of \(all) moved. To be looked at, from \(threshold) on: \(marked).\(listed) "
      + "changes.csv has all."
  }

  static func write(_ record: CloseRecord, to html: inout HTMLWriter) {
    let changes = BalanceChange.all(record).filter(\.hasMoved)
    guard !changes.isEmpty else { return }
    html.fill(begin) { field, html in
      switch field {
      case .previous: html.text(heading(record.earlierBalances[0]))
      case .month: html.text(heading(record.earlierBalances[1]))
      case .year: html.text(heading(record.earlierBalances[2]))
      }
    }
    // Beyond the rows that moved most, those that must be looked at are listed all the same.
    for (index, change) in changes.enumerated() where index < rowsMax || change.needsReview {
      write(change, to: &html)
    }
    html.block(end)
  }

  private static func heading(_ earlier: EarlierBalances) -> String {
    earlier.totals == nil ? "zero: no \(earlier.date)" : "\(earlier.date)"
  }

  private static func write(_ change: BalanceChange, to html: inout HTMLWriter) {
    let digits = change.key.currency.minorUnitDigits
    func amount(_ index: Int, _ html: inout HTMLWriter) {
      html.signed(change.movements[index].changeMinor, digits: digits)
    }
    func minor(_ index: Int, _ html: inout HTMLWriter) {
      html.number(change.movements[index].changeMinor)
    }
    func percent(_ index: Int, _ html: inout HTMLWriter) {
      guard let tenths = change.movements[index].percentTenths else { return }
      html.signed(tenths, digits: 1)
      html.text(" %")
    }
    html.fill(row) { field, html in
      switch field {
      case .account: html.text(change.key.account.description)
      case .name: html.text(change.account?.name)
      case .currency: html.text(change.key.currency.description)
      case .layer: html.text(change.key.layer.code)
      case .balance: html.amount(change.balanceMinor, digits: digits)
      case .balanceMinor: html.number(change.balanceMinor)
      case .review: html.text(change.needsReview ? "review" : "")
      case .change0: amount(0, &html)
      case .changeMinor0: minor(0, &html)
      case .percent0: percent(0, &html)
      case .change1: amount(1, &html)
      case .changeMinor1: minor(1, &html)
      case .percent1: percent(1, &html)
      case .change2: amount(2, &html)
      case .changeMinor2: minor(2, &html)
      case .percent2: percent(2, &html)
      }
    }
  }
}
