import LedgerDomain

/// The statements of an account that count so far, so that what a later one repeats counts once.
struct StatementHistory {
  private struct Day {
    let date: BusinessDate
    let openingMinor: Int128
    /// Its first entry in `entries`.
    let start: Int
  }

  private var days: [Day] = []
  private var entries: [SourcedEntry] = []
  /// The last closing date and balance.
  private(set) var last: (date: BusinessDate?, closingMinor: AmountMinor)?

  init(priorClosingMinor: AmountMinor?) {
    last = priorClosingMinor.map { (nil, $0) }
  }

  mutating func append(_ statements: [JoinedStatement], on date: BusinessDate) {
    guard let first = statements.first, let final = statements.last else { return }
    days.append(Day(date: date, openingMinor: first.openingMinor, start: entries.count))
    entries += statements.flatMap(\.entries)
    last = (date, final.closing.amountMinor)
  }

  /// The statement without the entries that counted before, if it continues the last closing balance then.
  ///
  /// That is so for downloads that begin on the same date each time, and for periods that overlap. What it
  /// repeats may come to nothing, so that it seems to continue as it is.
  func continuation(of statement: JoinedStatement) -> JoinedStatement? {
    guard let last else { return nil }
    let gone = Int128(last.closingMinor) - statement.openingMinor
    for start in cuts(for: statement) {
      let known = entries[start...]
      guard !known.isEmpty, known.reduce(Int128(0), { $0 + Int128($1.amountMinor) }) == gone,
        let rest = RepeatedEntries.removing(known, from: statement.entries)
      else { continue }
      var continued = statement
      continued.entries = rest
      continued.opening = StatementBalance(
        amountMinor: last.closingMinor, date: last.date ?? statement.closing.date)
      return continued
    }
    return nil
  }

  /// A statement after a gap, without entries that the bank has named before.
  func withoutKnownEntries(_ statement: JoinedStatement) -> JoinedStatement {
    guard let start = cuts(for: statement).first else { return statement }
    var unknown = statement
    unknown.entries = RepeatedEntries.removingNamed(entries[start...], from: statement.entries)
    if unknown.opening == nil { unknown.opening = statement.impliedOpening }
    return unknown
  }

  /// Where what the statement repeats may begin: with a day that opened as it does, or with the first date
  /// that it books on. The earliest comes first, so that it leaves the least.
  private func cuts(for statement: JoinedStatement) -> [Int] {
    let booked = statement.entries.map(\.entry.bookingDate).min()
    guard let begin = [booked, statement.opening?.date].compactMap(\.self).min() else { return [] }
    let earliest = begin.advanced(by: -7)
    let recent = days.indices.reversed().prefix { days[$0].date >= earliest }
    let opened = recent.filter { days[$0].openingMinor == statement.openingMinor }
    var cuts = [opened.first, opened.last].compactMap(\.self).map { days[$0].start }
    let firstRecent = recent.last.map { days[$0].start } ?? entries.count
    if let booked,
      let start = entries[firstRecent...].firstIndex(where: { $0.entry.bookingDate >= booked })
    {
      cuts.append(start)
    }
    return Set(cuts).sorted()
  }
}

extension JoinedStatement {
  fileprivate var impliedOpening: StatementBalance? {
    AmountMinor(exactly: openingMinor).map {
      StatementBalance(amountMinor: $0, date: closing.date)
    }
  }
}
