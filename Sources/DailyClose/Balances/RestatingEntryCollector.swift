public import LedgerDomain

/// Which of a date's accepted entries are kept, to explain what the close restates.
public enum RestatingEntryScope: Sendable {
  /// None: nothing is closed yet that could be restated.
  case nothing
  /// Those that are effective before that date: what a close of a new date restates.
  case before(BusinessDate)
  /// Any, since the date is closed again: what changed is known once all are read.
  case everything
}

/// Keeps the entries that may restate a date: a limited number for each key, and their exact count.
public struct RestatingEntryCollector {
  private struct GroupKey: Hashable {
    let key: BalanceKey
    /// Set only if the date is closed again; then only some dates of a key need an explanation.
    let effectiveDate: BusinessDate?
  }

  private struct Group {
    var entries: [RestatingEntry] = []
    var count = 0
  }

  private let scope: RestatingEntryScope
  private let limit: Int
  private var groups: [GroupKey: Group] = [:]

  /// Creates an empty collector.
  ///
  /// - Parameters:
  ///   - scope: which entries to keep.
  ///   - limit: how many entries to keep for a key (and date, if the date is closed again).
  public init(_ scope: RestatingEntryScope, limit: Int) {
    self.scope = scope
    self.limit = limit
  }

  /// Whether an entry with that effective date may restate a closed date.
  @inline(__always)
  public func includes(_ effectiveDate: BusinessDate) -> Bool {
    switch scope {
    case .nothing: false
    case .before(let date): effectiveDate < date
    case .everything: true
    }
  }

  /// Counts an entry, and keeps it if there is room.
  public mutating func add(_ entry: JournalEntry, file: String, record: Int) {
    for (key, totals) in Self.totals(of: entry) {
      let groupKey = groupKey(key, entry.effectiveDate)
      groups[groupKey, default: Group()].count += 1
      guard groups[groupKey].map({ $0.entries.count < limit }) == true else { continue }
      groups[groupKey]?.entries.append(
        RestatingEntry(
          key: key, entry: entry.id, effectiveDate: entry.effectiveDate, posted: entry.posted,
          totals: totals, file: file, record: record))
    }
  }

  /// Removes an entry that was added before.
  public mutating func withdraw(_ entry: JournalEntry, record: Int) {
    for (key, _) in Self.totals(of: entry) {
      let groupKey = groupKey(key, entry.effectiveDate)
      groups[groupKey]?.count -= 1
      groups[groupKey]?.entries.removeAll { $0.record == record }
    }
  }

  /// Adds what the collector of the next part has.
  public mutating func merge(_ other: RestatingEntryCollector) {
    for (groupKey, group) in other.groups {
      groups[groupKey, default: Group()].count += group.count
      let room = limit - (groups[groupKey]?.entries.count ?? 0)
      groups[groupKey]?.entries += group.entries.prefix(max(0, room))
    }
  }

  /// The entries behind some changes of the movement, and how many there are for each key.
  ///
  /// - Parameter changes: what restates, in the order of key and effective date.
  /// - Returns: in the order of key, effective date, part and record; at most `limit` for each key.
  public func entries(
    behind changes: [Movement]
  ) -> (entries: [RestatingEntry], counts: [RestatingCount]) {
    var entries: [RestatingEntry] = []
    var counts: [RestatingCount] = []
    var start = changes.startIndex
    while start < changes.endIndex {
      let key = changes[start].key
      let end = changes[start...].firstIndex { $0.key != key } ?? changes.endIndex
      let groupKeys = Set(changes[start..<end].map { groupKey(key, $0.effectiveDate) })
      start = end
      let found = groupKeys.compactMap { groups[$0] }
      let kept = found.flatMap(\.entries).sorted(by: Self.precedes).prefix(limit)
      entries += kept
      counts.append(
        RestatingCount(key: key, count: found.reduce(0) { $0 + $1.count }, kept: kept.count))
    }
    return (entries, counts)
  }

  private static func precedes(_ left: RestatingEntry, _ right: RestatingEntry) -> Bool {
    if left.effectiveDate != right.effectiveDate { return left.effectiveDate < right.effectiveDate }
    if left.file != right.file { return left.file.utf8.lexicographicallyPrecedes(right.file.utf8) }
    return left.record < right.record
  }

  private func groupKey(_ key: BalanceKey, _ effectiveDate: BusinessDate) -> GroupKey {
    if case .everything = scope { return GroupKey(key: key, effectiveDate: effectiveDate) }
    return GroupKey(key: key, effectiveDate: nil)
  }

  /// What an entry moves, key by key. A sum past 64 bits stays empty: it fails the close anyway.
  private static func totals(of entry: JournalEntry) -> [BalanceKey: DebitCreditTotals] {
    var sums: [BalanceKey: WideTotals] = [:]
    for line in entry.lines {
      sums[line.key, default: WideTotals()].add(line.amountMinor, line.direction)
    }
    return sums.mapValues { $0.narrowed ?? .zero }
  }
}
