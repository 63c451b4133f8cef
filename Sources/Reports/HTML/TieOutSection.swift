import LedgerDomain

/// The tie-outs by check. Checks with breaks are expanded and say what to do.
enum TieOutSection {
  enum CheckField: String {
    case check, status, open, title, summary, meaning
    case statusWords = "status_words"
  }
  enum RemedyField: String { case sentence }
  enum TitleField: String { case title }
  enum ComparisonField: String {
    case status, scope, expected, actual, difference, detail
    case statusWords = "status_words"
    case expectedMinor = "expected_minor"
    case actualMinor = "actual_minor"
    case differenceMinor = "difference_minor"
  }

  private static let check = RowTemplate<CheckField>("check_begin")
  private static let remedy = RowTemplate<RemedyField>("remedy")
  private static let comparisonsBegin = RowTemplate<TitleField>("comparisons_begin")
  private static let comparison = RowTemplate<ComparisonField>("comparison")
  private static let tableEnd = TemplateBlock("table_end")
  private static let checkEnd = TemplateBlock("check_end")

  static func write(_ record: CloseRecord, to html: inout HTMLWriter) {
    for check in TieOutCheck.allCases { write(check, record, to: &html) }
  }

  private static func write(
    _ check: TieOutCheck, _ record: CloseRecord, to html: inout HTMLWriter
  ) {
    let tieOuts = record.tieOuts.filter { $0.check == check }
    let status = tieOuts.status(of: check)
    let guidance = TieOutGuidance.of(check)
    html.fill(Self.check) { field, html in
      switch field {
      case .check: html.text(check.rawValue)
      case .status: html.text(status.rawValue)
      case .statusWords: html.text(Wording.of(status))
      case .open: if status == .fail { html.text("open") }
      case .title: html.text(guidance.title)
      case .summary: html.text(summary(tieOuts))
      case .meaning: html.text(guidance.meaning)
      }
    }
    let sentence = [TieOutStatus.fail: guidance.remedy, .inconclusive: guidance.missingInput][
      status]
    if let sentence { html.fill(remedy) { _, html in html.text(sentence) } }
    if !tieOuts.isEmpty {
      html.fill(comparisonsBegin) { _, html in html.text(guidance.title) }
      // Breaks first, otherwise in their order.
      for tieOut in tieOuts where tieOut.status == .fail { write(tieOut, record, to: &html) }
      for tieOut in tieOuts where tieOut.status != .fail { write(tieOut, record, to: &html) }
      html.block(tableEnd)
    }
    html.block(checkEnd)
  }

  private static func summary(_ tieOuts: [TieOut]) -> String {
    let failing = tieOuts.count { $0.status == .fail }
    let all = Wording.count(tieOuts.count, "comparison", "comparisons")
    if tieOuts.isEmpty { return "nothing was compared" }
    let fail = failing == 1 ? "fails" : "fail"
    return failing == 0 ? all : "\(HTMLWriter.string { $0.count(failing) }) of \(all) \(fail)"
  }

  private static func write(
    _ tieOut: TieOut, _ record: CloseRecord, to html: inout HTMLWriter
  ) {
    let digits = currency(of: tieOut, record)?.minorUnitDigits
    html.fill(comparison) { field, html in
      switch field {
      case .status: html.text(tieOut.status.rawValue)
      case .statusWords: html.text(Wording.of(tieOut.status))
      case .scope: html.text(tieOut.scope)
      case .expected: html.amount(tieOut.expectedMinor, digits: digits)
      case .expectedMinor: html.number(tieOut.expectedMinor)
      case .actual: html.amount(tieOut.actualMinor, digits: digits)
      case .actualMinor: html.number(tieOut.actualMinor)
      case .difference: html.signed(tieOut.differenceMinor, digits: digits)
      case .differenceMinor: html.number(tieOut.differenceMinor)
      case .detail: html.text(tieOut.detail)
      }
    }
  }

  /// The currency of the compared amounts; `nil` if a comparison is of counts.
  static func currency(of tieOut: TieOut, _ record: CloseRecord) -> CurrencyCode? {
    if tieOut.check == .bankReconciliation {
      let accounts = record.bankReconciliations.map(\.account)
      let exact = accounts.first { $0.reference == tieOut.scope }
      let named = exact ?? accounts.first { tieOut.scope.hasPrefix($0.reference + " ") }
      if let named { return named.currency }
    }
    for word in tieOut.scope.split(separator: " ") {
      if let currency = CurrencyCode(word), currency.minorUnitDigits != nil { return currency }
    }
    return nil
  }
}
