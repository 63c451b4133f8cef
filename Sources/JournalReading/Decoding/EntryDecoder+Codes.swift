import LedgerDomain

extension EntryDecoder {
  @inline(__always)
  mutating func currency(_ start: Bytes, _ line: Line) -> Bytes? {
    if start[0] == JSONScanner.quote, start[4] == JSONScanner.quote,
      let code = lastCurrency.code(of: start + 1)
    {
      line.pointee.key = BalanceKey(packed: line.pointee.key.packed | code << 2)
      return start + 5
    }
    return currencySlowPath(start, line)
  }

  @inline(never)
  private mutating func currencySlowPath(_ start: Bytes, _ line: Line) -> Bytes? {
    let rank = FieldRank(line: lineIndex, .currency)
    guard let read = text(start, rank, isOptional: false, depth: 3) else { return nil }
    guard let content = read.content else { return read.end }
    if content.count == 3, let code = CurrencyText.code(of: content.start) {
      line.pointee.key = BalanceKey(packed: line.pointee.key.packed | code << 2)
    } else {
      note(rank, "is not three capital letters", at: start, count: read.end - start)
    }
    return read.end
  }

  @inline(__always)
  mutating func layer(_ start: Bytes, _ line: Line) -> Bytes? {
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
    line.pointee.key = BalanceKey(packed: line.pointee.key.packed | UInt32(layer.rawValue))
    return start + count
  }

  @inline(never)
  private mutating func layerSlowPath(_ start: Bytes, _ line: Line) -> Bytes? {
    let rank = FieldRank(line: lineIndex, .layer)
    guard let read = text(start, rank, isOptional: false, depth: 3) else { return nil }
    guard let content = read.content else { return read.end }
    if let layer = EntryLayer.allCases.first(where: { $0.code.utf8.elementsEqual(content) }) {
      line.pointee.key = BalanceKey(packed: line.pointee.key.packed | UInt32(layer.rawValue))
    } else {
      note(
        rank, "is not SETTLED, PENDING or ENCUMBRANCE", at: start, count: read.end - start)
    }
    return read.end
  }

  @inline(__always)
  mutating func loan(_ start: Bytes, _ line: Line) -> Bytes? {
    // Most lines of an entry name the same loan.
    if let known = draft.loanText, QuotedUUID.isSame(start, known) {
      line.pointee.loan = draft.loan
      line.pointee.hasLoan = true
      line.pointee.referenceFingerprint &+= draft.loanFingerprint
      return start + QuotedUUID.count
    }
    return otherLoan(start, line)
  }

  @inline(never)
  private mutating func otherLoan(_ start: Bytes, _ line: Line) -> Bytes? {
    let rank = FieldRank(line: lineIndex, .loanID)
    guard let read = uuid(start, rank, isOptional: true, depth: 3) else { return nil }
    if let uuid = read.uuid {
      line.pointee.loan = uuid
      line.pointee.hasLoan = true
      draft.loan = uuid
      draft.loanFingerprint = Fingerprint.mix(uuid.high, uuid.low &+ 1)
      line.pointee.referenceFingerprint &+= draft.loanFingerprint
      if read.end - start == QuotedUUID.count { draft.loanText = start }
    }
    return read.end
  }

  @inline(__always)
  mutating func borrower(_ start: Bytes, _ line: Line) -> Bytes? {
    let rank = FieldRank(line: lineIndex, .borrowerID)
    guard let read = uuid(start, rank, isOptional: true, depth: 3) else { return nil }
    if let uuid = read.uuid {
      line.pointee.referenceFingerprint &+= Fingerprint.mix(uuid.low, uuid.high &+ 2)
    }
    return read.end
  }

  @inline(__always)
  mutating func externalReference(_ start: Bytes, _ line: Line) -> Bytes? {
    let rank = FieldRank(line: lineIndex, .externalRef)
    if start.pointee == JSONScanner.quote, let token = JSONScanner.string(start),
      !token.hasEscapes
    {
      line.pointee.referenceFingerprint &+= Fingerprint.of(token.content, count: token.count) | 1
      line.pointee.externalReference = UnsafeBufferPointer(start: token.content, count: token.count)
      return token.end
    }
    guard let read = text(start, rank, isOptional: true, depth: 3) else { return nil }
    if let content = read.content {
      line.pointee.referenceFingerprint &+=
        Fingerprint.of(content.start, count: content.count) | 1
      line.pointee.externalReference = textArena.keep(content)
    }
    return read.end
  }
}
