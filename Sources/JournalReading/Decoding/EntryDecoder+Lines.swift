import LedgerDomain

extension EntryDecoder {
  typealias Line = UnsafeMutablePointer<JournalLine>

  /// The number of the line that is being read.
  var lineIndex: Int { draft.lineCount - 1 }

  /// The value of one of a line's known fields.
  @inline(__always)
  mutating func lineValue(_ field: UInt8, _ start: Bytes, _ line: Line) -> Bytes? {
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
  private mutating func sequence(_ start: Bytes, _ line: Line) -> Bytes? {
    if start[0] &- 0x31 <= 8, start[1] == JSONScanner.comma || start[1] == UInt8(ascii: "}") {
      line.pointee.sequence = Int16(start[0] & 0x0F)
      return start + 1
    }
    return longSequence(start, line)
  }

  @inline(never)
  private mutating func longSequence(_ start: Bytes, _ line: Line) -> Bytes? {
    var position = start
    var value = 0
    while position.pointee &- 0x30 <= 9 && position - start < 6 {
      value = value * 10 + Int(position.pointee &- 0x30)
      position += 1
    }
    if start.pointee &- 0x31 <= 8, value <= 32_767,
      position.pointee == JSONScanner.comma || position.pointee == UInt8(ascii: "}")
    {
      line.pointee.sequence = Int16(value)
      return position
    }
    return sequenceSlowPath(start, line)
  }

  @inline(never)
  private mutating func sequenceSlowPath(_ start: Bytes, _ line: Line) -> Bytes? {
    guard let end = walker.value(start, depth: 3) else { return nil }
    let text = UnsafeBufferPointer(start: start, count: end - start)
    if text.allSatisfy({ (0x30...0x39).contains($0) }), text.count <= 5,
      let value = Int(String(decoding: text, as: UTF8.self)), (1...32_767).contains(value)
    {
      line.pointee.sequence = Int16(value)
    } else {
      note(
        FieldRank(line: lineIndex, .sequence), "is not an integer from 1 to 32767", at: start,
        count: end - start)
    }
    return end
  }

  @inline(__always)
  private mutating func accountCode(_ start: Bytes, _ line: Line) -> Bytes? {
    let digits = JSONScanner.halfWord(start + 1)
    if start[0] == JSONScanner.quote, start[5] == JSONScanner.quote, Self.areDigits(digits) {
      setAccount(digits, line)
      return start + 6
    }
    let rank = FieldRank(line: lineIndex, .accountCode)
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
  private mutating func setAccount(_ digits: UInt32, _ line: Line) {
    // Each multiplication adds neighbours up: first digits to pairs, then pairs to the number.
    let pairs = (((digits & 0x0F0F_0F0F) &* 0xA01) >> 8) & 0x00FF_00FF
    let number = (pairs &* 0x64_0001) >> 16
    line.pointee.key = BalanceKey(packed: line.pointee.key.packed | number << 17)
  }

  @inline(__always)
  private mutating func direction(_ start: Bytes, _ line: Line) -> Bytes? {
    switch JSONScanner.halfWord(start) {
    case 0x2252_4422:
      line.pointee.direction = .debit
      return start + 4
    case 0x2252_4322:
      line.pointee.direction = .credit
      return start + 4
    default: return directionSlowPath(start, line)
    }
  }

  @inline(never)
  private mutating func directionSlowPath(_ start: Bytes, _ line: Line) -> Bytes? {
    let rank = FieldRank(line: lineIndex, .direction)
    guard let read = text(start, rank, isOptional: false, depth: 3) else { return nil }
    guard let content = read.content else { return read.end }
    if content.elementsEqual("DR".utf8) {
      line.pointee.direction = .debit
    } else if content.elementsEqual("CR".utf8) {
      line.pointee.direction = .credit
    } else {
      note(rank, "is neither DR nor CR", at: start, count: read.end - start)
    }
    return read.end
  }

  @inline(__always)
  private mutating func amount(_ start: Bytes, _ line: Line) -> Bytes? {
    if start[0] == JSONScanner.quote {
      let digits = DigitRun(start + 1)
      if digits.count < 8, start[1 + digits.count] == JSONScanner.quote,
        start[1] != 0x30 || digits.count == 1, digits.count > 0
      {
        line.pointee.amountMinor = Int64(truncatingIfNeeded: digits.integer)
        return start + digits.count + 2
      }
    }
    return longAmount(start, line)
  }

  /// An amount of eight digits and more, or none.
  @inline(never)
  private mutating func longAmount(_ start: Bytes, _ line: Line) -> Bytes? {
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
        line.pointee.amountMinor = Int64(truncatingIfNeeded: value)
        return position + 1
      }
    }
    return amountSlowPath(start, line)
  }

  @inline(never)
  private mutating func amountSlowPath(_ start: Bytes, _ line: Line) -> Bytes? {
    let rank = FieldRank(line: lineIndex, .amountMinor)
    guard let read = text(start, rank, isOptional: false, depth: 3) else { return nil }
    guard let content = read.content else { return read.end }
    let hasPattern =
      (1...19).contains(content.count) && content.allSatisfy { (0x30...0x39).contains($0) }
      && (content[0] != 0x30 || content.count == 1)
    if hasPattern, let value = Int64(String(decoding: content, as: UTF8.self)) {
      line.pointee.amountMinor = value
    } else {
      note(
        rank, "is not a string of digits from \"0\" to \"9223372036854775807\"", at: start,
        count: read.end - start)
    }
    return read.end
  }
}
