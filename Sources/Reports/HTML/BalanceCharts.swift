import LedgerDomain

/// Debits and credits over recent closes: a line chart per currency and layer.
enum BalanceCharts {
  enum ChartField: String {
    case currency, layer, description, area, debits, credits, first, last
    case lastX = "last_x"
    case lastY = "last_y"
    case firstDate = "first_date"
    case firstMinor = "first_minor"
    case lastDate = "last_date"
    case lastMinor = "last_minor"
  }
  enum PointField: String {
    case date, debit, credit
    case debitMinor = "debit_minor"
    case creditMinor = "credit_minor"
  }

  private static let chart = RowTemplate<ChartField>("balance_chart")
  private static let point = RowTemplate<PointField>("balance_point")
  private static let end = TemplateBlock("alternative_end")

  /// The most closes that a chart shows; older ones are left out.
  static let closesMax = 30

  private typealias Point = (date: BusinessDate, totals: WideTotals)

  static func write(_ record: CloseRecord, to html: inout HTMLWriter) {
    var points: [CurrencyLayer: [Point]] = [:]
    for close in record.history.suffix(closesMax) {
      for total in close.totals {
        points[total.pair, default: []].append((close.businessDate, total.totals))
      }
    }
    for (pair, points) in points.sorted(by: { $0.key < $1.key }) {
      guard let first = points.first, let last = points.last else { continue }
      write(pair, points, first, last, to: &html)
      for close in points { write(close, digits: pair.currency.minorUnitDigits, to: &html) }
      html.block(end)
    }
  }

  private static func write(
    _ pair: CurrencyLayer, _ points: [Point], _ first: Point, _ last: Point,
    to html: inout HTMLWriter
  ) {
    let digits = pair.currency.minorUnitDigits
    let figures = points.flatMap { [$0.totals.debitMinor, $0.totals.creditMinor] }
    let scale = ChartScale(
      lowest: figures.min() ?? 0, highest: figures.max() ?? 0, length: 88)
    let positions = points.indices.map { index in
      points.count == 1 ? 160 : 4 + 312 * index / (points.count - 1)
    }
    func line(_ figure: (WideTotals) -> Int128) -> String {
      zip(positions, points).map { "\($0),\(100 - scale.units(figure($1.totals)))" }
        .joined(separator: " ")
    }
    let debits = line(\.debitMinor)
    html.fill(chart) { field, html in
      switch field {
      case .currency: html.text(pair.currency.description)
      case .layer: html.text(pair.layer.code)
      case .description:
        html.text(
          "Debits and credits in \(pair) over \(Wording.count(points.count, "close", "closes")); "
            + "see the table for the figures.")
      case .area: html.text("\(positions.first ?? 0),104 \(debits) \(positions.last ?? 0),104")
      case .debits: html.text(debits)
      case .credits: html.text(line(\.creditMinor))
      case .lastX: html.number(positions.last)
      case .lastY: html.number(100 - scale.units(last.totals.debitMinor))
      case .firstDate: html.text(first.date.description)
      case .first: html.amount(first.totals.debitMinor, digits: digits)
      case .firstMinor: html.number(first.totals.debitMinor)
      case .lastDate: html.text(last.date.description)
      case .last: html.amount(last.totals.debitMinor, digits: digits)
      case .lastMinor: html.number(last.totals.debitMinor)
      }
    }
  }

  private static func write(_ close: Point, digits: Int?, to html: inout HTMLWriter) {
    html.fill(point) { field, html in
      switch field {
      case .date: html.text(close.date.description)
      case .debit: html.amount(close.totals.debitMinor, digits: digits)
      case .debitMinor: html.number(close.totals.debitMinor)
      case .credit: html.amount(close.totals.creditMinor, digits: digits)
      case .creditMinor: html.number(close.totals.creditMinor)
      }
    }
  }
}
