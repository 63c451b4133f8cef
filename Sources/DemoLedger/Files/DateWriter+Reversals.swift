import LedgerDomain

extension DateWriter {
  /// Writes an entry and its reversal in the chosen way; all of them are accepted.
  mutating func writeReversal(
    _ defect: Defect.ReversalDefect, postedMilliseconds: Int, to part: PartWriter
  ) throws {
    let original = fresh(.paymentReceived, postedMilliseconds: postedMilliseconds)
    var reversal = reversal(of: original)
    switch defect {
    case .otherAmount:
      for index in reversal.lines.indices { reversal.lines[index].amount += 1 }
    case .otherAccount: reversal.lines[0].account = 1000
    case .beforeItsEntry: for index in reversal.lines.indices { reversal.lines[index].amount -= 1 }
    case .repeated, .repeatedOfEarlierDate: break
    }
    switch defect {
    case .otherAmount, .otherAccount:
      try writeDraft(of: original, to: part)
      try writeDraft(of: reversal, finding: .reversalMismatch, to: part)
    case .beforeItsEntry:
      try writeDraft(of: reversal, finding: .reversalMismatch, to: part)
      try writeDraft(of: original, to: part)
    case .repeated, .repeatedOfEarlierDate:
      if defect == .repeated { try writeDraft(of: original, to: part) }
      try writeDraft(of: reversal, to: part)
      reversal.identifier = DemoIdentifier(from: &composer.generator)
      try writeDraft(of: reversal, finding: .reversalRepeated, to: part)
    }
  }

  /// The exact mirror of an entry.
  mutating func reversal(of original: DemoEntry) -> DemoEntry {
    var entry = original
    entry.identifier = DemoIdentifier(from: &composer.generator)
    entry.event = .reversal
    entry.reverses = original.identifier
    entry.description = "Reversal of a receipt"
    entry.actor = "user:j.almeida"
    for index in entry.lines.indices { entry.lines[index].isDebit.toggle() }
    return entry
  }

  /// Writes an entry that the close accepts, and lists the finding about its reversal.
  mutating func writeDraft(
    of entry: DemoEntry, finding: FindingCode? = nil, to part: PartWriter
  ) throws {
    try write(draft(entry), to: part)
    try accept(entry, in: part)
    guard let finding else { return }
    try planted.add(
      finding, at: place(of: entry.identifier, in: part), field: "reverses_entry_id")
  }
}
