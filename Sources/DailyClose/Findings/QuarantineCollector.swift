public import LedgerDomain

/// Adds up quarantined records exactly by their code, and keeps the first of each code in the order of
/// parts and records, up to a limit.
public struct QuarantineCollector {
  private struct Group {
    var sum = QuarantineSum()
    /// In the order of parts and records.
    var kept: [QuarantinedRecord] = []

    /// Keeps a record if it is among the first. Repetitions are found after a part was read, so a
    /// record may come after later ones.
    mutating func keep(_ record: QuarantinedRecord, limit: Int) {
      var index = kept.endIndex
      while index > 0, record.place.record < kept[index - 1].place.record { index -= 1 }
      guard index < limit else { return }
      kept.insert(record, at: index)
      if kept.count > limit { kept.removeLast() }
    }
  }

  private let limit: Int
  private var groups: [FindingCode: Group] = [:]

  /// An empty collector that keeps at most `limit` records of a code.
  public init(limit: Int) {
    self.limit = limit
  }

  /// Adds a record of one part.
  ///
  /// - Parameters:
  ///   - code: why it was quarantined: its first error.
  ///   - place: where it is.
  ///   - entry: the entry's identifier, if it could be read.
  ///   - lines: its lines, if their amounts can be added up.
  public mutating func add(
    _ code: FindingCode, at place: RecordPlace, entry: JournalEntryID?,
    lines: UnsafeBufferPointer<JournalLine>?
  ) {
    var totals: [CurrencyLayer: WideTotals] = [:]
    for line in lines ?? UnsafeBufferPointer(start: nil, count: 0) {
      totals[line.key.pair, default: WideTotals()].add(line.amountMinor, line.direction)
    }
    let record = QuarantinedRecord(
      place: place, code: code, entry: entry,
      totals: totals.sorted { $0.key < $1.key }.map {
        CurrencyLayerTotals(pair: $0.key, totals: $0.value)
      })
    groups[code, default: Group()].sum.add(record)
    groups[code]?.keep(record, limit: limit)
  }

  /// Adds what the collector of the next part has.
  public mutating func merge(_ other: QuarantineCollector) {
    for (code, group) in other.groups {
      groups[code, default: Group()].sum.add(group.sum)
      let room = limit - (groups[code]?.kept.count ?? 0)
      groups[code]?.kept += group.kept.prefix(max(0, room))
    }
  }

  /// The records for each reason, in the order of the codes.
  public var counts: [QuarantineCount] {
    FindingCode.allCases.compactMap { code in
      groups[code].map { QuarantineCount(code: code, sum: $0.sum, kept: $0.kept.count) }
    }
  }

  /// The records kept, in the order of code, part and record.
  public var records: [QuarantinedRecord] {
    FindingCode.allCases.flatMap { groups[$0]?.kept ?? [] }
  }
}
