/// The fields of a record's object, in the order in which their faults take precedence.
enum HeaderField: UInt8, CaseIterable {
  case journalEntryID, tenantID, eventType, effectiveAt, postedAt, lines
  case correlationID, reversesEntryID, description, actor

  var name: StaticString {
    switch self {
    case .journalEntryID: "journal_entry_id"
    case .tenantID: "tenant_id"
    case .eventType: "event_type"
    case .effectiveAt: "effective_at"
    case .postedAt: "posted_at"
    case .lines: "lines"
    case .correlationID: "correlation_id"
    case .reversesEntryID: "reverses_entry_id"
    case .description: "description"
    case .actor: "actor"
    }
  }

  /// The field with a number that is known to be valid, without the switch of `init(rawValue:)`.
  @inline(__always)
  init(known number: UInt8) { self = unsafeBitCast(number, to: HeaderField.self) }

  static let required: [HeaderField] = [
    .journalEntryID, .eventType, .effectiveAt, .postedAt, .lines,
  ]
}

/// The fields of a line's object, in the order in which their faults take precedence.
enum LineField: UInt8, CaseIterable {
  case sequence, accountCode, direction, amountMinor, currency, layer
  case loanID, borrowerID, externalRef

  var name: StaticString {
    switch self {
    case .sequence: "sequence"
    case .accountCode: "account_code"
    case .direction: "direction"
    case .amountMinor: "amount_minor"
    case .currency: "currency"
    case .layer: "layer"
    case .loanID: "loan_id"
    case .borrowerID: "borrower_id"
    case .externalRef: "external_ref"
    }
  }

  /// The field with a number that is known to be valid, without the switch of `init(rawValue:)`.
  @inline(__always)
  init(known number: UInt8) { self = unsafeBitCast(number, to: LineField.self) }

  static let requiredMask: UInt32 = 0b11_1111
}

/// A field's rank: of several faults of a record the one with the lowest rank is its reason.
///
/// Header fields up to `lines` come first, then line by line, then the header's other fields.
struct FieldRank: Comparable {
  let value: UInt32

  static let record = FieldRank(value: 0)
  static let none = FieldRank(value: .max)
  private static let firstLine: UInt32 = 16
  private static let lineStride: UInt32 = 16
  private static let lateHeader: UInt32 = 0xFFFF_FF00

  private init(value: UInt32) { self.value = value }

  init(_ field: HeaderField) {
    let place = UInt32(field.rawValue) + 1
    value = field.rawValue <= HeaderField.lines.rawValue ? place : Self.lateHeader + place
  }

  /// The line as a whole.
  init(line: Int) { value = Self.firstLine + UInt32(line) * Self.lineStride }

  init(line: Int, _ field: LineField) {
    value = FieldRank(line: line).value + UInt32(field.rawValue) + 1
  }

  /// Whether a fault there means that the record's lines cannot all be read.
  var leavesLinesUnreadable: Bool { value >= Self.firstLine && value < Self.lateHeader }

  static func < (left: FieldRank, right: FieldRank) -> Bool { left.value < right.value }

  /// The field as findings name it: `lines[0].amount_minor`; `nil` for the record as a whole.
  var path: String? {
    if self == .record || self == .none { return nil }
    if value < Self.firstLine { return HeaderField(rawValue: UInt8(value - 1))?.name.description }
    if value >= Self.lateHeader {
      return HeaderField(rawValue: UInt8(value - Self.lateHeader - 1))?.name.description
    }
    let line = (value - Self.firstLine) / Self.lineStride
    let place = (value - Self.firstLine) % Self.lineStride
    guard place > 0, let field = LineField(rawValue: UInt8(place - 1)) else {
      return "lines[\(line)]"
    }
    return "lines[\(line)].\(field.name)"
  }
}

/// Up to 24 bytes that are compared as three words.
struct LiteralWords {
  private var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
  private var masks: (UInt64, UInt64, UInt64) = (0, 0, 0)
  let count: Int

  /// A literal of at most 24 bytes.
  init(_ text: String) {
    let bytes = Array(text.utf8)
    precondition(bytes.count <= 24, "a literal has at most 24 bytes")
    count = bytes.count
    withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
    withUnsafeMutableBytes(of: &masks) { masks in
      for index in bytes.indices { masks[index] = 0xFF }
    }
  }

  /// Whether the literal is at `bytes`, where 24 bytes must be readable.
  @inline(__always)
  func stands(at bytes: JSONScanner.Bytes) -> Bool {
    let first = (JSONScanner.word(bytes) ^ words.0) & masks.0
    let second = (JSONScanner.word(bytes + 8) ^ words.1) & masks.1
    let third = (JSONScanner.word(bytes + 16) ^ words.2) & masks.2
    return first | second | third == 0
  }
}

/// Which name an object's members have, guessed from the record before.
///
/// An exporter writes the same fields in the same order again and again. So each field is first
/// compared with the one that followed its predecessor last time, quotes and colon included; only
/// if that fails is the name scanned and looked up.
struct FieldOrderPredictor: ~Copyable {
  let literals: UnsafeMutablePointer<LiteralWords>
  private let names: UnsafeMutablePointer<StaticString>
  private let followers: UnsafeMutablePointer<(last: UInt8, before: UInt8)>
  /// The number of known names; as a field number, it means an unknown name.
  let unknown: UInt8

  init(_ fields: [StaticString]) {
    unknown = UInt8(fields.count)
    literals = .allocate(capacity: fields.count + 1)
    names = .allocate(capacity: fields.count)
    followers = .allocate(capacity: fields.count + 2)
    for (index, name) in fields.enumerated() {
      (literals + index).initialize(to: LiteralWords("\"\(name)\":"))
      (names + index).initialize(to: name)
      (followers + index).initialize(to: (UInt8(index), unknown))
    }
    // Matches nowhere: no member begins with a closing brace.
    (literals + fields.count).initialize(to: LiteralWords("}"))
    (followers + fields.count).initialize(to: (unknown, unknown))
    (followers + fields.count + 1).initialize(to: (unknown, unknown))
  }

  deinit {
    literals.deallocate()
    names.deallocate()
    followers.deallocate()
  }

  /// The field whose name stands at `bytes`, if it is one of the two met last in that slot, else
  /// `unknown`.
  ///
  /// - Parameter slot: 0 for an object's first member, else the field before it, plus one.
  @inline(__always)
  func expected(at bytes: JSONScanner.Bytes, in slot: Int) -> UInt8 {
    let candidates = followers[slot]
    if literals[Int(candidates.last)].stands(at: bytes) { return candidates.last }
    if literals[Int(candidates.before)].stands(at: bytes) { return candidates.before }
    return unknown
  }

  @inline(__always)
  func learn(_ field: UInt8, in slot: Int) {
    followers[slot] = (field, followers[slot].last)
  }

  /// The field of that name, or `unknown`.
  func field(named name: UnsafeBufferPointer<UInt8>) -> UInt8 {
    for index in 0..<Int(unknown) where names[index].utf8CodeUnitCount == name.count {
      let candidate = UnsafeBufferPointer(start: names[index].utf8Start, count: name.count)
      if candidate.elementsEqual(name) { return UInt8(index) }
    }
    return unknown
  }
}
