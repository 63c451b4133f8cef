import LedgerDomain

/// Reads the elements of an OFX document.
struct OFXParser {
  private let name: String
  private var tokens: OFXTokenizer
  private var contents = StatementContents()
  /// The elements that are open, the outermost first.
  private var open: [OFXTag] = []
  private var isOver = false
  private var createdAt: StatementTime?
  private var signOn = OFXStatus()
  private var response = OFXStatus()
  private var responseStart = 0
  private var responseHasStatement = false
  private var hasInvestments = false
  private var drafts: [OFXStatementDraft] = []
  private var draft: OFXStatementDraft?
  private var statementCount = 0

  init(_ bytes: [UInt8], name: String) {
    self.name = name
    tokens = OFXTokenizer(bytes)
  }

  /// The statements of the document.
  ///
  /// A fault of its form, such as an end that is missing, leaves out all of them.
  mutating func parse() -> StatementContents {
    do throws(StatementFault) {
      while let token = try tokens.next() {
        switch token {
        case .start(let tag?): try begin(tag)
        case .end(let tag?): end(tag)
        case .start(nil), .end(nil): break
        }
      }
      try checkWhole()
      finishStatements()
      return contents
    } catch {
      return StatementContents(faults: [error])
    }
  }

  private mutating func begin(_ tag: OFXTag) throws(StatementFault) {
    guard let level = tag.level else {
      let text = OFXText.of(try tokens.text())
      if let text, let container = open.last { set(tag, text, in: container) }
      return
    }
    while let top = open.last, (top.level ?? 0) >= level { close(top) }
    open.append(tag)
    switch tag {
    case .ofx: isOver = false
    case .bankResponse, .cardResponse:
      response = OFXStatus()
      responseStart = tokens.tokenStart
      responseHasStatement = false
    case .bankStatement, .cardStatement:
      statementCount += 1
      responseHasStatement = true
      draft = OFXStatementDraft(number: statementCount, offset: tokens.tokenStart)
    case .investmentStatement where !hasInvestments:
      hasInvestments = true
      contents.notes.add(
        StatementNote(
          "The file has statements of investments, which are left out.",
          line: tokens.line(at: tokens.tokenStart)))
    default: draft?.begin(tag, at: tokens.tokenStart)
    }
  }

  /// Ends an element, and those in it that have no end tag.
  private mutating func end(_ tag: OFXTag) {
    guard tag.level != nil, let opened = openedBy(tag) else { return }
    while let top = open.last {
      close(top)
      if top == opened { break }
    }
  }

  /// The open element that an end tag ends. Some banks end CCSTMTRS with STMTRS.
  private func openedBy(_ tag: OFXTag) -> OFXTag? {
    if open.contains(tag) { return tag }
    switch tag {
    case .bankStatement: return open.contains(.cardStatement) ? .cardStatement : nil
    case .cardStatement: return open.contains(.bankStatement) ? .bankStatement : nil
    case .bankResponse: return open.contains(.cardResponse) ? .cardResponse : nil
    case .cardResponse: return open.contains(.bankResponse) ? .bankResponse : nil
    default: return nil
    }
  }

  /// Ends the innermost element.
  private mutating func close(_ tag: OFXTag) {
    open.removeLast()
    switch tag {
    case .ofx: isOver = true
    case .bankStatement, .cardStatement:
      if let ended = draft { drafts.append(ended) }
      draft = nil
    case .bankResponse, .cardResponse: endResponse()
    default: draft?.end(tag)
    }
  }

  /// Gives the status of a response to its statement; without one it is all there is to say.
  private mutating func endResponse() {
    if responseHasStatement {
      if response.error != nil { drafts[drafts.count - 1].status = response }
    } else if response.error != nil {
      statementCount += 1
      var failed = OFXStatementDraft(number: statementCount, offset: responseStart)
      failed.status = response
      drafts.append(failed)
    }
  }

  private mutating func set(_ field: OFXTag, _ text: String, in container: OFXTag) {
    switch container {
    case .signOn:
      if field == .serverTime { createdAt = OFXValue.time(text) }
    case .status:
      if open.contains(.signOn) {
        signOn.set(field, text)
      } else if open.contains(.bankResponse) || open.contains(.cardResponse) {
        response.set(field, text)
      }
    default: draft?.set(field, text, in: container)
    }
  }

  private func checkWhole() throws(StatementFault) {
    guard isOver, open.isEmpty else {
      throw StatementFault(
        open.isEmpty
          ? "has no OFX element. Ask the bank to deliver it again."
          : "ends before the end of its \(open.first?.rawValue ?? "OFX") element. A part of it is "
            + "missing: ask the bank to deliver it again.",
        line: tokens.line(at: tokens.bytes.count))
    }
    if let error = signOn.error {
      throw StatementFault(
        "has \(error) instead of statements. Look at the connection to the bank.")
    }
  }

  private mutating func finishStatements() {
    var lines = OFXLines(tokens.bytes)
    var further = 0
    for var draft in drafts {
      do throws(StatementFault) {
        let statement = try draft.statement(createdAt: createdAt, file: name) { lines.line(at: $0) }
        contents.statements.append(statement)
        contents.notes.add(contentsOf: draft.notes)
      } catch {
        contents.add(error, further: &further)
      }
    }
    contents.addFurther(further, last: statementCount)
    if drafts.isEmpty {
      contents.notes.add(StatementNote("The file holds no statement of an account."))
    }
  }
}
