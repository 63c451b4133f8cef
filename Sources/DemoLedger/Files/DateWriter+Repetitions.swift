import LedgerDomain

extension DateWriter {
  /// Writes an entry of the date again; the first one stays accepted.
  mutating func writeDuplicate(
    _ form: Defect.Repetition, of original: DemoEntry?, to part: PartWriter
  ) throws {
    guard let original else { return }
    var draft = draft(original)
    switch form {
    case .sameBytes: break
    case .otherForm:
      draft.isReversed = true
      draft.isSpaced = true
      draft.set("journal_entry_id", "\"\(original.identifier.text.uppercased())\"")
    case .otherDescription: draft.set("description", "\"Sent again\"")
    }
    try write(draft, to: part)
    count(original, in: part)
    try planted.add(.duplicateEntry, at: place(of: original.identifier, in: part))
  }

  /// Writes another entry under the identifier of one of the date.
  mutating func writeConflicting(
    _ conflict: Defect.Conflict, with original: DemoEntry?, to part: PartWriter
  ) throws {
    guard var entry = original else { return }
    switch conflict {
    case .amounts:
      for index in entry.lines.indices { entry.lines[index].amount *= 2 }
    case .effectiveDate: entry.effectiveDay -= 1
    case .account: entry.lines[0].account = 1800
    }
    try write(draft(entry), to: part)
    count(entry, in: part)
    try planted.add(.conflictingDuplicate, at: place(of: entry.identifier, in: part))
  }

  /// Writes an entry whose debits and credits differ in the chosen way.
  mutating func writeUnbalanced(
    _ imbalance: Defect.Imbalance, postedMilliseconds: Int, to part: PartWriter
  ) throws {
    let event: DemoEvent = imbalance == .inTwoPairs ? .disbursement : .paymentReceived
    var entry = fresh(event, postedMilliseconds: postedMilliseconds)
    switch imbalance {
    case .byOne: entry.lines[1].amount += 1
    case .inTwoPairs:
      entry.lines[1].amount += 7
      entry.lines[3].amount -= 5
    case .acrossLayers: entry.lines[1].layer = .pending
    case .acrossCurrencies:
      let first = composer.tenant.currencies[0]
      let isFirst = entry.lines[1].currency == first
      entry.lines[1].currency = isFirst ? composer.tenant.currencies[1] : first
    case .oneSided: entry.lines[1].isDebit = true
    }
    try writeUnbalanced(entry, to: part)
  }

  /// Writes an unbalanced entry: one finding for each pair that does not balance.
  mutating func writeUnbalanced(_ entry: DemoEntry, to part: PartWriter) throws {
    try write(draft(entry), to: part)
    count(entry, in: part)
    var sums = ControlTotals()
    sums.add(entry)
    for pair in sums.pairs where pair.debit != pair.credit {
      try planted.add(
        .unbalanced, at: place(of: entry.identifier, in: part), currency: pair.currency,
        layer: pair.layer)
    }
  }
}
