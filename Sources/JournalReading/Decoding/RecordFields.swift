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
