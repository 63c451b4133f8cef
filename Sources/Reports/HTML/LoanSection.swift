import LedgerDomain

/// The loan book: ledger principal against the sum of the loans, and the loans that differ, by
/// cause.
enum LoanSection {
  /// The most loans of each cause on the page.
  static let differencesMax = 1_000

  enum CaptionField: String { case caption }
  enum TotalField: String {
    case currency, status, ledger, loans, difference, without
    case statusWords = "status_words"
    case ledgerMinor = "ledger_minor"
    case loansMinor = "loans_minor"
    case differenceMinor = "difference_minor"
    case withoutMinor = "without_minor"
    case loanCount = "loan_count"
  }
  enum CauseField: String { case title, counts, remedy }
  enum DifferenceField: String {
    case loan, currency, ledger, tape, difference
    case ledgerMinor = "ledger_minor"
    case tapeMinor = "tape_minor"
    case differenceMinor = "difference_minor"
  }

  private static let totalsBegin = RowTemplate<CaptionField>("loan_totals_begin")
  private static let total = RowTemplate<TotalField>("loan_total")
  private static let causeBegin = RowTemplate<CauseField>("loan_cause_begin")
  private static let difference = RowTemplate<DifferenceField>("loan_difference")
  private static let tableEnd = TemplateBlock("table_end")

  /// A sentence on what the principal is compared with.
  static func sourceSentence(_ rollup: PortfolioRollup) -> String {
    switch rollup.source {
    case .loanTape: "The principal in the ledger, compared with the servicing system's loan tape."
    case .ledgerLines:
      "No loan tape was provided: the principal is compared with the lines that name a loan."
    }
  }

  static func write(
    _ record: CloseRecord, to html: inout HTMLWriter, _ output: inout ReportOutput
  ) throws(ReportError) {
    guard let rollup = record.portfolioRollup else { return }
    html.fill(totalsBegin) { _, html in html.text("Principal and loans") }
    for total in rollup.totals { write(total, to: &html) }
    html.block(tableEnd)
    for cause in LoanDifferenceCause.allCases {
      let count = rollup.totals.reduce(0) { $0 + ($1.differenceCounts[cause] ?? 0) }
      let differences = rollup.differences.filter { $0.cause == cause }.prefix(differencesMax)
      guard count > 0 || !differences.isEmpty else { continue }
      writeHead(cause, rollup, listed: differences.count, of: count, to: &html)
      for difference in differences {
        write(difference, to: &html)
        try html.flush(to: &output)
      }
      html.block(tableEnd)
    }
  }

  private static func write(_ total: PortfolioTotal, to html: inout HTMLWriter) {
    let digits = total.currency.minorUnitDigits
    let isOK = total.differenceMinor == 0 && total.differenceCounts.values.allSatisfy { $0 == 0 }
    html.fill(Self.total) { field, html in
      switch field {
      case .currency: html.text(total.currency.description)
      case .status: html.text((isOK ? TieOutStatus.pass : .fail).rawValue)
      case .statusWords: html.text(Wording.of(isOK ? .pass : .fail))
      case .ledger: html.amount(total.ledgerPrincipalMinor, digits: digits)
      case .ledgerMinor: html.number(total.ledgerPrincipalMinor)
      case .loans: html.amount(total.loansMinor, digits: digits)
      case .loansMinor: html.number(total.loansMinor)
      case .difference: html.signed(total.differenceMinor, digits: digits)
      case .differenceMinor: html.number(total.differenceMinor)
      case .without: html.amount(total.withoutLoanMinor, digits: digits)
      case .withoutMinor: html.number(total.withoutLoanMinor)
      case .loanCount: html.count(total.loanCount)
      }
    }
  }

  private static func writeHead(
    _ cause: LoanDifferenceCause, _ rollup: PortfolioRollup, listed: Int, of count: Int,
    to html: inout HTMLWriter
  ) {
    let byCurrency = rollup.totals.compactMap { total -> String? in
      guard let count = total.differenceCounts[cause], count > 0 else { return nil }
      return "\(total.currency): \(Wording.count(count, "loan", "loans"))"
    }
    let more = listed < count ? " \(Wording.count(listed, "loan is", "loans are")) listed." : ""
    html.fill(causeBegin) { field, html in
      switch field {
      case .title: html.text(words(cause).title)
      case .counts: html.text("\(byCurrency.joined(separator: ", ")).\(more)")
      case .remedy: html.text(words(cause).remedy)
      }
    }
  }

  private static func words(_ cause: LoanDifferenceCause) -> (title: String, remedy: String) {
    switch cause {
    case .onlyInLedger:
      ("Only in the ledger", "Find out why these loans are missing from the servicing system.")
    case .onlyOnTape:
      ("Only on the loan tape", "Post their disbursement, or have the loan tape corrected.")
    case .amountsDiffer: ("Amounts differ", "Compare the payments of these loans in both systems.")
    }
  }

  private static func write(_ difference: LoanDifference, to html: inout HTMLWriter) {
    let digits = difference.currency.minorUnitDigits
    let changeMinor = Int128(difference.ledgerMinor ?? 0) - Int128(difference.tapeMinor ?? 0)
    html.fill(Self.difference) { field, html in
      switch field {
      case .loan: html.text(difference.loan.description)
      case .currency: html.text(difference.currency.description)
      case .ledger: html.amount(difference.ledgerMinor, digits: digits)
      case .ledgerMinor: html.number(difference.ledgerMinor)
      case .tape: html.amount(difference.tapeMinor, digits: digits)
      case .tapeMinor: html.number(difference.tapeMinor)
      case .difference: html.signed(changeMinor, digits: digits)
      case .differenceMinor: html.number(changeMinor)
      }
    }
  }
}
