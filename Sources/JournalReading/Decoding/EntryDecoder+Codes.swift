import LedgerDomain

extension EntryDecoder {
  @inline(__always)
  mutating func currency(_ start: Bytes, _ line: Int) -> Bytes? {
    if start[0] == JSONScanner.quote, start[4] == JSONScanner.quote,
      let code = Self.currencyCode(start + 1)
    {
      lines[line].key = BalanceKey(packed: lines[line].key.packed | code << 2)
      return start + 5
    }
    let rank = FieldRank(line: line, .currency)
    guard let read = text(start, rank, isOptional: false, depth: 3) else { return nil }
    guard let content = read.content else { return read.end }
    if content.count == 3, let code = Self.currencyCode(content.start) {
      lines[line].key = BalanceKey(packed: lines[line].key.packed | code << 2)
    } else {
      note(rank, "is not three capital letters", at: start, count: read.end - start)
    }
    return read.end
  }

  @inline(__always)
  private static func currencyCode(_ letters: Bytes) -> UInt32? {
    let (first, second, third) = (letters[0] &- 0x41, letters[1] &- 0x41, letters[2] &- 0x41)
    guard first < 26, second < 26, third < 26 else { return nil }
    return UInt32(first) * 676 + UInt32(second) * 26 + UInt32(third)
  }

  @inline(__always)
  mutating func layer(_ start: Bytes, _ line: Int) -> Bytes? {
    let layer: EntryLayer
    let count: Int
    switch JSONScanner.word(start) {
    case 0x4445_4C54_5445_5322 where start[8] == JSONScanner.quote: (layer, count) = (.settled, 9)
    case 0x474E_4944_4E45_5022 where start[8] == JSONScanner.quote: (layer, count) = (.pending, 9)
    case 0x5242_4D55_434E_4522
    where JSONScanner.halfWord(start + 8) == 0x4543_4E41 && start[12] == JSONScanner.quote:
      (layer, count) = (.encumbrance, 13)
    default: return layerSlowPath(start, line)
    }
    lines[line].key = BalanceKey(packed: lines[line].key.packed | UInt32(layer.rawValue))
    return start + count
  }

  @inline(never)
  private mutating func layerSlowPath(_ start: Bytes, _ line: Int) -> Bytes? {
    let rank = FieldRank(line: line, .layer)
    guard let read = text(start, rank, isOptional: false, depth: 3) else { return nil }
    guard let content = read.content else { return read.end }
    if let layer = EntryLayer.allCases.first(where: { $0.code.utf8.elementsEqual(content) }) {
      lines[line].key = BalanceKey(packed: lines[line].key.packed | UInt32(layer.rawValue))
    } else {
      note(
        rank, "is not SETTLED, PENDING or ENCUMBRANCE", at: start, count: read.end - start)
    }
    return read.end
  }

  @inline(__always)
  mutating func loan(_ start: Bytes, _ line: Int) -> Bytes? {
    let rank = FieldRank(line: line, .loanID)
    guard let read = uuid(start, rank, isOptional: true, depth: 3) else { return nil }
    if let uuid = read.uuid {
      lines[line].loan = uuid
      lines[line].hasLoan = true
      lines[line].referenceFingerprint &+= Fingerprint.mix(uuid.high, uuid.low &+ 1)
    }
    return read.end
  }

  @inline(__always)
  mutating func borrower(_ start: Bytes, _ line: Int) -> Bytes? {
    let rank = FieldRank(line: line, .borrowerID)
    guard let read = uuid(start, rank, isOptional: true, depth: 3) else { return nil }
    if let uuid = read.uuid {
      lines[line].referenceFingerprint &+= Fingerprint.mix(uuid.low, uuid.high &+ 2)
    }
    return read.end
  }

  @inline(__always)
  mutating func externalReference(_ start: Bytes, _ line: Int) -> Bytes? {
    let rank = FieldRank(line: line, .externalRef)
    if start.pointee == JSONScanner.quote, let token = JSONScanner.string(start),
      !token.hasEscapes
    {
      lines[line].referenceFingerprint &+= Fingerprint.of(token.content, count: token.count) | 1
      lines[line].externalReference = UnsafeBufferPointer(start: token.content, count: token.count)
      return token.end
    }
    guard let read = text(start, rank, isOptional: true, depth: 3) else { return nil }
    if let content = read.content {
      lines[line].referenceFingerprint &+=
        Fingerprint.of(content.start, count: content.count) | 1
      lines[line].externalReference = textArena.keep(content)
    }
    return read.end
  }
}
