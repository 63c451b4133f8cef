import LedgerDomain

extension EntryDecoder {
  /// The value of one of a line's fields.
  @inline(__always)
  mutating func lineValue(_ field: UInt8, _ start: Bytes, line: Int) -> Bytes? {
    if field == lineMembers.unknown { return walker.value(start, depth: 3) }
    switch LineField(known: field) {
    case .sequence: return sequence(start, line)
    case .accountCode: return accountCode(start, line)
    case .direction: return direction(start, line)
    case .amountMinor: return amount(start, line)
    case .currency: return currency(start, line)
    case .layer: return layer(start, line)
    case .loanID: return loan(start, line)
    case .borrowerID: return borrower(start, line)
    case .externalRef: return externalReference(start, line)
    }
  }

  @inline(__always)
  private mutating func sequence(_ start: Bytes, _ line: Int) -> Bytes? {
    var position = start
    var value = 0
    while position.pointee &- 0x30 <= 9 && position - start < 6 {
      value = value * 10 + Int(position.pointee &- 0x30)
      position += 1
    }
    if start.pointee &- 0x31 <= 8, value <= 32_767,
      position.pointee == JSONScanner.comma || position.pointee == UInt8(ascii: "}")
    {
      lines[line].sequence = Int16(value)
      return position
    }
    return sequenceSlowPath(start, line)
  }

  @inline(never)
  private mutating func sequenceSlowPath(_ start: Bytes, _ line: Int) -> Bytes? {
    guard let end = walker.value(start, depth: 3) else { return nil }
    let text = UnsafeBufferPointer(start: start, count: end - start)
    if text.allSatisfy({ (0x30...0x39).contains($0) }), text.count <= 5,
      let value = Int(String(decoding: text, as: UTF8.self)), (1...32_767).contains(value)
    {
      lines[line].sequence = Int16(value)
    } else {
      note(
        FieldRank(line: line, .sequence), "is not an integer from 1 to 32767", at: start,
        count: end - start)
    }
    return end
  }

  @inline(__always)
  private mutating func accountCode(_ start: Bytes, _ line: Int) -> Bytes? {
    let digits = JSONScanner.halfWord(start + 1)
    if start[0] == JSONScanner.quote, start[5] == JSONScanner.quote, Self.areDigits(digits) {
      setAccount(digits, line)
      return start + 6
    }
    let rank = FieldRank(line: line, .accountCode)
    guard let read = text(start, rank, isOptional: false, depth: 3) else { return nil }
    guard let content = read.content else { return read.end }
    if content.count == 4, Self.areDigits(JSONScanner.halfWord(content.start)) {
      setAccount(JSONScanner.halfWord(content.start), line)
    } else {
      note(rank, "is not four digits", at: start, count: read.end - start)
    }
    return read.end
  }

  /// Whether four bytes are all decimal digits.
  @inline(__always)
  private static func areDigits(_ bytes: UInt32) -> Bool {
    let notDigits = (bytes &+ 0x4646_4646) | (bytes &- 0x3030_3030) | bytes
    return notDigits & 0x8080_8080 == 0
  }

  @inline(__always)
  private mutating func setAccount(_ digits: UInt32, _ line: Int) {
    let values = digits & 0x0F0F_0F0F
    let number =
      (values & 0xFF) * 1000 + (values >> 8 & 0xFF) * 100 + (values >> 16 & 0xFF) * 10
      + values >> 24
    lines[line].key = BalanceKey(packed: lines[line].key.packed | number << 17)
  }

  @inline(__always)
  private mutating func direction(_ start: Bytes, _ line: Int) -> Bytes? {
    switch JSONScanner.halfWord(start) {
    case 0x2252_4422:
      lines[line].direction = .debit
      return start + 4
    case 0x2252_4322:
      lines[line].direction = .credit
      return start + 4
    default: return directionSlowPath(start, line)
    }
  }

  @inline(never)
  private mutating func directionSlowPath(_ start: Bytes, _ line: Int) -> Bytes? {
    let rank = FieldRank(line: line, .direction)
    guard let read = text(start, rank, isOptional: false, depth: 3) else { return nil }
    guard let content = read.content else { return read.end }
    if content.elementsEqual("DR".utf8) {
      lines[line].direction = .debit
    } else if content.elementsEqual("CR".utf8) {
      lines[line].direction = .credit
    } else {
      note(rank, "is neither DR nor CR", at: start, count: read.end - start)
    }
    return read.end
  }

  @inline(__always)
  private mutating func amount(_ start: Bytes, _ line: Int) -> Bytes? {
    if start.pointee == JSONScanner.quote {
      var position = start + 1
      var value: UInt64 = 0
      while position.pointee &- 0x30 <= 9 && position - start <= 19 {
        value = value &* 10 &+ UInt64(position.pointee &- 0x30)
        position += 1
      }
      let digits = position - start - 1
      if position.pointee == JSONScanner.quote, digits > 0, value <= UInt64(Int64.max),
        start[1] != 0x30 || digits == 1
      {
        lines[line].amountMinor = Int64(truncatingIfNeeded: value)
        return position + 1
      }
    }
    return amountSlowPath(start, line)
  }

  @inline(never)
  private mutating func amountSlowPath(_ start: Bytes, _ line: Int) -> Bytes? {
    let rank = FieldRank(line: line, .amountMinor)
    guard let read = text(start, rank, isOptional: false, depth: 3) else { return nil }
    guard let content = read.content else { return read.end }
    let hasPattern =
      (1...19).contains(content.count) && content.allSatisfy { (0x30...0x39).contains($0) }
      && (content[0] != 0x30 || content.count == 1)
    if hasPattern, let value = Int64(String(decoding: content, as: UTF8.self)) {
      lines[line].amountMinor = value
    } else {
      note(
        rank, "is not a string of digits from \"0\" to \"9223372036854775807\"", at: start,
        count: read.end - start)
    }
    return read.end
  }
}
