import LedgerDomain

/// Lays out what needs somebody: tenant, date, what, amount, and where to look.
///
/// If the columns leave too little room for the third, where to look has a line of its own. No line is
/// wider than the style allows.
struct ActionTable {
  private static let gap = 2
  private static let whatColumnsMin = 30
  private static let headings = ["tenant", "date", "what", "amount"]
  private static let placeHeading = "where to look"

  private let style: TerminalStyle
  private let labels: TenantLabels
  private let widths: [Int]
  private let placeIsApart: Bool
  private let hasAmounts: Bool
  private let lineColumns: Int

  init(_ rows: [ActionRow], labels: TenantLabels, style: TerminalStyle) {
    self.style = style
    self.labels = labels
    lineColumns = style.tableColumns
    func width(_ heading: String, _ cell: (ActionRow) -> String) -> Int {
      rows.reduce(DisplayText.columns(heading)) { max($0, DisplayText.columns(cell($1))) }
    }
    let tenant = width(Self.headings[0]) { Self.tenant($0, labels) }
    let date = width(Self.headings[1], Self.date)
    let amount = width(Self.headings[3]) { $0.item.amount }
    hasAmounts = rows.contains { !$0.item.amount.isEmpty }
    let place = width(Self.placeHeading) { $0.item.place }
    let fixed = tenant + date + 2 * Self.gap + (hasAmounts ? amount + Self.gap : 0)
    placeIsApart = lineColumns - fixed - place - Self.gap < Self.whatColumnsMin
    let what = lineColumns - fixed - (placeIsApart ? 0 : place + Self.gap)
    let natural = width(Self.headings[2]) { $0.item.what }
    widths = [tenant, date, max(1, min(what, natural))] + (hasAmounts ? [amount] : [])
  }

  /// The heading and the rows, each line with its line feed.
  ///
  /// - Parameter messagesMax: how many failures are given with their whole message.
  func text(_ rows: [ActionRow], messagesMax: Int) -> String {
    var lines = heading()
    var messages = 0
    for (index, row) in rows.enumerated() {
      lines += self.lines(row)
      if index + 1 < rows.count && isExplainedAlike(row, rows[index + 1]) { continue }
      if placeIsApart && !row.item.place.isEmpty { lines += cut("    see " + row.item.place) }
      if !row.others.isEmpty { lines += among(row) }
      if let message = row.item.message, messages < messagesMax {
        let first = row.tenants > 1 ? "The first of them: " : ""
        lines += cut("    " + HarmlessText.of(first + message))
        messages += 1
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func heading() -> [String] {
    let headings = hasAmounts ? Self.headings : Self.headings.dropLast()
    let place = placeIsApart ? [] : [Self.placeHeading]
    return cut(line(headings + place)).map { style.paint($0, .bold) }
  }

  /// Whether a row and the next say the same below themselves, so that it stands there once.
  private func isExplainedAlike(_ row: ActionRow, _ next: ActionRow) -> Bool {
    row.tenants == 1 && next.tenants == 1 && row.item.place == next.item.place
      && row.item.message == next.item.message
  }

  /// Which tenants share a row.
  private func among(_ row: ActionRow) -> [String] {
    let named = ([row.item.tenant] + row.others).compactMap(\.self).map { labels[$0] }
    let more = row.tenants > named.count ? ", …" : ""
    return cut("    among them: " + HarmlessText.of(named.joined(separator: ", ")) + more)
  }

  private func lines(_ row: ActionRow) -> [String] {
    let item = row.item
    let what = DisplayText.wrapped(HarmlessText.of(item.what), to: widths[2], indent: 2)
    var lines = what.enumerated().flatMap { index, text in
      if index > 0 { return cut(line(["", "", text])) }
      let cells = [Self.tenant(row, labels), Self.date(row), text]
      let amount = hasAmounts ? [item.amount] : []
      return cut(line(cells + amount + (placeIsApart ? [] : [item.place])))
    }
    let paint: TerminalStyle.Paint = item.urgency < .open ? .red : .yellow
    if item.urgency < .notice { lines[0] = style.paint(lines[0], paint) }
    return lines
  }

  private func line(_ cells: [String]) -> String {
    let padded = cells.enumerated().map { index, cell in
      index < widths.count
        ? DisplayText.padded(cell, to: widths[index], isFigure: index == 3) : cell
    }
    var line = padded.joined(separator: String(repeating: " ", count: Self.gap))
    while line.hasSuffix(" ") { line.removeLast() }
    return line
  }

  /// The line in pieces that fit. It has spaces at its beginning, which a wrapped text would lose.
  private func cut(_ line: String, indent: Int = 4) -> [String] {
    DisplayText.columns(line) <= lineColumns
      ? [line] : DisplayText.wrapped(line, to: lineColumns, indent: indent)
  }

  private static func tenant(_ row: ActionRow, _ labels: TenantLabels) -> String {
    if row.tenants > 1 { return row.tenants.counted("tenant") }
    return row.item.tenant.map { labels[$0] } ?? ""
  }

  private static func date(_ row: ActionRow) -> String {
    if row.dates > 1 { return row.dates.counted("date") }
    return row.item.date?.description ?? ""
  }
}
