import LedgerDomain

/// The share of records quarantined in recent closes.
enum QuarantineChart {
  enum HeadField: String { case description }
  enum BarField: String { case x, y, height }
  enum RangeField: String {
    case highest
    case firstDate = "first_date"
    case lastDate = "last_date"
  }
  enum PointField: String { case date, read, quarantined, share }

  private static let head = RowTemplate<HeadField>("quarantine_chart_begin")
  private static let bar = RowTemplate<BarField>("quarantine_bar")
  private static let range = RowTemplate<RangeField>("quarantine_table")
  private static let point = RowTemplate<PointField>("quarantine_point")
  private static let end = TemplateBlock("alternative_end")

  private static let axisLength = 640
  private static let barWidth = 14

  static func write(_ record: CloseRecord, to html: inout HTMLWriter) {
    let closes = record.history.suffix(BalanceCharts.closesMax)
    guard let first = closes.first, let last = closes.last else { return }
    let shares = closes.map(hundredths)
    let highest = shares.max() ?? 0
    html.fill(head) { _, html in
      html.text(
        "Quarantined records as a percentage of records read over "
          + "\(Wording.count(closes.count, "close", "closes")); see the table for the figures.")
    }
    let scale = ChartScale(lowest: 0, highest: Int128(max(1, highest)), length: 96)
    for (index, share) in shares.enumerated() {
      let height = scale.units(Int128(share))
      html.fill(bar) { field, html in
        switch field {
        case .x: html.number(x(index, of: shares.count))
        case .y: html.number(104 - height)
        case .height: html.number(height)
        }
      }
    }
    html.fill(range) { field, html in
      switch field {
      case .highest: html.text(percent(highest))
      case .firstDate: html.text(first.businessDate.description)
      case .lastDate: html.text(last.businessDate.description)
      }
    }
    for (close, share) in zip(closes, shares) { write(close, share, to: &html) }
    html.block(end)
  }

  /// Where the bar of a close begins: they spread over the whole width, whose ends are labelled with the dates.
  private static func x(_ index: Int, of count: Int) -> Int {
    count > 1 ? (axisLength - barWidth) * index / (count - 1) : 0
  }

  private static func write(
    _ close: CloseHistoryPoint, _ share: Int, to html: inout HTMLWriter
  ) {
    html.fill(point) { field, html in
      switch field {
      case .date: html.text(close.businessDate.description)
      case .read: html.count(close.records.read)
      case .quarantined: html.count(close.records.quarantined)
      case .share: html.text(percent(share))
      }
    }
  }

  /// Hundredths of a percent, rounded to the nearest.
  private static func hundredths(_ close: CloseHistoryPoint) -> Int {
    let read = Int128(close.records.read)
    guard read > 0 else { return 0 }
    return Int((Int128(close.records.quarantined) * 10_000 + read / 2) / read)
  }

  private static func percent(_ hundredths: Int) -> String {
    "\(AmountText.decimal(hundredths, digits: 2)) %"
  }
}
