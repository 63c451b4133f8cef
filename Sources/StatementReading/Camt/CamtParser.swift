/// Reads the messages of a document in one pass, with only the current entry in memory besides what was
/// read of it.
///
/// Elements are known by their path and their message's namespace, whatever the prefix; all others are
/// skipped. Envelopes may enclose messages, and several may follow each other.
struct CamtParser {
  /// What was read so far.
  private(set) var contents = StatementContents()
  /// The first of the document's messages; `nil` if it has none.
  private(set) var message: CamtMessage?

  private let file: String
  private var xml: XMLReader
  /// The message that is open, and what it says of itself.
  private var open: Open?
  private var header = CamtHeader()
  /// The places of its open elements that count, its own first.
  private var places: [Int] = []
  /// The namespace of the element `Document` around it, and of the first one of the file.
  private var documentNamespace = ""
  private var firstNamespace: String?
  /// The statement that is open, unless it is already known to be unusable.
  private var draft: CamtStatementDraft?
  private var partCount = 0
  /// The currency of the last element that counts.
  private var currency: [UInt8]?

  /// How many notes are kept, so that a file cannot fill the memory with them.
  private static let notesMax = 1000
  /// How many unusable statements a file may have: with more, it is no file of statements.
  private static let faultsMax = 1000

  private struct Open {
    let message: CamtMessage
    let namespace: Int
    let path: CamtPath
    let depth: Int
  }

  private static let messages: [(name: XMLName, message: CamtMessage)] =
    CamtMessage.allCases.map { (XMLName($0.element), $0) }
  private static let documentName = XMLName("Document")

  init(_ source: any ByteSource, name: String, limits: StatementLimits) {
    file = name
    xml = XMLReader(source, limits: limits)
  }

  /// Why reading from the source failed.
  var sourceError: StatementError? { xml.sourceError }

  /// Reads the document to its end.
  ///
  /// - Throws: `StatementFault` if the document as a whole is refused, with all of its statements.
  mutating func parse() throws(StatementFault) {
    while true {
      switch try xml.next() {
      case .start:
        if let open { enter(open) } else { try begin() }
      case .end:
        if let open { try leave(open) }
      case .finished: return try finish()
      }
    }
  }

  /// An element outside of messages begins.
  private mutating func begin() throws(StatementFault) {
    if xml.name == Self.documentName {
      documentNamespace = xml.namespaceNames[xml.namespace]
      firstNamespace = firstNamespace ?? documentNamespace
    }
    guard let (_, found) = Self.messages.first(where: { $0.name == xml.name }) else { return }
    let own = xml.namespaceNames[xml.namespace]
    try check(found, own.isEmpty ? documentNamespace : own)
    message = message ?? found
    open = Open(
      message: found, namespace: xml.namespace, path: .of(found), depth: xml.depth)
    header = CamtHeader()
    places = [0]
  }

  /// What a namespace says must fit the message.
  private mutating func check(
    _ message: CamtMessage, _ namespace: String
  ) throws(StatementFault) {
    let shown = namespace.prefix(80)
    guard let named = CamtNamespace(namespace) else {
      note(
        namespace.isEmpty
          ? "\(message.element) has no namespace; it is read as \(message.name)."
          : "\(message.element) has the namespace '\(shown)', which is not of ISO 20022; it is read "
            + "as \(message.name).")
      return
    }
    guard named.message == message, named.version >= 2 else {
      throw xml.fault(
        "has the namespace '\(shown)', which is not that of \(message.element) from version 02 on. Ask "
          + "the bank for \(message.name).001.02 or a later version.")
    }
    if named.version > CamtMessage.newestVersion {
      note(
        "\(message.name).001.\(named.version) is newer than this program; it is read as version "
          + "\(CamtMessage.newestVersion).")
    } else if !named.isStandard {
      note("The namespace '\(shown)' is written unusually; it is read as \(message.name).")
    }
  }

  private mutating func note(_ message: String) {
    if contents.notes.count < Self.notesMax {
      contents.notes.append(StatementNote(message, line: xml.line()))
    }
  }

  /// An element of the open message begins.
  private mutating func enter(_ open: Open) {
    // An element without a namespace is taken for one of the message's.
    guard places.count == xml.depth - open.depth,
      xml.namespace == open.namespace || xml.namespace == 0,
      let parent = places.last, let place = open.path.child(of: parent, xml.name)
    else { return }
    places.append(place)
    currency = xml.attribute("Ccy")
    if open.path.isAccount(place) {
      partCount += 1
      draft = CamtStatementDraft(open.message, number: partCount)
    } else if let element = open.path.element(at: place), element.beginsPart {
      draft?.begin(element, line: xml.line())
    }
  }

  /// An element of the open message ended: the reader has left it already.
  private mutating func leave(_ open: Open) throws(StatementFault) {
    guard places.count == xml.depth - open.depth + 2, let place = places.popLast() else { return }
    if places.isEmpty {
      self.open = nil
    } else if open.path.isAccount(place) {
      try endPart(open.message)
    } else if let element = open.path.element(at: place) {
      try end(element, open.message)
    }
  }

  private mutating func end(
    _ element: CamtElement, _ message: CamtMessage
  ) throws(StatementFault) {
    let text = CamtText(xml.text, currency: currency)
    do throws(CamtFlaw) {
      if element.isOfGroup {
        _ = try header.set(element, text)
      } else {
        try draft?.end(element, text, line: xml.line())
      }
    } catch {
      try refuse(error, message)
    }
  }

  private mutating func endPart(_ message: CamtMessage) throws(StatementFault) {
    guard let ended = draft else { return }
    do throws(CamtFlaw) {
      if message == .notification {
        if let found = try ended.notification(file: file) { contents.notifications.append(found) }
      } else if ended.isPartOfDay(header) {
        notePartOfDay(ended)
      } else {
        contents.statements.append(try ended.statement(file: file, group: header))
      }
      for note in ended.notes.all(of: ended.name) where contents.notes.count < Self.notesMax {
        contents.notes.append(note)
      }
    } catch {
      try refuse(error, message)
    }
    draft = nil
  }

  private mutating func notePartOfDay(_ ended: CamtStatementDraft) {
    guard contents.notes.count < Self.notesMax else { return }
    contents.notes.append(
      StatementNote(
        "\(ended.name.prefix(1).uppercased() + ended.name.dropFirst()) has no closing booked balance "
          + "(CLBD): it reports a part of a day. It does not count; the statement of the day does.",
        line: xml.line()))
  }

  /// Leaves the current statement out.
  private mutating func refuse(_ flaw: CamtFlaw, _ message: CamtMessage) throws(StatementFault) {
    let place = flaw.entry.map { "entry \($0) of \(draft?.name ?? "")" } ?? draft?.place ?? ""
    var fault = xml.fault(
      "is not usable \(message.name): \(place) \(flaw.message). "
        + "Ask the bank to deliver it again.")
    if let line = flaw.line { (fault.line, fault.column) = (line, nil) }
    fault.statement = partCount
    contents.faults.append(fault)
    guard contents.faults.count <= Self.faultsMax else {
      throw xml.fault(
        "has more than \(Self.faultsMax) unusable statements. Ask the bank to deliver it again.")
    }
    draft = nil
  }

  private mutating func finish() throws(StatementFault) {
    if message == nil {
      let named = firstNamespace.map { "; its Document has the namespace '\($0.prefix(80))'" } ?? ""
      throw StatementFault(
        "contains no camt.053, camt.052 or camt.054 document\(named). Ask the bank for camt.053.001.02 "
          + "or a later version.")
    }
    if let message, partCount == 0 {
      throw StatementFault(
        "contains no \(message.noun) (\(message.part)). Ask the bank to deliver it again.")
    }
  }
}

extension CamtElement {
  /// Whether it has elements of its own that belong together.
  fileprivate var beginsPart: Bool { self == .balance || self == .entry || self == .transaction }

  /// Whether it is about the message, not about one account.
  fileprivate var isOfGroup: Bool {
    self == .groupCreationTime || self == .groupPage || self == .groupIsLastPage
  }
}
