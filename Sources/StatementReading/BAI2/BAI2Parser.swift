import LedgerDomain

/// Reads the records of a BAI2 file: files (01 to 99) with groups (02 to 98) with accounts (03 to 49).
struct BAI2Parser {
  private let bytes: [UInt8]
  private let name: String
  private var contents = StatementContents()
  private var statementCount = 0
  /// Faults beyond those that are told one by one.
  private var furtherFaultCount = 0
  private var createdAt: StatementTime?
  private var file: Level?
  private var group: Group?
  private var account: BAI2AccountDraft?
  /// The line of the record before, for what is missing after it.
  private var lastLine = 1

  /// A group that is open, and what was found in it.
  private struct Group {
    let header: BAI2GroupHeader
    var level: Level
    var found = StatementContents()
    var further = 0
  }

  /// What a trailer is compared with.
  private struct Level {
    var total: Int128? = 0
    var members = 0
    var records = 0

    mutating func add(total part: Int128?, records: Int) {
      members += 1
      self.records += records
      guard let part, let sum = total?.addingReportingOverflow(part), !sum.overflow else {
        total = nil
        return
      }
      total = sum.partialValue
    }
  }

  init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }

  /// The statements of the file.
  ///
  /// A fault of the form of the file, such as a trailer that is missing, leaves out all of them: what
  /// else is missing cannot be known.
  mutating func parse(_ layout: BAI2PhysicalRecords.Layout) -> StatementContents {
    do throws(StatementFault) {
      var records = BAI2Records(bytes, layout: layout)
      var record = BAI2Record()
      while records.next(&record) {
        try add(record)
        lastLine = record.line
      }
      guard file == nil else {
        throw fault("ends before its trailer (99)", line: lastLine)
      }
      contents.addFurther(furtherFaultCount, last: statementCount)
      return contents
    } catch {
      return StatementContents(faults: [error])
    }
  }

  private func fault(_ message: String, line: Int) -> StatementFault {
    StatementFault(
      "\(message). A part of it is missing or changed: ask the bank to deliver it again.",
      line: line)
  }

  private mutating func add(_ record: BAI2Record) throws(StatementFault) {
    switch record.code {
    case .fileHeader: try beginFile(record)
    case .groupHeader: try beginGroup(record)
    case .account: try beginAccount(record)
    case .transaction:
      guard account != nil else {
        throw fault("has a transaction (16) outside an account", line: record.line)
      }
      account?.add(record, of: bytes)
    case .accountTrailer: try endAccount(record)
    case .groupTrailer: try endGroup(record)
    case .fileTrailer: try endFile(record)
    case .continuation, nil: try addUnknown(record)
    }
  }

  private mutating func addUnknown(_ record: BAI2Record) throws(StatementFault) {
    let fault = fault("has a line that does not begin with a record's code", line: record.line)
    guard account != nil else { throw fault }
    account?.addUnknown(record, fault)
  }

  private mutating func beginFile(_ record: BAI2Record) throws(StatementFault) {
    guard file == nil else {
      throw fault("has a second header (01) before its trailer (99)", line: record.line)
    }
    if let fault = record.fault { throw fault }
    file = Level(records: record.count)
    var fields = BAI2Fields(record, of: bytes)
    _ = fields.next()
    _ = fields.next()
    let date = fields.next() ?? []
    let time = fields.next() ?? []
    createdAt = BAI2Number.date(date).map {
      StatementTime(date: $0, second: BAI2Number.second(time) ?? 0)
    }
    if createdAt == nil || (BAI2Number.second(time) == nil && !time.isEmpty) {
      contents.notes.add(
        StatementNote(
          "The file's header (01) does not say when it was made, in the form YYMMDD,HHMM.",
          line: record.line))
    }
    for _ in 0..<3 { _ = fields.next() }
    let version = fields.text()
    guard version == "2" || version.isEmpty else {
      throw StatementFault(
        "is version '\(version.prefix(20))' of BAI, not 2. Ask the bank for BAI2.",
        line: record.line)
    }
  }

  private mutating func beginGroup(_ record: BAI2Record) throws(StatementFault) {
    guard file != nil, group == nil else {
      throw fault(
        file == nil
          ? "has a group (02) outside a file (01)"
          : "has a group (02) before the trailer (98) of the one before it", line: record.line)
    }
    if let fault = record.fault { throw fault }
    let header = BAI2GroupHeader(
      record, of: bytes, number: (file?.members ?? 0) + 1, createdAt: createdAt)
    group = Group(header: header, level: Level(records: record.count))
    if let note = header.note() { contents.notes.add(note) }
  }

  private mutating func beginAccount(_ record: BAI2Record) throws(StatementFault) {
    guard let header = group?.header else {
      throw fault("has an account (03) outside a group (02)", line: record.line)
    }
    if account != nil { endAccountWithoutTrailer() }
    statementCount += 1
    account = BAI2AccountDraft(
      record, of: bytes, in: header, file: name, number: statementCount)
  }

  private mutating func endAccount(_ record: BAI2Record) throws(StatementFault) {
    guard account != nil else {
      throw fault("has an account's trailer (49) without the account (03)", line: record.line)
    }
    let trailer = BAI2Trailer(record, of: bytes)
    account?.close(trailer, records: record.count)
    takeAccount(total: trailer.total)
  }

  private mutating func endAccountWithoutTrailer() {
    account?.closeWithoutTrailer()
    takeAccount(total: nil)
  }

  private mutating func takeAccount(total: Int128?) {
    guard var draft = account else { return }
    account = nil
    group?.level.add(total: total, records: draft.records)
    if let note = draft.partOfDayNote {
      group?.found.notes.add(note)
      return
    }
    var further = group?.further ?? 0
    do throws(StatementFault) {
      let statement = try draft.statement()
      group?.found.statements.append(statement)
      group?.found.notes.add(contentsOf: draft.notes)
    } catch {
      group?.found.add(error, further: &further)
      group?.further = further
    }
  }

  private mutating func endGroup(_ record: BAI2Record) throws(StatementFault) {
    if account != nil { endAccountWithoutTrailer() }
    guard var ended = group else {
      throw fault("has a group's trailer (98) without the group (02)", line: record.line)
    }
    group = nil
    ended.level.records += record.count
    let trailer = BAI2Trailer(record, of: bytes)
    file?.add(total: trailer.total, records: ended.level.records)
    let difference = trailer.difference(
      total: ended.level.total, members: ended.level.members, records: ended.level.records)
    guard ended.header.counts else { return }
    furtherFaultCount += ended.further
    if let found = trailer.fault ?? difference.map({ fault($0, line: trailer.line) }) {
      try refuse(ended.found, found)
    } else {
      contents.statements += ended.found.statements
      for fault in ended.found.faults { contents.add(fault, further: &furtherFaultCount) }
      contents.notes.add(contentsOf: ended.found.notes)
    }
  }

  /// Leaves out the accounts of a group that its trailer does not prove.
  private mutating func refuse(
    _ found: StatementContents, _ fault: StatementFault
  ) throws(StatementFault) {
    let unproven = found.statements.map { statement in
      var own = fault
      own.statement = statement.number
      return own
    }
    let faults = (found.faults + unproven).sorted { ($0.statement ?? 0) < ($1.statement ?? 0) }
    guard !faults.isEmpty else { throw fault }
    for fault in faults { contents.add(fault, further: &furtherFaultCount) }
  }

  private mutating func endFile(_ record: BAI2Record) throws(StatementFault) {
    guard group == nil, var ended = file else {
      throw fault(
        group == nil
          ? "has a file's trailer (99) without its header (01)"
          : "has the file's trailer (99) before the trailer (98) of a group", line: record.line)
    }
    file = nil
    ended.records += record.count
    let trailer = BAI2Trailer(record, of: bytes)
    if let found = trailer.fault { throw found }
    if let difference = trailer.difference(
      total: ended.total, members: ended.members, records: ended.records)
    {
      throw fault(difference, line: trailer.line)
    }
    // An empty group is nothing that a bank could be asked about, and nothing that may go unsaid.
    if statementCount == 0 {
      contents.notes.add(StatementNote("The file holds no account.", line: record.line))
    }
  }
}
