import LedgerDomain

/// A message while its fields are read.
struct MT940Message {
  /// Its type, if a SWIFT header says it: 940, 942, 950.
  let messageType: Int?
  /// The line of its first field.
  let line: Int
  var identifier: ArraySlice<UInt8>?
  var account: ArraySlice<UInt8>?
  var number: ArraySlice<UInt8>?
  var createdAt: StatementTime?
  var opening: MT940Balance?
  var closing: MT940Balance?
  /// The currency of the entries, as soon as a field has said it.
  var currency: CurrencyCode?
  var entries: [StatementEntry] = []
  /// How many debits and credits MT942 says there are, and their sums.
  var sums: [MT940Tag: MT940EntrySum] = [:]
  /// Whether it has fields of MT942.
  var isInterim = false
  /// What counts only if the balances prove it, with the line.
  var doubts: [(line: Int, what: String)] = []
  /// What was taken for granted, each kind once.
  var notes: [StatementNote] = []
  /// Entries that have no entry date, by their positions.
  var withoutEntryDate: [Int] = []
  /// The first fault; nothing is read behind it.
  var fault: StatementFault?

  private var pending: PendingEntry?

  /// Bytes of an entry's text to which nothing is added.
  private static let textBytesMax = 64 << 10

  /// An entry to which the next `:86:` may belong.
  private struct PendingEntry {
    let line: MT940StatementLine
    var text: String?
    var references = MT940References()
  }

  init(messageType: Int?, line: Int) {
    self.messageType = messageType
    self.line = line
  }

  /// Whether it has a closing balance.
  private(set) var isClosed = false

  /// Takes a field up.
  mutating func take(_ field: MT940Field) {
    if field.tag == .closing || field.tag == .intermediateClosing { isClosed = true }
    guard fault == nil else { return }
    do throws(StatementFault) {
      try read(field)
    } catch {
      fault = error
      entries = []
    }
  }

  private mutating func read(_ field: MT940Field) throws(StatementFault) {
    guard !field.isOverlong || field.tag == .details || field.tag == .nonSWIFT else {
      throw malformed("has a field \(field.tag.written) that is too long.", field.line)
    }
    switch field.tag {
    case .entry: try readEntry(field)
    case .details, .nonSWIFT: readDetails(field)
    case .reference: try set(&identifier, field)
    case .account: try set(&account, field)
    case .number: try set(&number, field)
    case .opening, .intermediateOpening: try readBalance(field, into: \.opening)
    case .closing, .intermediateClosing:
      finishEntry()
      try readBalance(field, into: \.closing)
    case .floorLimit, .debitSum, .creditSum: try readInterim(field)
    case .time:
      isInterim = isInterim || opening == nil
      createdAt = MT940Date.time(field.value) ?? createdAt
    case .available, .forwardAvailable: finishEntry()
    case .relatedReference: break
    case .other:
      note("has the field \(MT940Bytes.quoted(field.lines[0])), which is not used", field.line)
    }
  }

  private func set(
    _ property: inout ArraySlice<UInt8>?, _ field: MT940Field
  ) throws(StatementFault) {
    if let property, property != field.value {
      throw StatementFault(
        "has two fields \(field.tag.written) in a message, "
          + "\(MT940Bytes.quoted(property)) and \(MT940Bytes.quoted(field.value)). "
          + "Ask the bank to deliver the statement again.", line: field.line)
    }
    property = field.value
  }

  private mutating func readBalance(
    _ field: MT940Field, into property: WritableKeyPath<MT940Message, MT940Balance?>
  ) throws(StatementFault) {
    let balance = try MT940Balance(field)
    if let other = self[keyPath: property],
      other.balance != balance.balance || other.currency != balance.currency
    {
      throw StatementFault(
        "has two different balances \(field.tag.written) in a message. "
          + "Ask the bank to deliver the statement again.", line: field.line)
    }
    self[keyPath: property] = balance
    if let doubt = balance.doubt { doubts.append((field.line, doubt)) }
    try agree(on: balance.currency, field)
  }

  /// A fault with the remedy that they all have.
  func malformed(_ message: String, _ line: Int) -> StatementFault {
    StatementFault("\(message) Ask the bank to deliver the statement again.", line: line)
  }

  mutating func agree(
    on other: CurrencyCode, _ field: MT940Field
  ) throws(StatementFault) {
    if let currency, currency != other {
      throw malformed(
        "has the field \(field.tag.written) in \(other), but the message began in \(currency).",
        field.line)
    }
    currency = other
  }

  /// Adds a note, unless the message has one like it.
  mutating func note(_ message: String, _ line: Int) {
    let sentence = "The message \(message)."
    if notes.count < 20, !notes.contains(where: { $0.message == sentence }) {
      notes.append(StatementNote(sentence, line: line))
    }
  }

  // MARK: Entries

  private mutating func readEntry(_ field: MT940Field) throws(StatementFault) {
    finishEntry()
    guard !isClosed else {
      throw malformed(
        "has the entry :61: behind the closing balance (:62F:) of its message.", field.line)
    }
    guard let minorDigits = currency?.minorUnitDigits else {
      throw malformed(
        "has the entry :61: before the opening balance (:60F:), which says the currency.",
        field.line)
    }
    let line = try MT940StatementLine(field, minorDigits: minorDigits)
    if let doubt = line.doubt { doubts.append((field.line, doubt)) }
    if line.hasUnusualDate {
      note(
        "has an entry of 30 February; the last day of the month counts as its value date",
        field.line)
    }
    pending = PendingEntry(line: line)
    pending?.references.add(line)
  }

  private mutating func readDetails(_ field: MT940Field) {
    guard pending != nil else { return }
    let details = MT940Details(field.lines)
    for reference in details.references { pending?.references.add(reference) }
    if field.isOverlong { note("has a text that is too long; its end is not used", field.line) }
    guard let text = details.text else { return }
    if let before = pending?.text {
      guard before.utf8.count < Self.textBytesMax else { return }
      pending?.text?.append(" " + text)
    } else {
      pending?.text = text
    }
  }

  /// Adds the entry whose fields are complete.
  mutating func finishEntry() {
    guard let entry = pending else { return }
    pending = nil
    if entry.line.entryDate == nil { withoutEntryDate.append(entries.count) }
    entries.append(
      StatementEntry(
        number: entries.count + 1, amountMinor: entry.line.amountMinor,
        bookingDate: entry.line.entryDate ?? entry.line.valueDate, valueDate: entry.line.valueDate,
        references: entry.references.list, text: Self.text(entry),
        status: entry.line.isExpected ? .pending : .booked, isReversal: entry.line.isReversal))
  }

  /// The supplement and the details. A supplement of codes between slashes counts only without details.
  private static func text(_ entry: PendingEntry) -> String? {
    let lines = entry.line.supplement
    guard let first = lines.first else { return entry.text }
    if let text = entry.text {
      if first.first == UInt8(ascii: "/") { return text }
      guard let supplement = SingleLineText.of(lines) else { return text }
      return text.hasPrefix(supplement) ? text : "\(supplement) \(text)"
    }
    return SingleLineText.of(lines)
  }
}
