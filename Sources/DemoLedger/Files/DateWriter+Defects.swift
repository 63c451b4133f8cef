import LedgerDomain

extension DateWriter {
  /// Writes a record with a defect, and lists the finding it must give.
  mutating func write(
    _ defect: Defect, postedMilliseconds: Int, to part: PartWriter
  ) throws {
    switch defect {
    case .duplicate(let form, let isFromFirstPart):
      try writeDuplicate(form, of: isFromFirstPart ? firstOfDate : firstOfPart, to: part)
    case .conflicting(let conflict):
      try writeConflicting(conflict, with: firstOfPart ?? firstOfDate, to: part)
    case .unbalanced(let imbalance):
      try writeUnbalanced(imbalance, postedMilliseconds: postedMilliseconds, to: part)
    case .effectiveLater(let days):
      try writeDated(date.dayNumber + Int32(days), postedMilliseconds, to: part)
    case .effectiveBeforeOpening(let days):
      try writeDated(options.firstDate.dayNumber - Int32(days), postedMilliseconds, to: part)
    case .reversal(let reversalDefect):
      try writeReversal(reversalDefect, postedMilliseconds: postedMilliseconds, to: part)
    case .ofEarlierDate(let defect):
      try write(defect, postedMilliseconds: postedMilliseconds, to: part)
    case .malformed(let malformation):
      let entry = fresh(.accrual, postedMilliseconds: postedMilliseconds)
      try write(malformation.bytes(of: draft(entry)), to: part)
      try planted.add(.malformedJSON, at: place(of: nil, in: part))
    case .missing, .invalid, .singleLine:
      try writeWithFaultyField(defect, postedMilliseconds: postedMilliseconds, to: part)
    default:
      try writeOutOfPlace(defect, postedMilliseconds: postedMilliseconds, to: part)
    }
  }

  /// Writes a record with a field that is missing or invalid.
  private mutating func writeWithFaultyField(
    _ defect: Defect, postedMilliseconds: Int, to part: PartWriter
  ) throws {
    let entry = fresh(.accrual, postedMilliseconds: postedMilliseconds)
    var draft = draft(entry)
    var field = "lines"
    var code = FindingCode.invalidField
    var readable: DemoEntry? = entry
    switch defect {
    case .missing(let name, let line):
      code = .missingField
      field = Self.path(name, line: line)
      if let line { draft.remove(name, line: line) } else { draft.remove(name) }
      if line != nil || name == "lines" { readable = nil }
    case .invalid(let name, let line, let value):
      field = Self.path(name, line: line)
      if let line { draft.set(name, value, line: line) } else { draft.set(name, value) }
      if line != nil || name == "lines" { readable = nil }
    default:
      draft.lines = [draft.lines[0]]
      readable?.lines = [entry.lines[0]]
    }
    try write(draft, to: part)
    if let readable { count(readable, in: part) }
    let identifier = field == "journal_entry_id" ? nil : entry.identifier
    try planted.add(code, at: place(of: identifier, in: part), field: field)
  }

  /// Writes a record that can be read, and names something that does not belong there.
  private mutating func writeOutOfPlace(
    _ defect: Defect, postedMilliseconds: Int, to part: PartWriter
  ) throws {
    // Four lines in two pairs: a defect of the second pair leaves the first one alone.
    var entry = fresh(.disbursement, postedMilliseconds: postedMilliseconds)
    var posted: String?
    var tenant = composer.tenant.identifier
    let finding: (code: FindingCode, field: String)
    switch defect {
    case .unknownCurrency(let first):
      entry.lines[first].currency = .unknown
      entry.lines[first + 1].currency = .unknown
      finding = (.unknownCurrency, Self.path("currency", line: first))
    case .unknownAccount(let line):
      entry.lines[line].account = DemoChart.unknownCode
      finding = (.unknownAccount, Self.path("account_code", line: line))
    case .duplicateSequence(let line):
      entry.lines[line].sequence = 1
      finding = (.duplicateSequence, Self.path("sequence", line: line))
    case .postedOutside(let days, let time):
      posted = "\"\(date.advanced(by: days))T\(time)\""
      finding = (.postedOutsideDate, "posted_at")
    default:
      let index = composer.tenant.index
      tenant = DemoTenant.identifier(index: index == 0 ? 1 : index - 1, seed: options.seed)
      finding = (.tenantMismatch, "tenant_id")
    }
    var draft = RecordDraft(entry, tenant: tenant, writer: writer)
    if let posted { draft.set("posted_at", posted) }
    try write(draft, to: part)
    count(entry, in: part)
    try planted.add(
      finding.code, at: place(of: entry.identifier, in: part), field: finding.field)
  }

  /// Writes a sound entry with another effective date.
  private mutating func writeDated(
    _ day: Int32, _ postedMilliseconds: Int, to part: PartWriter
  ) throws {
    var entry = fresh(.paymentReceived, postedMilliseconds: postedMilliseconds)
    entry.effectiveDay = day
    try write(draft(entry), to: part)
    try accept(entry, in: part)
  }

  private static func path(_ name: String, line: Int?) -> String {
    guard let line else { return name }
    return "lines[\(line)].\(name)"
  }
}

extension Malformation {
  /// The bytes of a record with this defect, without its line end.
  func bytes(of sound: RecordDraft) -> [UInt8] {
    var draft = sound
    switch self {
    case .emptyLine: return []
    case .truncated: return Array(draft.json.utf8.prefix(draft.json.utf8.count / 2))
    case .ending(let ending): return Array((draft.json.dropLast() + ending).utf8)
    case .description(let value): draft.set("description", value)
    case .member(let key, let value): draft.header.append(.init(key: key, value: value))
    case .lineMember(let key, let value): draft.lines[0].append(.init(key: key, value: value))
    case .descriptionBytes(let inserted):
      draft.set("description", "\"before @ after\"")
      return draft.json.utf8.flatMap { $0 == 0x40 ? inserted : [$0] }
    }
    return Array(draft.json.utf8)
  }
}
