public import LedgerDomain

/// The result of decoding a record.
public enum DecodedRecord {
  /// A journal entry whose fields are all present and well formed. Valid until the next record.
  case entry(JournalEntry)
  /// A record that is not a journal entry.
  case fault(RecordFault)
}

/// Decodes the bytes of a record into a journal entry, in one pass and without allocating.
///
/// Every byte is checked against RFC 8259 and every field against its pattern. Decoding continues
/// after a faulty field, because malformed JSON later in the record would take precedence. Of several
/// faulty fields, the first in the order of the specification's table is reported.
///
///     var decoder = EntryDecoder()
///     switch decoder.decode(text, count: 851) { … }
public struct EntryDecoder: ~Copyable {
  typealias Bytes = JSONScanner.Bytes

  var walker = JSONWalker()
  var scratch = JSONStringDecoder()
  var textArena = TextArena()
  var draft = EntryDraft()
  var lines: UnsafeMutablePointer<JournalLine>
  var lineCapacity = 64
  var dates = DateCache()
  var lastTenant = QuotedUUID()
  var lastCurrency = CurrencyText()
  var lastEvent = EventType.accrual
  let headerShapes = MemberShapes(HeaderField.allCases.map(\.name))
  let lineShapes = MemberShapes(LineField.allCases.map(\.name))
  let eventLiterals: UnsafeMutablePointer<LiteralWords>

  /// A new decoder.
  public init() {
    lines = .allocate(capacity: 64)
    eventLiterals = .allocate(capacity: EventType.allCases.count)
    for event in EventType.allCases {
      (eventLiterals + Int(event.rawValue)).initialize(to: LiteralWords("\"\(event.code)\""))
    }
  }

  deinit {
    lines.deallocate()
    eventLiterals.deallocate()
  }

  /// Reads one record.
  ///
  /// - Parameters:
  ///   - text: the record without its line feed. A NUL byte must follow it, and the 64 bytes
  ///     after it must be readable.
  ///   - count: bytes of the record.
  /// - Returns: the entry, whose lines stay valid until the next call, or the record's fault.
  /// - Complexity: O(count); allocates nothing unless the entry has more lines than any before.
  public mutating func decode(_ text: UnsafePointer<UInt8>, count: Int) -> DecodedRecord {
    walker.begin()
    textArena.removeAll()
    draft = EntryDraft()
    let start = JSONScanner.skipWhitespace(text)
    let end: Bytes?
    if start.pointee == UInt8(ascii: "{") {
      end = record(start)
    } else {
      end = walker.value(start, depth: 0)
      if let end { note(.record, "is not a JSON object", at: start, count: end - start) }
    }
    guard let end else { return malformed(text, count: count) }
    let rest = JSONScanner.skipWhitespace(end)
    guard rest - text == count else {
      _ = walker.fault("there is text after the record", at: rest)
      return malformed(text, count: count)
    }
    if draft.fault.rank != .none { return fault(text) }
    return .entry(draft.entry(lines: UnsafeBufferPointer(start: lines, count: draft.lineCount)))
  }

  /// Records the fault of a field, unless one that takes precedence is known.
  @inline(never)
  mutating func note(
    _ rank: FieldRank, _ reason: StaticString, at start: Bytes, count: Int,
    code: FindingCode = .invalidField
  ) {
    if rank.leavesLinesUnreadable { draft.areLinesReadable = false }
    guard rank < draft.fault.rank else { return }
    draft.fault = FaultNote(rank: rank, code: code, reason: reason, start: start, count: count)
  }

  private func fault(_ text: Bytes) -> DecodedRecord {
    let note = draft.fault
    let start = note.start ?? text
    return .fault(
      RecordFault(
        code: note.code, field: note.rank.path, reason: note.reason.description,
        offset: start - text,
        found: note.code == .missingField ? nil : Excerpt.of(start, count: note.count),
        entry: draft.hasID ? JournalEntryID(draft.id) : nil, readableLines: readableLines))
  }

  /// The lines of a record whose fault is elsewhere: the manifest's control totals include them.
  private var readableLines: UnsafeBufferPointer<JournalLine>? {
    guard draft.areLinesReadable, draft.seenHeader & (1 << UInt32(HeaderField.lines.rawValue)) != 0
    else { return nil }
    return UnsafeBufferPointer(start: lines, count: draft.lineCount)
  }

  private func malformed(_ text: Bytes, count: Int) -> DecodedRecord {
    let start = walker.faultPosition ?? text
    let offset = min(start - text, count)
    let reason: StaticString =
      JSONScanner.skipWhitespace(text) - text == count
      ? "the line is empty"
      : ByteOrderMark.isUTF8(text + offset)
        ? "there is a byte order mark, which may stand only at the start of a part,"
        : walker.faultReason
    return .fault(
      RecordFault(
        code: .malformedJSON, field: nil, reason: reason.description, offset: offset,
        found: offset < count ? Excerpt.of(text + offset, count: min(count - offset, 12)) : nil,
        entry: nil, readableLines: nil))
  }
}

/// What has been read of the record so far.
struct EntryDraft {
  var seenHeader: UInt32 = 0
  var hasID = false
  var areLinesReadable = true
  var hasTenant = false
  var hasReverses = false
  var eventType = EventType.accrual
  var lineCount = 0
  var id = LedgerUUID(high: 0, low: 0)
  var tenant = LedgerUUID(high: 0, low: 0)
  var reverses = LedgerUUID(high: 0, low: 0)
  var effectiveDate = BusinessDate(dayNumber: 0)
  var posted = PostedInstant(second: 0, nanosecond: 0)
  var fault = FaultNote()
  /// The last line's loan, and its text in the record.
  var loan = LedgerUUID(high: 0, low: 0)
  var loanFingerprint: UInt64 = 0
  var loanText: UnsafePointer<UInt8>?

  @inline(__always)
  func entry(lines: UnsafeBufferPointer<JournalLine>) -> JournalEntry {
    JournalEntry(
      id: JournalEntryID(id), tenant: hasTenant ? TenantID(tenant) : nil, eventType: eventType,
      effectiveDate: effectiveDate, posted: posted,
      reverses: hasReverses ? JournalEntryID(reverses) : nil, lines: lines)
  }
}

/// The last two dates, by their text: nearly every record repeats one of them.
///
/// It starts with 1970-01-01 under its own text. An empty slot would match ten zero bytes.
struct DateCache {
  private var words: (UInt64, UInt64) = (0x2D31_302D_3037_3931, 0x2D31_302D_3037_3931)
  private var tails: (UInt16, UInt16) = (0x3130, 0x3130)
  private var dates = (BusinessDate(dayNumber: 0), BusinessDate(dayNumber: 0))

  /// The date whose ten bytes begin at `bytes`.
  @inline(__always)
  mutating func date(_ bytes: JSONScanner.Bytes) -> BusinessDate? {
    let word = JSONScanner.word(bytes)
    let tail = UnsafeRawPointer(bytes + 8).loadUnaligned(as: UInt16.self)
    if word == words.0 && tail == tails.0 { return dates.0 }
    if word == words.1 && tail == tails.1 { return dates.1 }
    return parse(bytes, word: word, tail: tail)
  }

  @inline(never)
  private mutating func parse(
    _ bytes: JSONScanner.Bytes, word: UInt64, tail: UInt16
  ) -> BusinessDate? {
    guard let date = DateText.date(bytes) else { return nil }
    words = (words.1, word)
    tails = (tails.1, tail)
    dates = (dates.1, date)
    return date
  }
}
