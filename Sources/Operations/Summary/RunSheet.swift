public import CloseJob
import LedgerDomain

/// What a run did, for people: first what needs somebody, then the counts and what to do next.
///
/// A run that leaves nothing to do has one line for each tenant instead, and a total.
///
///     RunSheet(result, of: .close, style: .ofStandardOutput(environment)).text()
public struct RunSheet {
  /// Which command it is about.
  public enum Run: Sendable {
    case close, reconcile
  }

  /// Tenants listed one by one; more are counted.
  private static let tenantsListedMax = 40
  private static let rowsMax = 60
  private static let messagesMax = 10
  private static let foldersMax = 5
  private static let notesMax = 5

  private let result: RunResult
  private let run: Run
  private let job: String?
  private let isVerbose: Bool
  private let style: TerminalStyle
  private let labels: TenantLabels
  private let items: [ActionItem]

  /// The sheet of a run.
  ///
  /// - Parameters:
  ///   - job: the job file that was named on the command line, for the commands to run next.
  ///   - isVerbose: whether everything is told, date by date, before the rest.
  public init(
    _ result: RunResult, of run: Run, job: String? = nil, isVerbose: Bool = false,
    style: TerminalStyle
  ) {
    self.result = result
    self.run = run
    self.job = job
    self.isVerbose = isVerbose
    self.style = style
    items = ActionItems(result: result).items()
    labels = TenantLabels(
      result.tenants.map(\.tenant), names: result.tenantNames,
      columnsMax: max(12, style.tableColumns / 4))
  }

  /// The whole sheet.
  public func text() -> String {
    let body = items.isEmpty ? tenantLines() : actions()
    return details() + body + notes() + totals() + outcome() + next()
  }

  private func details() -> String {
    guard isVerbose else { return "" }
    let details =
      switch run {
      case .close: RunSummary.details(result)
      case .reconcile: BankSummary.details(result)
      }
    guard let columns = style.columns else { return details }
    return details.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map { paragraph(String($0), columns: columns) }.joined()
  }

  private func actions() -> String {
    let rows = ActionRow.rows(items)
    let listed = Array(rows.prefix(Self.rowsMax))
    var text = ActionTable(listed, labels: labels, style: style)
      .text(listed, messagesMax: isVerbose ? 0 : Self.messagesMax)
    if rows.count > listed.count {
      text += paragraph(
        "and \((rows.count - listed.count).counted("more row")): tieout status lists every tenant")
    }
    return text + folders(listed) + "\n"
  }

  /// Where the report files named in the table are.
  private func folders(_ rows: [ActionRow]) -> String {
    guard let reports = result.reports else { return "" }
    var folders: [String] = []
    for row in rows where row.tenants == 1 && row.item.place.contains(".") {
      guard let tenant = row.item.tenant, let date = row.item.date else { continue }
      let folder = "\(reports)/\(tenant)/\(date)"
      if !folders.contains(folder) { folders.append(folder) }
    }
    if folders.isEmpty { return "" }
    var text = "\nReports:\n"
    for folder in folders.prefix(Self.foldersMax) { text += paragraph("  " + folder) }
    if folders.count > Self.foldersMax {
      text += paragraph("  and \(folders.count - Self.foldersMax) more, in \(reports)")
    }
    return text
  }

  private func notes() -> String {
    let notes = isVerbose ? [] : distinctNotes()
    var text = notes.prefix(Self.notesMax).map { paragraph("note  \($0)") }.joined()
    if notes.count > Self.notesMax {
      let more = (notes.count - Self.notesMax).counted("more note")
      text += paragraph("note  \(more): --verbose prints them")
    }
    if let unlisted = UnlistedTenants.sentence(result.unlistedTenants) {
      text += paragraph("note  \(unlisted)")
    }
    return text.isEmpty ? "" : text + "\n"
  }

  /// The tenants' notes, what several have in common once.
  private func distinctNotes() -> [String] {
    var tenants: [String: [TenantID]] = [:]
    var order: [String] = []
    for tenant in result.tenants {
      for note in tenant.notes {
        if tenants[note] == nil { order.append(note) }
        tenants[note, default: []].append(tenant.tenant)
      }
    }
    return order.map { note in
      let whose = tenants[note] ?? []
      return (whose.count == 1 ? labels[whose[0]] : whose.count.counted("tenant")) + ": " + note
    }
  }

  /// A text in lines that fit, with its line feeds.
  private func paragraph(_ text: String, columns: Int? = nil) -> String {
    let text = HarmlessText.of(text)
    let columns = columns ?? style.tableColumns
    if DisplayText.columns(text) <= columns { return text + "\n" }
    let lead = text.prefix { $0 == " " }.count
    return DisplayText.paragraph(text, to: columns, indent: lead + 4)
  }
}

extension RunSheet {
  /// A line for each tenant, if there are not too many of them.
  private func tenantLines() -> String {
    guard !result.tenants.isEmpty else { return "" }
    if result.tenants.count <= Self.tenantsListedMax {
      let lines = result.tenants.map { (labels[$0.tenant], TenantLine($0, of: run)) }
      let widths = (
        lines.reduce(0) { max($0, DisplayText.columns($1.0)) },
        lines.reduce(0) { max($0, $1.1.dates.count) }
      )
      let text = lines.map { label, line in
        let cells =
          [DisplayText.padded(label, to: widths.0)]
          + (widths.1 > 0 ? [DisplayText.padded(line.dates, to: widths.1)] : []) + [line.what]
        return paragraph(cells.joined(separator: "  "))
      }
      return text.joined() + "\n"
    }
    return TenantLine.groups(result.tenants, of: run).map { count, dates, what in
      let cells = ["\(count.counted("tenant"))", dates, what].filter { !$0.isEmpty }
      return paragraph(cells.joined(separator: "  "))
    }.joined() + "\n"
  }

  private func totals() -> String {
    let tenants = result.tenants.count.counted("tenant")
    let affected = Set(items.map(\.tenant)).subtracting([nil]).count
    let who =
      affected == 0 ? tenants : "\(affected) of \(tenants) need\(affected == 1 ? "s" : "") somebody"
    if run == .reconcile {
      let dates = result.tenants.reduce(0) { $0 + $1.reconciled.count }
      return paragraph("\(who); \(dates.counted("reconciliation")) made.")
    }
    let dates = result.tenants.flatMap(\.dates)
    let records = dates.reduce(0) { $0 + $1.header.recordsRead }
    let quarantined = dates.reduce(0) { $0 + $1.header.recordsQuarantined }
    let seconds = "\(ReadableText.oneDecimal(result.seconds)) s"
    if dates.isEmpty { return paragraph("\(who); nothing new to close (\(seconds)).") }
    let left = quarantined > 0 ? " (\(ReadableText.grouped(quarantined)) quarantined)" : ""
    let read = "\(ReadableText.grouped(records)) \(records == 1 ? "record" : "records")\(left)"
    return paragraph("\(who); \(dates.count.counted("date")) closed in \(seconds), \(read).")
  }

  private func outcome() -> String {
    let words =
      switch (run, result.exitCode) {
      case (.close, 0): "everything ties out"
      case (.close, 1): "closed, with breaks or quarantined records"
      case (.close, _): "FAILED: dates that could not be closed are not published"
      case (.reconcile, 0):
        "every bank account reconciles, or waits for a statement that is not overdue"
      case (.reconcile, 1): "reconciled, with breaks"
      case (.reconcile, _): "FAILED: not every tenant was reconciled"
      }
    let paint: TerminalStyle.Paint =
      result.exitCode == 0 ? .green : result.exitCode == 1 ? .yellow : .red
    return DisplayText.wrapped(words, to: style.tableColumns)
      .map { style.paint($0, paint) + "\n" }.joined()
  }

  private func next() -> String {
    paragraph("next: \(NextStep(result, items, job: job).text)")
  }
}
