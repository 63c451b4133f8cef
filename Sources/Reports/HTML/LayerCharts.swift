import LedgerDomain

/// Debits and credits by layer: a bar chart per currency, with a table of its figures.
enum LayerCharts {
  enum HeadField: String { case currency, height, description }
  enum BarField: String {
    case layer
    case labelY = "label_y"
    case debitY = "debit_y"
    case debitWidth = "debit_width"
    case creditY = "credit_y"
    case creditWidth = "credit_width"
  }
  enum CurrencyField: String { case currency }
  enum TotalField: String {
    case pair, layer, debit, credit
    case debitMinor = "debit_minor"
    case creditMinor = "credit_minor"
  }

  private static let head = RowTemplate<HeadField>("layer_chart_begin")
  private static let bar = RowTemplate<BarField>("layer_bar")
  private static let table = RowTemplate<CurrencyField>("layer_chart_table")
  private static let total = RowTemplate<TotalField>("layer_total")
  private static let end = TemplateBlock("figure_end")
  private static let barHeight = 44

  static func write(_ record: CloseRecord, to html: inout HTMLWriter) {
    var rest = record.closingTotals[...]
    while let currency = rest.first?.pair.currency {
      let layers = rest.prefix { $0.pair.currency == currency }
      rest = rest.dropFirst(layers.count)
      html.fill(head) { field, html in
        switch field {
        case .currency: html.text(currency.description)
        case .height: html.number(layers.count * barHeight)
        case .description:
          html.text("Debits and credits in \(currency) by layer; see the table for the figures.")
        }
      }
      writeBars(layers, to: &html)
      html.fill(table) { _, html in html.text(currency.description) }
      for layer in layers { write(layer, to: &html) }
      html.block(end)
    }
  }

  private static func writeBars(
    _ layers: ArraySlice<CurrencyLayerTotals>, to html: inout HTMLWriter
  ) {
    let figures = layers.flatMap { [$0.totals.debitMinor, $0.totals.creditMinor] }
    let scale = ChartScale(lowest: 0, highest: max(1, figures.max() ?? 1), length: 320)
    for (index, layer) in layers.enumerated() {
      let top = index * barHeight
      html.fill(bar) { field, html in
        switch field {
        case .layer: html.text(layer.pair.layer.code)
        case .labelY: html.number(top + 12)
        case .debitY: html.number(top + 18)
        case .debitWidth: html.number(scale.units(layer.totals.debitMinor))
        case .creditY: html.number(top + 29)
        case .creditWidth: html.number(scale.units(layer.totals.creditMinor))
        }
      }
    }
  }

  private static func write(_ layer: CurrencyLayerTotals, to html: inout HTMLWriter) {
    let digits = layer.pair.currency.minorUnitDigits
    html.fill(total) { field, html in
      switch field {
      case .pair: html.text(layer.pair.description)
      case .layer: html.text(layer.pair.layer.code)
      case .debit: html.amount(layer.totals.debitMinor, digits: digits)
      case .debitMinor: html.number(layer.totals.debitMinor)
      case .credit: html.amount(layer.totals.creditMinor, digits: digits)
      case .creditMinor: html.number(layer.totals.creditMinor)
      }
    }
  }
}
