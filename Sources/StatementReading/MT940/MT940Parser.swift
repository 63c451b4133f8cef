import LedgerDomain

/// Reads the messages of a file.
///
/// A message begins with its first field, with `:20:`, and with a field that cannot follow the closing
/// balance before it: some banks leave `:20:` out, and the lines between messages are of all kinds.
struct MT940Parser {
  private let name: String
  private var contents = StatementContents()
  private var message: MT940Message?
  private var messageType: Int?
  /// Whether an end was read behind the last field.
  private var hasEnded = false
  /// Whether the last field is an entry or its details, and has no end of line.
  private var isCutOff = false
  private var statementCount = 0
  private var notificationCount = 0
  private var messageCount = 0
  private var furtherFaultCount = 0

  private static let faultCountMax = 1000
  private static let noteCountMax = 1000

  init(name: String) { self.name = name }

  /// Reads a file.
  mutating func read(_ bytes: [UInt8]) -> StatementContents {
    var pieces = MT940PieceReader(bytes)
    while let piece = pieces.readPiece() {
      switch piece {
      case .field(let field):
        if begins(field.tag) { begin(field) }
        message?.take(field)
        hasEnded = false
        isCutOff = !field.isTerminated && [.entry, .details, .nonSWIFT].contains(field.tag)
      case .end: hasEnded = true
      case .header(let type):
        finish(isComplete: true)
        if let type { messageType = type }
      }
    }
    finish(isComplete: hasEnded || message?.sums.isEmpty == false)
    if furtherFaultCount > 0 {
      contents.faults.append(
        StatementFault(
          "has \(furtherFaultCount) more statements that cannot be used. Ask the bank to deliver it "
            + "again.", statement: statementCount))
    }
    if contents.statements.isEmpty, contents.notifications.isEmpty, contents.faults.isEmpty {
      contents.faults.append(
        StatementFault("contains no MT940 or MT942 message. Ask the bank for the whole file."))
    }
    return contents
  }

  /// Whether a field of this tag begins a message.
  private func begins(_ tag: MT940Tag) -> Bool {
    guard let message else { return true }
    if tag == .reference { return true }
    guard message.isClosed || (hasEnded && message.isNotification) else { return false }
    switch tag {
    case .relatedReference, .account, .number, .floorLimit, .opening, .intermediateOpening:
      return true
    case .entry, .closing, .intermediateClosing: return hasEnded
    default: return false
    }
  }

  private mutating func begin(_ field: MT940Field) {
    let account = hasEnded ? nil : message?.account
    finish(isComplete: true)
    message = MT940Message(messageType: messageType, line: field.line)
    // Several statements in one message: :60F: or :28C: follows :62F: of the same account.
    if [.opening, .intermediateOpening, .number].contains(field.tag) { message?.account = account }
  }

  private mutating func finish(isComplete: Bool) {
    guard var message else { return }
    self.message = nil
    messageCount += 1
    // A damaged header must not hide a statement. MT941 has balances, but not the entries between them.
    if let type = message.messageType, ![940, 942, 950].contains(type),
      type == 941 || !message.isClosed
    {
      add([
        StatementNote(
          "Message \(messageCount) is an MT\(type), which is no statement; it is left out.",
          line: message.line)
      ])
      return
    }
    if message.isNotification {
      finishNotification(&message, isComplete: isComplete)
    } else {
      finishStatement(&message)
    }
    add(message.notes)
  }

  private mutating func finishStatement(_ message: inout MT940Message) {
    statementCount += 1
    do throws(StatementFault) {
      contents.statements.append(try message.statement(file: name, number: statementCount))
    } catch {
      message.notes = []
      add(error, number: statementCount)
    }
  }

  private mutating func finishNotification(_ message: inout MT940Message, isComplete: Bool) {
    do throws(StatementFault) {
      if isCutOff {
        throw StatementFault(
          "ends in the middle of a line. Ask the bank for the whole file.", line: message.line)
      }
      let notification = try message.notification(
        file: name, number: notificationCount + 1, isComplete: isComplete)
      notificationCount += 1
      contents.notifications.append(notification)
    } catch {
      message.notes = []
      statementCount += 1
      add(error, number: statementCount)
    }
  }

  private mutating func add(_ notes: [StatementNote]) {
    if contents.notes.count < Self.noteCountMax { contents.notes.append(contentsOf: notes) }
  }

  /// Adds a fault; of very many, only how many there are.
  private mutating func add(_ fault: StatementFault, number: Int) {
    guard contents.faults.count < Self.faultCountMax else {
      furtherFaultCount += 1
      return
    }
    var fault = fault
    fault.statement = number
    contents.faults.append(fault)
  }
}
