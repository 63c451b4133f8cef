import LedgerDomain

extension EntryDecoder {
  /// The record's object, from its opening brace.
  mutating func record(_ open: Bytes) -> Bytes? {
    var seen: UInt32 = 0
    let end = recordMembers(open, seen: &seen)
    draft.seenHeader = seen
    guard let end else { return nil }
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
    let line = lines + index
    line.initialize(to: .unread)
    var seen: UInt32 = 0
    guard let end = lineMembers(start, line: line, seen: &seen) else { return nil }
    let missing = ~seen & LineField.requiredMask
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

  /// The members of a record's object: known fields are decoded, others only validated.
  ///
  /// - Parameter seen: the known fields that it has, one bit each.
  @inline(__always)
  private mutating func recordMembers(_ open: Bytes, seen: inout UInt32) -> Bytes? {
    let firstName = walker.names.count
    var slot = 0
    var position = open + 1
    while position.pointee != UInt8(ascii: "}") {
      let field: UInt8
      let start: Bytes
      if let text = headerShapes.text(at: position, in: slot), seen & text.pointee.bit == 0 {
        field = text.pointee.field
        seen |= text.pointee.bit
        if field == headerShapes.unknown { walker.names.append(text.pointee.name, of: position) }
        start = JSONScanner.skipWhitespace(position + Int(text.pointee.count))
      } else {
        switch member(behind: position, slot: slot, isLine: false, seen: &seen) {
        case .field(let found, let value): (field, start) = (found, value)
        case .end(let brace): return closed(brace, open: open, firstName: firstName)
        case .fault: return nil
        }
      }
      let end =
        field == headerShapes.unknown
        ? walker.value(start, depth: 1) : headerValue(field, start)
      guard let end else { return nil }
      position = end
      slot = Int(field) + 1
    }
    return closed(position, open: open, firstName: firstName)
  }

  /// The members of a line's object: known fields are decoded, others only validated.
  ///
  /// It repeats `recordMembers`, because lines are read within it: of a function that takes either kind
  /// of object the compiler would make a recursive one, and inline no value.
  ///
  /// - Parameter seen: the known fields that it has, one bit each.
  @inline(__always)
  private mutating func lineMembers(
    _ open: Bytes, line: Line, seen: inout UInt32
  ) -> Bytes? {
    let firstName = walker.names.count
    var slot = 0
    var position = open + 1
    while position.pointee != UInt8(ascii: "}") {
      let field: UInt8
      let start: Bytes
      if let text = lineShapes.text(at: position, in: slot), seen & text.pointee.bit == 0 {
        field = text.pointee.field
        seen |= text.pointee.bit
        if field == lineShapes.unknown { walker.names.append(text.pointee.name, of: position) }
        start = JSONScanner.skipWhitespace(position + Int(text.pointee.count))
      } else {
        switch member(behind: position, slot: slot, isLine: true, seen: &seen) {
        case .field(let found, let value): (field, start) = (found, value)
        case .end(let brace): return closed(brace, open: open, firstName: firstName)
        case .fault: return nil
        }
      }
      let end =
        field == lineShapes.unknown
        ? walker.value(start, depth: 3) : lineValue(field, start, line)
      guard let end else { return nil }
      position = end
      slot = Int(field) + 1
    }
    return closed(position, open: open, firstName: firstName)
  }

  /// The position after an object's closing brace, if its unknown names are all different.
  @inline(__always)
  private mutating func closed(_ brace: Bytes, open: Bytes, firstName: Int) -> Bytes? {
    if walker.names.count > firstName && !walker.names.closeObject(first: firstName) {
      return repeatedName(at: open)
    }
    return brace + 1
  }

  @inline(never)
  private mutating func repeatedName(at position: Bytes) -> Bytes? {
    walker.fault("an object repeats a name", at: position)
  }

  /// What follows a value or an opening brace.
  private enum Following {
    case field(UInt8, value: Bytes)
    case end(Bytes)
    case fault
  }

  /// Reads what no remembered text covers, token by token, and remembers it.
  @inline(never)
  private mutating func member(
    behind position: Bytes, slot: Int, isLine: Bool, seen: inout UInt32
  ) -> Following {
    var start = JSONScanner.skipWhitespace(position)
    if start.pointee == UInt8(ascii: "}") { return .end(start) }
    if slot > 0 {
      guard start.pointee == JSONScanner.comma else {
        _ = walker.fault("expected a comma or }", at: start)
        return .fault
      }
      start = JSONScanner.skipWhitespace(start + 1)
    }
    guard let token = walker.name(start) else { return .fault }
    let field = self.field(named: token, isLine: isLine)
    let isUnknown = field == (isLine ? lineShapes.unknown : headerShapes.unknown)
    if isUnknown { walker.names.append(token) }
    guard let value = walker.valueStart(behind: token) else { return .fault }
    let bit: UInt32 = isUnknown ? 0 : 1 << UInt32(field)
    guard seen & bit == 0 else {
      _ = repeatedName(at: start)
      return .fault
    }
    seen |= bit
    let name = isUnknown ? walker.names.last(of: position) : nil
    if isLine {
      lineShapes.remember(from: position, to: value, field: field, name: name, in: slot)
    } else {
      headerShapes.remember(from: position, to: value, field: field, name: name, in: slot)
    }
    return .field(field, value: value)
  }

  private mutating func field(named token: JSONScanner.StringToken, isLine: Bool) -> UInt8 {
    let name = scratch.decoded(token)
    return isLine ? lineShapes.field(named: name) : headerShapes.field(named: name)
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
