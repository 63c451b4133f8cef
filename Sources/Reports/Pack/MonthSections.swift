import LedgerDomain

/// The tables of a month's page that no other page has: open items, restating closes, dates.
enum MonthSections {
  enum MatterField: String { case date, tone, title, about, amounts, file }
  enum AmountField: String {
    case amount, currency, layer
    case amountMinor = "amount_minor"
  }
  enum DateField: String { case date }
  enum RestatementField: String {
    case close, of, why, dates, balances, debits, credits
    case balancesMinor = "balances_minor"
  }
  enum DayField: String {
    case date, close, standing, sign, words, read, quarantined, certification, certified, note
    case readMinor = "read_minor"
    case quarantinedMinor = "quarantined_minor"
  }

  private static let mattersBegin = TemplateBlock("pack_matters_begin")
  private static let matter = RowTemplate<MatterField>("pack_matter")
  private static let amount = RowTemplate<AmountField>("pack_amount")
  private static let laterBegin = RowTemplate<DateField>("pack_later_begin")
  private static let later = RowTemplate<RestatementField>("pack_later")
  private static let withinBegin = TemplateBlock("pack_within_begin")
  private static let within = RowTemplate<RestatementField>("pack_within")
  private static let daysBegin = TemplateBlock("pack_days_begin")
  private static let day = RowTemplate<DayField>("pack_day")
  private static let tableEnd = TemplateBlock("table_end")

  static func writeMatters(_ matters: [OpenMatter], to html: inout HTMLWriter) {
    if matters.isEmpty { return }
    html.block(mattersBegin)
    for matter in matters {
      html.fill(Self.matter) { field, html in
        switch field {
        case .date: html.text(matter.date.description)
        case .tone: html.text(OverviewWording.of(matter.kind).tone)
        case .title: html.text(PackWording.title(of: matter))
        case .about: html.text(PackWording.details(of: matter))
        case .amounts:
          for one in matter.amounts {
            write(one.amountMinor, one.currency, layer: one.layer, to: &html)
          }
        case .file: html.text(PackWording.file(of: matter).rawValue)
        }
      }
    }
    html.block(tableEnd)
  }

  private static func write(
    _ amountMinor: Int128, _ currency: CurrencyCode, layer: EntryLayer?, to html: inout HTMLWriter
  ) {
    html.fill(amount) { field, html in
      switch field {
      case .amount: html.signed(amountMinor, digits: currency.minorUnitDigits)
      case .amountMinor: html.number(amountMinor)
      case .currency: html.text(currency.description)
      case .layer: html.text(layer?.code)
      }
    }
  }

  /// The closes of later dates first: they changed what may have been reported.
  static func writeRestatements(_ record: MonthRecord, to html: inout HTMLWriter) {
    let last = record.dates.upperBound
    let later = record.restatements.filter { $0.header.businessDate > last }
    let within = record.restatements.filter { $0.header.businessDate <= last }
    if !later.isEmpty {
      html.fill(laterBegin) { _, html in html.text(last.description) }
      for restatement in later { write(restatement, as: Self.later, to: &html) }
      html.block(tableEnd)
    }
    if !within.isEmpty {
      html.block(withinBegin)
      for restatement in within { write(restatement, as: Self.within, to: &html) }
      html.block(tableEnd)
    }
  }

  private static func write(
    _ restatement: MonthRestatement, as row: RowTemplate<RestatementField>,
    to html: inout HTMLWriter
  ) {
    let dates = restatement.dates
    html.fill(row) { field, html in
      switch field {
      case .of: html.text(restatement.header.businessDate.description)
      case .close: html.text(restatement.header.closeID.description)
      case .why: html.text(PackWording.reason(restatement))
      case .dates:
        html.text(dates.lowerBound.description)
        if dates.lowerBound < dates.upperBound { html.text(" to \(dates.upperBound)") }
      case .balances: html.count(restatement.balances)
      case .balancesMinor: html.number(restatement.balances)
      case .debits: write(restatement.changes, \.debitMinor, to: &html)
      case .credits: write(restatement.changes, \.creditMinor, to: &html)
      }
    }
  }

  private static func write(
    _ changes: [CurrencyLayerTotals], _ side: KeyPath<WideTotals, Int128>,
    to html: inout HTMLWriter
  ) {
    for change in changes {
      let pair = change.pair
      write(change.totals[keyPath: side], pair.currency, layer: pair.layer, to: &html)
    }
  }

  static func writeDays(_ days: [MonthDay], to html: inout HTMLWriter) {
    html.block(daysBegin)
    for day in days { write(day, to: &html) }
    html.block(tableEnd)
  }

  private static func write(_ day: MonthDay, to html: inout HTMLWriter) {
    let (header, standing) = (day.header, OverviewWording.of(day.cell.standing))
    html.fill(Self.day) { field, html in
      switch field {
      case .date: html.text(header.businessDate.description)
      case .close: html.text(header.closeID.description)
      case .standing: html.text(standing.name)
      case .sign: html.text(standing.sign)
      case .words: html.text(([standing.title] + failing(day)).joined(separator: ": "))
      case .read: html.count(header.recordsRead)
      case .readMinor: html.number(header.recordsRead)
      case .quarantined: html.count(header.recordsQuarantined)
      case .quarantinedMinor: html.number(header.recordsQuarantined)
      case .certification: html.text("\(day.cell.certification)")
      case .certified:
        html.text(
          day.certification == nil
            ? "not certified" : PackWording.certification(day.certification))
      case .note: html.text(day.certification?.note)
      }
    }
  }

  /// The titles of the checks that fail, as one text; nothing if none does.
  private static func failing(_ day: MonthDay) -> [String] {
    let checks = TieOutCheck.allCases.filter { day.tieOuts.status(of: $0) == .fail }
    let titles = checks.map { TieOutGuidance.of($0).title.lowercased() }
    return titles.isEmpty ? [] : [titles.joined(separator: ", ")]
  }
}
