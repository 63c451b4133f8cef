import LedgerDomain

extension EntryDecoder {
  /// The record's object, from its opening brace.
  mutating func record(_ open: Bytes) -> Bytes? {
    guard let end = members(open, isLine: false, line: 0) else { return nil }
    for field in HeaderField.required where draft.seenHeader & (1 << UInt32(field.rawValue)) == 0 {
      note(FieldRank(field), "is missing", at: open, count: 0, code: .missingField)
    }
    return end
  }

  /// The array of lines.
  mutating func lineArray(_ open: Bytes) -> Bytes? {
    let rank = FieldRank(.lines)
    guard open.pointee == UInt8(ascii: "[") else {
      guard let end = walker.value(open, depth: 1) else { return nil }
      draft.areLinesReadable = false
      note(rank, "is not an array", at: open, count: end - open)
      return end
    }
    var position = JSONScanner.skipWhitespace(open + 1)
    if position.pointee != UInt8(ascii: "]") {
      while true {
        guard let end = line(position) else { return nil }
        position = JSONScanner.skipWhitespace(end)
        if position.pointee == UInt8(ascii: "]") { break }
        guard position.pointee == JSONScanner.comma else {
          return walker.fault("expected a comma or ]", at: position)
        }
        position = JSONScanner.skipWhitespace(position + 1)
      }
    }
    if draft.lineCount < 2 {
      note(rank, "has fewer than two lines", at: open, count: position + 1 - open)
    }
    return position + 1
  }

  @inline(__always)
  private mutating func line(_ start: Bytes) -> Bytes? {
    let index = draft.lineCount
    if index == lineCapacity { growLines() }
    draft.lineCount += 1
    guard start.pointee == UInt8(ascii: "{") else {
      guard let end = walker.value(start, depth: 2) else { return nil }
      note(FieldRank(line: index), "is not an object", at: start, count: end - start)
      return end
    }
    (lines + index).initialize(to: .unread)
    draft.seenLine = 0
    guard let end = members(start, isLine: true, line: index) else { return nil }
    let missing = ~draft.seenLine & LineField.requiredMask
    if missing != 0, let field = LineField(rawValue: UInt8(missing.trailingZeroBitCount)) {
      note(
        FieldRank(line: index, field), "is missing", at: start, count: 0, code: .missingField)
    }
    return end
  }

  private mutating func growLines() {
    let larger = UnsafeMutablePointer<JournalLine>.allocate(capacity: lineCapacity * 2)
    larger.moveInitialize(from: lines, count: lineCapacity)
    lines.deallocate()
    lines = larger
    lineCapacity *= 2
  }

  /// The members of an object: known fields are decoded, others only validated.
  @inline(__always)
  private mutating func members(_ open: Bytes, isLine: Bool, line: Int) -> Bytes? {
    let firstName = walker.names.count
    var slot = 0
    var position = JSONScanner.skipWhitespace(open + 1)
    if position.pointee == UInt8(ascii: "}") { return position + 1 }
    while true {
      var field =
        isLine
        ? lineMembers.expected(at: position, in: slot)
        : headerMembers.expected(at: position, in: slot)
      let unknown = isLine ? lineMembers.unknown : headerMembers.unknown
      let start: Bytes
      if field != unknown {
        let literals = isLine ? lineMembers.literals : headerMembers.literals
        start = JSONScanner.skipWhitespace(position + literals[Int(field)].count)
      } else {
        guard let found = lookUp(position, slot: slot, isLine: isLine) else { return nil }
        field = found.field
        start = found.start
      }
      let bit = UInt32(1) << UInt32(field)
      if isLine {
        if draft.seenLine & bit != 0 { return repeatedName(at: position) }
        draft.seenLine |= field == unknown ? 0 : bit
      } else {
        if draft.seenHeader & bit != 0 { return repeatedName(at: position) }
        draft.seenHeader |= field == unknown ? 0 : bit
      }
      let value = isLine ? lineValue(field, start, line: line) : headerValue(field, start)
      guard let value else { return nil }
      position = JSONScanner.skipWhitespace(value)
      if position.pointee == UInt8(ascii: "}") { break }
      guard position.pointee == JSONScanner.comma else {
        return walker.fault("expected a comma or }", at: position)
      }
      position = JSONScanner.skipWhitespace(position + 1)
      slot = Int(field) + 1
    }
    if walker.names.count > firstName && !walker.names.closeObject(first: firstName) {
      return repeatedName(at: open)
    }
    return position + 1
  }

  @inline(never)
  private mutating func repeatedName(at position: Bytes) -> Bytes? {
    walker.fault("an object repeats a name", at: position)
  }

  /// Finds a field whose name was not the predicted one, and predicts it next time.
  @inline(never)
  private mutating func lookUp(
    _ bytes: Bytes, slot: Int, isLine: Bool
  ) -> (field: UInt8, start: Bytes)? {
    guard let token = walker.name(bytes) else { return nil }
    let name = scratch.decoded(token)
    let field = isLine ? lineMembers.field(named: name) : headerMembers.field(named: name)
    if field == (isLine ? lineMembers.unknown : headerMembers.unknown) {
      walker.names.append(token)
    } else if isLine {
      lineMembers.learn(field, in: slot)
    } else {
      headerMembers.learn(field, in: slot)
    }
    guard let start = walker.valueStart(behind: token) else { return nil }
    return (field, start)
  }
}

extension JournalLine {
  /// A line before any of its fields has been read.
  @inline(__always)
  static var unread: JournalLine {
    JournalLine(
      key: BalanceKey(packed: 0), direction: .debit, hasLoan: false, sequence: 0, amountMinor: 0,
      loan: LedgerUUID(high: 0, low: 0), referenceFingerprint: 0)
  }
}
