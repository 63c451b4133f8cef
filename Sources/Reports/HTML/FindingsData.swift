import LedgerDomain

/// The findings as JSON in the page, for its script to search, sort and show page by page.
///
/// Each finding is an array; repeated texts are stored once and referred to by number. Amounts are
/// strings of digits, since the script's numbers could not hold them all.
enum FindingsData {
  /// The most findings on the page; if there are more, each code gets an equal share.
  static let findingsMax = 100_000

  private static let begin = TemplateBlock("findings_data_begin")
  private static let end = TemplateBlock("findings_data_end")

  /// The number of findings of each code on the page.
  static func limits(_ record: CloseRecord) -> [FindingCode: Int] {
    let kept = record.findingCounts.reduce(0) { $0 + $1.kept }
    let share = kept > findingsMax ? findingsMax / record.findingCounts.count : kept
    return Dictionary(
      record.findingCounts.map { ($0.code, min($0.kept, share)) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  static func write(
    _ record: CloseRecord, to output: inout ReportOutput
  ) throws(ReportError) {
    guard !record.findings.isEmpty else { return }
    try output.write(begin.markup)
    try writeRows(record, to: &output)
    try output.write(end.markup)
  }

  private static func writeRows(
    _ record: CloseRecord, to output: inout ReportOutput
  ) throws(ReportError) {
    let limits = limits(record)
    var left = FindingCode.allCases.map { limits[$0] ?? 0 }
    var files: [String] = []
    var numbers: [String: Int] = [:]
    var digits: [CurrencyCode: Int] = [:]
    var json = ScriptJSON()
    json.raw("{\"rows\":[")
    var isFirst = true
    for finding in record.findings where left[finding.code.order] > 0 {
      left[finding.code.order] -= 1
      if !isFirst { json.raw(",\n") }
      isFirst = false
      if let currency = finding.currency { digits[currency] = currency.minorUnitDigits }
      json.row(finding, file: number(of: finding.file, in: &numbers, &files))
      try json.flush(to: &output)
    }
    json.raw("],\n\"files\":")
    json.list(files)
    json.raw(",\n\"codes\":")
    json.list(FindingCode.allCases.map(\.rawValue))
    json.raw(",\n\"severities\":")
    json.list(FindingCode.allCases.map(\.severity.rawValue))
    json.raw(",\n\"digits\":")
    json.members(
      digits.sorted { $0.key < $1.key }.map { (name: $0.key.description, value: $0.value) })
    json.raw("}\n")
    try json.flush(to: &output, atEnd: true)
  }

  /// The index of a file in the list of files.
  private static func number(
    of file: String?, in numbers: inout [String: Int], _ files: inout [String]
  ) -> Int? {
    guard let file else { return nil }
    if let number = numbers[file] { return number }
    files.append(file)
    numbers[file] = files.count - 1
    return files.count - 1
  }
}

extension ScriptJSON {
  fileprivate mutating func row(_ finding: Finding, file: Int?) {
    raw("[")
    number(finding.code.order)
    cell { $0.number(file) }
    cell { $0.number(finding.record) }
    cell { $0.number(finding.byteOffset) }
    cell { $0.text(finding.entry?.description) }
    cell { $0.text(finding.field) }
    cell { $0.text(finding.account?.description) }
    cell { $0.text(finding.currency?.description) }
    cell { $0.text(finding.layer?.code) }
    cell { $0.text(finding.debitMinor.map { String($0) }) }
    cell { $0.text(finding.creditMinor.map { String($0) }) }
    cell { $0.text(finding.message) }
    raw("]")
  }

  fileprivate mutating func members(_ members: [(name: String, value: Int)]) {
    raw("{")
    for (index, member) in members.enumerated() {
      if index > 0 { raw(",") }
      text(member.name)
      raw(":")
      number(member.value)
    }
    raw("}")
  }
}
