public import LedgerDomain

/// How far the tenants' books are closed, for people: a line for each, and what is open below it.
public struct StatusSheet {
  /// How a tenant's books stand.
  public struct Row: Sendable {
    /// Whose books.
    public let tenant: TenantID
    /// The last date up to which every date is closed.
    public let closedThrough: BusinessDate
    /// Who certified the last close; empty if nobody did.
    public let certifiedBy: String
    /// What is open, each in a phrase; empty if the tenant ties out.
    public let open: [String]

    /// A tenant.
    public init(
      tenant: TenantID, closedThrough: BusinessDate, certifiedBy: String, open: [String]
    ) {
      self.tenant = tenant
      self.closedThrough = closedThrough
      self.certifiedBy = certifiedBy
      self.open = open
    }
  }

  private static let tenantColumnsMax = 36
  private static let headings = ["tenant", "closed through", "state", "certified by"]

  private let rows: [Row]
  private let names: TenantNames
  private let style: TerminalStyle

  /// The sheet of tenants, in their order.
  public init(_ rows: [Row], names: TenantNames, style: TerminalStyle) {
    self.rows = rows
    self.names = names
    self.style = style
  }

  /// The sheet; only the headings if there are no tenants.
  public func text() -> String {
    let room = style.tableColumns - 14 - 9 - 12 - 6
    let labels = TenantLabels(
      rows.map(\.tenant), names: names, columnsMax: max(8, min(Self.tenantColumnsMax, room)))
    let width = rows.reduce(Self.headings[0].count) {
      max($0, DisplayText.columns(labels[$1.tenant]))
    }
    let hasIDs = names.count > 0 && style.tableColumns >= width + 90
    func line(_ row: [String], _ id: String) -> String {
      let cells =
        [DisplayText.padded(row[0], to: width)] + (hasIDs ? [DisplayText.padded(id, to: 36)] : [])
        + [DisplayText.padded(row[1], to: 14), DisplayText.padded(row[2], to: 9), row[3]]
      let line = DisplayText.shortened(cells.joined(separator: "  "), to: style.tableColumns)
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
    var text = style.paint(line(Self.headings, "tenant id"), .bold) + "\n"
    for row in rows {
      let certified = row.certifiedBy.isEmpty ? "nobody" : HarmlessText.of(row.certifiedBy)
      let cells = [
        labels[row.tenant], "\(row.closedThrough)", row.open.isEmpty ? "ties out" : "open",
        certified,
      ]
      let written = line(cells, row.tenant.description)
      text += (row.open.isEmpty ? written : style.paint(written, .yellow)) + "\n"
      for phrase in row.open { text += indented(phrase) }
    }
    return text + total(isShortened: !hasIDs && names.count > 0)
  }

  private func indented(_ phrase: String) -> String {
    DisplayText.paragraph("    " + HarmlessText.of(phrase), to: style.tableColumns, indent: 6)
  }

  private func total(isShortened: Bool) -> String {
    if rows.isEmpty { return "" }
    let open = rows.count { !$0.open.isEmpty }
    let words =
      open == 0
      ? "\(rows.count.counted("tenant")); everything ties out."
      : "\(open) of \(rows.count.counted("tenant")) need\(open == 1 ? "s" : "") somebody."
    let next =
      (open > 0 ? "tieout explain CODE says what to do; " : "")
      + (isShortened
        ? "tieout status --wide has ids and all columns" : "tieout status --wide has all columns")
    return "\n"
      + (DisplayText.wrapped(words, to: style.tableColumns)
      + DisplayText.wrapped("next: \(next)", to: style.tableColumns, indent: 4))
      .map { $0 + "\n" }.joined()
  }
}
