import LedgerDomain

extension DateWriter {
  /// Writes a planted record between two valid entries.
  mutating func write(
    _ record: PlantingSchedule.PlantedRecord, postedMilliseconds: Int, to part: PartWriter
  ) throws {
    switch record {
    case .defect(let defect):
      try write(defect, postedMilliseconds: postedMilliseconds, to: part)
    case .variant(let variant):
      try write(variant, postedMilliseconds: postedMilliseconds, to: part)
    case .suspense(let isOpened):
      try writeSuspense(isOpened: isOpened, postedMilliseconds: postedMilliseconds, to: part)
    case .tooLong:
      try writeTooLong(postedMilliseconds: postedMilliseconds, to: part)
    case .unreferenced:
      try writeUnreferenced(postedMilliseconds: postedMilliseconds, to: part)
    case .principalWithoutLoan:
      try writePrincipalWithoutLoan(postedMilliseconds: postedMilliseconds, to: part)
    }
  }

  /// A newly composed entry of an event, to be changed.
  mutating func fresh(_ event: DemoEvent, postedMilliseconds: Int) -> DemoEntry {
    composer.compose(event, postedMilliseconds: postedMilliseconds)
    return composer.entry
  }

  /// The draft of an entry.
  func draft(_ entry: DemoEntry) -> RecordDraft {
    RecordDraft(entry, tenant: composer.tenant.identifier, writer: writer)
  }

  /// Writes a draft as one record.
  func write(_ draft: RecordDraft, to part: PartWriter) throws {
    try write(Array(draft.json.utf8), lineEnd: draft.lineEnd, to: part)
  }

  /// Writes bytes as one record.
  func write(_ bytes: [UInt8], lineEnd: String = "\n", to part: PartWriter) throws {
    try part.beginRecord()
    part.buffer.append(bytes)
    part.buffer.append(text: lineEnd)
    part.endRecord()
  }

  /// Posts to the suspense account: first a credit, which is its abnormal side.
  private mutating func writeSuspense(
    isOpened: Bool, postedMilliseconds: Int, to part: PartWriter
  ) throws {
    var entry = fresh(.manualAdjustment, postedMilliseconds: postedMilliseconds)
    entry.lines = []
    entry.description = isOpened ? "Unidentified receipt, taken out" : "Unidentified receipt, found"
    let posting = Posting(
      tenant: composer.tenant, loan: 0, currency: composer.tenant.currencies[0])
    if isOpened {
      posting.debit(1020, 123_456, into: &entry)
      posting.credit(DemoChart.suspenseCode, 123_456, into: &entry)
    } else {
      posting.debit(DemoChart.suspenseCode, 123_456, into: &entry)
      posting.credit(1020, 123_456, into: &entry)
    }
    try write(draft(entry), to: part)
    try accept(entry, in: part)
  }

  private mutating func writeTooLong(postedMilliseconds: Int, to part: PartWriter) throws {
    let entry = fresh(.accrual, postedMilliseconds: postedMilliseconds)
    var draft = draft(entry)
    draft.set("description", "\"\(String(repeating: "endless ", count: 157_286))\"")
    try write(draft, to: part)
    try planted.add(.recordTooLong, at: place(of: nil, in: part))
  }

  /// Writes a valid but unusual entry.
  private mutating func write(
    _ variant: ValidVariant, postedMilliseconds: Int, to part: PartWriter
  ) throws {
    let event: DemoEvent = variant == .exchange ? .refinance : .paymentAllocated
    var entry = fresh(event, postedMilliseconds: postedMilliseconds)
    switch variant {
    case .zeroAmount: entry.lines.append(contentsOf: zeroLines(after: entry))
    case .sparseSequences:
      for index in entry.lines.indices { entry.lines[index].sequence = 32_767 - index * 9 }
    case .exchange:
      let currency = composer.tenant.currencies[2]
      for index in entry.lines.indices { entry.lines[index].currency = currency }
    case .correctedAfterwards:
      var wrong = entry
      wrong.lines[0].amount += 100
      try writeUnbalanced(wrong, to: part)
    default: break
    }
    var draft = draft(entry)
    variant.apply(
      to: &draft, date: place.date, nextDate: date.advanced(by: 1).description)
    try write(draft, to: part)
    if variant == .requiredFieldsOnly {
      for index in entry.lines.indices { entry.lines[index].loan = nil }
    }
    try accept(entry, in: part)
  }

  private func zeroLines(after entry: DemoEntry) -> [DemoLine] {
    var lines = Array(entry.lines.prefix(2))
    for index in lines.indices {
      lines[index].amount = 0
      lines[index].sequence = entry.lines.count + index + 1
    }
    return lines
  }
}
