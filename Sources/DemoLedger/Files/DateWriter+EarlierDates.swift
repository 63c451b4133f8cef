import LedgerDomain

extension DateWriter {
  /// Writes an entry that repeats or reverses one of an earlier date, if there is one.
  mutating func write(
    _ defect: Defect.EarlierDateDefect, postedMilliseconds: Int, to part: PartWriter
  ) throws {
    switch defect {
    case .repeated(let days):
      guard let original = earlier.entry(daysBefore: days) else { return }
      try write(draft(original), to: part)
      count(original, in: part)
      try planted.add(.entryAlreadyClosed, at: place(of: original.identifier, in: part))
    case .conflicting(let days):
      try writeConflicting(.amounts, with: earlier.entry(daysBefore: days), to: part)
    case .reversedByOtherAmount(let days):
      guard let original = earlier.takeReceipt(daysBefore: days) else { return }
      reversedEarlier = original
      var reversal = reversalToday(of: original, postedMilliseconds: postedMilliseconds)
      for index in reversal.lines.indices { reversal.lines[index].amount += 1 }
      try writeDraft(of: reversal, finding: .reversalMismatch, to: part)
    case .reversedAgain:
      guard let original = earlier.reversed else { return }
      let reversal = reversalToday(of: original, postedMilliseconds: postedMilliseconds)
      try writeDraft(of: reversal, finding: .reversalRepeated, to: part)
    }
  }

  /// The exact mirror of an entry of an earlier date, effective on this one.
  private mutating func reversalToday(
    of original: DemoEntry, postedMilliseconds: Int
  ) -> DemoEntry {
    var entry = reversal(of: original)
    entry.effectiveDay = date.dayNumber
    entry.postedMilliseconds = postedMilliseconds
    entry.postedOffsetHours = 0
    return entry
  }
}
