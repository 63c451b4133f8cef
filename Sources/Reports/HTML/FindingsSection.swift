import LedgerDomain

/// The findings by code: exact counts, and a table of the first findings of each code.
///
/// The script lists all findings in the page's data; the tables serve readers without scripts and
/// paper.
enum FindingsSection {
  /// The most findings of each code in the tables.
  static let firstMax = 10

  enum CaptionField: String { case caption }
  enum CountField: String {
    case code, severity, count, kept
    case countGrouped = "count_grouped"
    case keptGrouped = "kept_grouped"
  }
  enum HeadField: String { case code, severity, shown }
  enum RowField: String {
    case file, record, account, currency, layer, debit, credit, message, entry, field
    case debitMinor = "debit_minor"
    case creditMinor = "credit_minor"
  }

  private static let countsBegin = RowTemplate<CaptionField>("finding_counts_begin")
  private static let count = RowTemplate<CountField>("finding_count")
  private static let countsEnd = TemplateBlock("counts_end")
  private static let firstBegin = RowTemplate<HeadField>("first_findings_begin")
  private static let first = RowTemplate<RowField>("first_finding")
  private static let firstEnd = TemplateBlock("first_findings_end")

  /// A sentence on which findings the page lists.
  static func listingSentence(_ record: CloseRecord) -> String {
    let listed = FindingsData.limits(record).values.reduce(0, +)
    let all = record.findingCounts.reduce(0) { $0 + $1.count }
    if listed == all { return "All findings are listed." }
    if listed == record.findings.count {
      return "The \(Wording.count(listed, "finding", "findings")) within findings_limit are listed."
    }
    return
      "This page lists \(Wording.count(listed, "finding", "findings")); findings.csv lists all "
      + "within findings_limit."
  }

  static func writeCounts(_ record: CloseRecord, to html: inout HTMLWriter) {
    guard !record.findingCounts.isEmpty else { return }
    html.fill(countsBegin) { _, html in html.text("Findings by code") }
    for count in record.findingCounts {
      html.fill(Self.count) { field, html in
        switch field {
        case .code: html.text(count.code.rawValue)
        case .severity: html.text(count.code.severity.rawValue)
        case .count: html.number(count.count)
        case .countGrouped: html.count(count.count)
        case .kept: html.number(count.kept)
        case .keptGrouped: html.count(count.kept)
        }
      }
    }
    html.block(countsEnd)
  }

  static func writeFirst(
    _ record: CloseRecord, to html: inout HTMLWriter, _ output: inout ReportOutput
  ) throws(ReportError) {
    let byCode = firstByCode(record.findings)
    for count in record.findingCounts {
      let findings = byCode[count.code] ?? []
      html.fill(firstBegin) { field, html in
        switch field {
        case .code: html.text(count.code.rawValue)
        case .severity: html.text(count.code.severity.rawValue)
        case .shown: html.text(shown(findings.count, of: count))
        }
      }
      for finding in findings { write(finding, to: &html) }
      html.block(firstEnd)
      try html.flush(to: &output)
    }
  }

  private static func firstByCode(_ findings: [Finding]) -> [FindingCode: [Finding]] {
    var counts = [Int](repeating: 0, count: FindingCode.allCases.count)
    var byCode: [FindingCode: [Finding]] = [:]
    for finding in findings where counts[finding.code.order] < firstMax {
      counts[finding.code.order] += 1
      byCode[finding.code, default: []].append(finding)
    }
    return byCode
  }

  private static func shown(_ first: Int, of count: FindingCount) -> String {
    let all = Wording.count(count.count, "finding", "findings")
    return first == count.count
      ? "\(all)." : "The first \(first) of \(all); findings.csv lists more."
  }

  private static func write(_ finding: Finding, to html: inout HTMLWriter) {
    let digits = finding.currency?.minorUnitDigits
    html.fill(first) { field, html in
      switch field {
      case .file: html.text(finding.file)
      case .record: html.text(finding.record.map { "record \($0)" })
      case .account: html.text(finding.account?.description)
      case .currency: html.text(finding.currency?.description)
      case .layer: html.text(finding.layer?.code)
      case .debit: html.amount(finding.debitMinor, digits: digits)
      case .debitMinor: html.number(finding.debitMinor)
      case .credit: html.amount(finding.creditMinor, digits: digits)
      case .creditMinor: html.number(finding.creditMinor)
      case .message: html.text(finding.message)
      case .entry: html.text(finding.entry?.description)
      case .field: html.text(finding.field)
      }
    }
  }
}
