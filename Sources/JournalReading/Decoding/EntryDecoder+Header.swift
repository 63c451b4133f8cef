import LedgerDomain

extension EntryDecoder {
  /// The value of one of the record's known fields.
  @inline(__always)
  mutating func headerValue(_ field: UInt8, _ start: Bytes) -> Bytes? {
    switch HeaderField(known: field) {
    case .journalEntryID:
      guard let read = uuid(start, FieldRank(.journalEntryID), isOptional: false, depth: 1) else {
        return nil
      }
      if let id = read.uuid { (draft.id, draft.hasID) = (id, true) }
      return read.end
    case .tenantID:
      if let tenant = lastTenant.uuid(at: start) {
        (draft.tenant, draft.hasTenant) = (tenant, true)
        return start + QuotedUUID.count
      }
      guard let read = uuid(start, FieldRank(.tenantID), isOptional: true, depth: 1) else {
        return nil
      }
      if let tenant = read.uuid {
        (draft.tenant, draft.hasTenant) = (tenant, true)
        if read.end - start == QuotedUUID.count { lastTenant.keep(tenant, at: start) }
      }
      return read.end
    case .reversesEntryID:
      guard let read = uuid(start, FieldRank(.reversesEntryID), isOptional: true, depth: 1) else {
        return nil
      }
      if let id = read.uuid { (draft.reverses, draft.hasReverses) = (id, true) }
      return read.end
    case .correlationID:
      return uuid(start, FieldRank(.correlationID), isOptional: true, depth: 1)?.end
    case .eventType: return eventType(start)
    case .effectiveAt: return effectiveDate(start)
    case .postedAt: return posted(start)
    case .lines: return lineArray(start)
    case .description: return ignoredText(start, FieldRank(.description), depth: 1)
    case .actor: return ignoredText(start, FieldRank(.actor), depth: 1)
    }
  }

  /// A UUID in quotes; `nil` if the value is an allowed null, or a fault, which is recorded.
  @inline(__always)
  mutating func uuid(
    _ start: Bytes, _ rank: FieldRank, isOptional: Bool, depth: Int
  ) -> (uuid: LedgerUUID?, end: Bytes)? {
    if start[0] == JSONScanner.quote, start[37] == JSONScanner.quote,
      let uuid = UUIDText.parse(start + 1)
    {
      return (uuid, start + 38)
    }
    return uuidSlowPath(start, rank, isOptional: isOptional, depth: depth)
  }

  @inline(never)
  private mutating func uuidSlowPath(
    _ start: Bytes, _ rank: FieldRank, isOptional: Bool, depth: Int
  ) -> (uuid: LedgerUUID?, end: Bytes)? {
    guard let read = text(start, rank, isOptional: isOptional, depth: depth) else { return nil }
    guard let content = read.content else { return (nil, read.end) }
    if content.count == 36, let uuid = UUIDText.parse(content.start) { return (uuid, read.end) }
    note(rank, "is not a UUID (8-4-4-4-12 hexadecimal digits)", at: start, count: read.end - start)
    return (nil, read.end)
  }

  /// Any string, decoded; `content` is `nil` if the value is not a string, which is recorded.
  mutating func text(
    _ start: Bytes, _ rank: FieldRank, isOptional: Bool, depth: Int
  ) -> (content: UnsafeBufferPointer<UInt8>?, end: Bytes)? {
    if start.pointee == JSONScanner.quote {
      guard let token = JSONScanner.string(start) else {
        _ = walker.fault("a string is not well formed", at: start)
        return nil
      }
      return (scratch.decoded(token), token.end)
    }
    guard let end = walker.value(start, depth: depth) else { return nil }
    if start.pointee != UInt8(ascii: "n") {
      note(rank, "is not a string", at: start, count: end - start)
    } else if !isOptional {
      note(rank, "is null", at: start, count: end - start)
    }
    return (nil, end)
  }

  /// A string whose content does not matter.
  @inline(__always)
  private mutating func ignoredText(_ start: Bytes, _ rank: FieldRank, depth: Int) -> Bytes? {
    if start.pointee == JSONScanner.quote, let token = JSONScanner.string(start) {
      return token.end
    }
    return text(start, rank, isOptional: true, depth: depth)?.end
  }

  @inline(__always)
  private mutating func eventType(_ start: Bytes) -> Bytes? {
    let literal = eventLiterals + Int(lastEvent.rawValue)
    if literal.pointee.stands(at: start) {
      draft.eventType = lastEvent
      return start + literal.pointee.count
    }
    return otherEventType(start)
  }

  @inline(never)
  private mutating func otherEventType(_ start: Bytes) -> Bytes? {
    for event in EventType.allCases where eventLiterals[Int(event.rawValue)].stands(at: start) {
      draft.eventType = event
      lastEvent = event
      return start + eventLiterals[Int(event.rawValue)].count
    }
    return eventTypeSlowPath(start)
  }

  /// Names every `EventType`: whoever reads it has to choose one.
  private static let unknownEventType: StaticString =
    """
    is not an event type: disbursement, disbursement_settled, accrual, payment_received, \
    payment_allocated, payment_returned, fee_assessed, fee_waived, chargeoff, recovery, refinance, \
    restructure, reversal, manual_adjustment
    """

  @inline(never)
  private mutating func eventTypeSlowPath(_ start: Bytes) -> Bytes? {
    let rank = FieldRank(.eventType)
    guard let read = text(start, rank, isOptional: false, depth: 1) else { return nil }
    guard let content = read.content else { return read.end }
    if let event = EventType.allCases.first(where: { $0.code.utf8.elementsEqual(content) }) {
      draft.eventType = event
    } else {
      note(rank, Self.unknownEventType, at: start, count: read.end - start)
    }
    return read.end
  }

  @inline(__always)
  private mutating func effectiveDate(_ start: Bytes) -> Bytes? {
    if start[0] == JSONScanner.quote, start[11] == JSONScanner.quote,
      let date = dates.date(start + 1)
    {
      draft.effectiveDate = date
      return start + 12
    }
    return effectiveDateSlowPath(start)
  }

  @inline(never)
  private mutating func effectiveDateSlowPath(_ start: Bytes) -> Bytes? {
    let rank = FieldRank(.effectiveAt)
    guard let read = text(start, rank, isOptional: false, depth: 1) else { return nil }
    guard let content = read.content else { return read.end }
    if content.count == 10, let date = DateText.date(content.start) {
      draft.effectiveDate = date
    } else {
      note(rank, "is not a calendar date YYYY-MM-DD", at: start, count: read.end - start)
    }
    return read.end
  }

  @inline(__always)
  private mutating func posted(_ start: Bytes) -> Bytes? {
    if start[0] == JSONScanner.quote, let date = dates.date(start + 1),
      let time = ClockText.time(start + 11)
    {
      draft.posted = PostedInstant(
        second: Int64(date.dayNumber) * 86_400 + Int64(time.second), nanosecond: time.nanosecond)
      return time.end
    }
    return postedInAnyForm(start)
  }

  @inline(never)
  private mutating func postedInAnyForm(_ start: Bytes) -> Bytes? {
    let rank = FieldRank(.postedAt)
    if start.pointee == JSONScanner.quote, let token = JSONScanner.string(start),
      !token.hasEscapes
    {
      let content = UnsafeBufferPointer(start: token.content, count: token.count)
      if !postedContent(content) {
        note(rank, "is not an RFC 3339 date-time", at: start, count: token.end - start)
      }
      return token.end
    }
    guard let read = text(start, rank, isOptional: false, depth: 1) else { return nil }
    if let content = read.content, !postedContent(content) {
      note(rank, "is not an RFC 3339 date-time", at: start, count: read.end - start)
    }
    return read.end
  }

  private mutating func postedContent(_ content: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = content.start
    guard content.count >= 20, let date = dates.date(start),
      let instant = DateText.instant(start + 10, end: start + content.count, on: date)
    else { return false }
    draft.posted = instant
    return true
  }
}
