import DailyClose
import LedgerDomain
import SnapshotStore

/// Verifies a tenant's stored books from their first close on, without the exports.
///
/// Each close is replayed from opening balances and movements alone. This gives the rows it must have
/// written, and thereby its chain digest. The stored rows are then compared with those. Anything that
/// was changed, added or removed shows there, or in a record, which has its own digest.
struct StoreVerification {
  private static let rowsNamedMax = 10

  private let reader: BookReader
  private let state: TenantState
  private let links: [StoredLink]
  private let prunings: [(before: BusinessDate, head: CloseID, rows: Int)]
  private(set) var found: TenantVerification

  init(reader: BookReader, state: TenantState) throws {
    self.reader = reader
    self.state = state
    links = try reader.links(state)
    let pruned = try reader.prunings(state, links)
    prunings = pruned.prunings
    // The first date in the tenant's row may be wrong; it is compared below.
    found = TenantVerification(
      tenant: state.tenant,
      dates: (links.map(\.businessDate).min() ?? state.closedThrough)...state.closedThrough)
    let faults =
      try reader.headFaults(state, links) + pruned.faults + reader.certificationFaults(state)
      + reader.acceptanceFaults(state) + reader.identifierFaults(state, links)
      + reader.bankFaults(state) + reader.proofFaults(state, links)
    for fault in faults { differ(fault) }
  }

  /// Verifies everything.
  mutating func verify() throws {
    checkOrder()
    var walk = Walk(firstDate: links.first?.businessDate ?? state.firstDate)
    for (index, link) in links.enumerated() {
      do {
        try verify(link, previous: index > 0 ? links[index - 1] : nil, &walk)
      } catch let error as StoreError {
        walk.isBroken = true
        differ("close \(link.closeID): \(error.message)", link)
      } catch let error as BalanceOverflow {
        walk.isBroken = true
        differ("close \(link.closeID): \(error)", link)
      }
    }
    found.counts.closes = links.count
    if !walk.isBroken { try compareRows(walk) }
    noteOldRecords()
  }

  /// The state of the replay from close to close.
  private struct Walk {
    var replay: BalanceReplay
    var expected: [CloseID: RowTally] = [:]
    var prunedRows: [CloseID: Int] = [:]
    /// The current close of each date.
    var currentCloses: [BusinessDate: CloseID] = [:]
    /// Set once a close's movements are not those that it was closed with: later closes cannot be replayed.
    var isBroken = false

    init(firstDate: BusinessDate) { replay = BalanceReplay(firstDate: firstDate) }
  }

  private mutating func verify(
    _ link: StoredLink, previous: StoredLink?, _ walk: inout Walk
  ) throws {
    for fault in try reader.faults(inColumnsOf: link, state) { differ(fault, link) }
    if let digest = link.recordDigest, try reader.recordDigest(of: link.closeID) != digest {
      differ(
        "the record of close \(link.closeID) (its header, parts, findings, tie-outs or restatements) no longer "
          + "matches its digest", link)
    }
    let movements = try reader.movements(link.closeID)
    if walk.isBroken { return try verifyAlone(link, movements) }
    let rows = try replay(link, movements, &walk)
    found.counts.rows += rows.count
    let snapshot = rows.map { SnapshotRow(key: $0.key, asOfDate: $0.asOfDate, totals: $0.totals) }
    let digest = try reader.digest(
      of: link, state, movements: movements, rows: snapshot, isWhole: true)
    guard digest == link.chainDigest else {
      walk.isBroken = true
      try explain(link, movements, snapshot)
      return
    }
    try verifyRestatements(link, rows)
    if link.pruned != nil { try verifyRemains(link, movements) }
  }

  /// Replays a close, and counts the rows it must have written and the earlier rows that were pruned.
  private mutating func replay(
    _ link: StoredLink, _ movements: [Movement], _ walk: inout Walk
  ) throws -> [BalanceReplay.Row] {
    let rows: [BalanceReplay.Row]
    if let replaced = walk.currentCloses[link.businessDate] {
      rows = try walk.replay.reclose(
        link.closeID, date: link.businessDate,
        replacing: (replaced, try reader.movements(replaced)), movements: movements)
    } else {
      rows = try walk.replay.close(
        link.closeID, openings: link.previous == nil ? try reader.openings(state) : [],
        movements: movements)
    }
    walk.currentCloses[link.businessDate] = link.closeID
    for row in rows {
      walk.expected[link.closeID, default: RowTally()].add(
        SnapshotRow(key: row.key, asOfDate: row.asOfDate, totals: row.totals))
      guard let superseded = row.supersedes, let before = row.before,
        prunings.contains(where: { row.asOfDate < $0.before && link.closeID <= $0.head })
      else { continue }
      walk.expected[superseded]?.remove(
        SnapshotRow(key: row.key, asOfDate: row.asOfDate, totals: before))
      walk.prunedRows[superseded, default: 0] += 1
    }
    return rows
  }

  /// The digest of a close whose balances cannot be replayed, over the rows that are stored.
  private mutating func verifyAlone(_ link: StoredLink, _ movements: [Movement]) throws {
    let rows = try reader.storedRows(state, of: link.closeID)
    let digest = try reader.digest(of: link, state, movements: movements, rows: rows)
    if digest != link.pruned?.remainingDigest ?? link.chainDigest {
      differ("the rows of close \(link.closeID) no longer match their digest", link)
    }
  }

  /// Describes how a close differs whose chain digest does not follow from its movements.
  private mutating func explain(
    _ link: StoredLink, _ movements: [Movement], _ expected: [SnapshotRow]
  ) throws {
    let stored = try reader.storedRows(state, of: link.closeID)
    let digest = try reader.digest(of: link, state, movements: movements, rows: stored)
    if digest == link.pruned?.remainingDigest ?? link.chainDigest {
      differ(
        "the balances of close \(link.closeID) do not match its movements and the previous close",
        link)
      compare(link, expected: expected, stored: stored)
    } else {
      differ(
        "close \(link.closeID) no longer matches its chain digest: a movement, an opening balance, the input "
          + "digest, or the digest of this or the previous close was changed", link)
    }
    found.notes.append(
      "Closes after \(link.closeID) build on it, so they were compared only with their own digests."
    )
  }

  private mutating func verifyRestatements(
    _ link: StoredLink, _ rows: [BalanceReplay.Row]
  ) throws {
    let expected = rows.filter {
      $0.before != $0.totals && (link.replaces != nil || $0.asOfDate < link.businessDate)
    }.map {
      Restatement(
        key: $0.key, asOfDate: $0.asOfDate, before: $0.before ?? .zero, after: $0.totals)
    }
    found.counts.restatements += expected.count
    if try reader.restatements(link.closeID) != expected {
      differ(
        "the restatements of close \(link.closeID) do not match its movements", link)
    }
  }

  private mutating func verifyRemains(_ link: StoredLink, _ movements: [Movement]) throws {
    let rows = try reader.storedRows(state, of: link.closeID)
    let digest = try reader.digest(of: link, state, movements: movements, rows: rows)
    if digest != link.pruned?.remainingDigest {
      differ(
        "the rows that pruning left of close \(link.closeID) no longer match their digest", link)
    }
  }

  /// Compares the rows that are stored with those that the closes must have written.
  private mutating func compareRows(_ walk: Walk) throws {
    let stored: [CloseID: RowTally]
    do {
      stored = try reader.snapshotTallies(state)
    } catch let error as StoreError {
      differ(error.message)
      return
    }
    var wrong: Set<CloseID> = []
    for close in Set(stored.keys).union(walk.expected.keys)
    where stored[close] ?? RowTally() != walk.expected[close] ?? RowTally() {
      wrong.insert(close)
    }
    for link in links where link.pruned?.rows ?? 0 != walk.prunedRows[link.closeID] ?? 0 {
      differ(
        "the number of rows pruned from close \(link.closeID) differs from the number recorded",
        link)
    }
    if wrong.isEmpty { return }
    try name(wrong)
  }

  /// Replays the books once more, to name the rows of some closes that differ.
  private mutating func name(_ wrong: Set<CloseID>) throws {
    var walk = Walk(firstDate: state.firstDate)
    var rows: [CloseID: [SnapshotRow]] = [:]
    for link in links {
      for row in try replay(link, try reader.movements(link.closeID), &walk) {
        if wrong.contains(link.closeID) {
          rows[link.closeID, default: []].append(
            SnapshotRow(key: row.key, asOfDate: row.asOfDate, totals: row.totals))
        }
        if let superseded = row.supersedes, wrong.contains(superseded),
          prunings.contains(where: { row.asOfDate < $0.before && link.closeID <= $0.head })
        {
          rows[superseded]?.removeAll { $0.key == row.key && $0.asOfDate == row.asOfDate }
        }
      }
    }
    for link in links where wrong.contains(link.closeID) {
      compare(
        link, expected: rows[link.closeID] ?? [],
        stored: try reader.storedRows(state, of: link.closeID))
    }
  }

  private mutating func compare(
    _ link: StoredLink, expected: [SnapshotRow], stored: [SnapshotRow]
  ) {
    struct Place: Hashable {
      let key: BalanceKey
      let date: BusinessDate
    }
    let place = { (row: SnapshotRow) in Place(key: row.key, date: row.asOfDate) }
    let wanted = Dictionary(expected.map { (place($0), $0.totals) }, uniquingKeysWith: { $1 })
    let present = Dictionary(stored.map { (place($0), $0.totals) }, uniquingKeysWith: { $1 })
    let places = Set(wanted.keys).union(present.keys).filter { wanted[$0] != present[$0] }
      .sorted { ($0.key, $0.date) < ($1.key, $1.date) }
    func text(_ totals: DebitCreditTotals?) -> String {
      totals.map { "\($0.debitMinor) DR \($0.creditMinor) CR" } ?? "no row"
    }
    for place in places.prefix(Self.rowsNamedMax) {
      differ(
        "close \(link.closeID), balance of \(place.key) as of \(place.date): stored \(text(present[place])), "
          + "expected \(text(wanted[place]))", link)
    }
    if places.count > Self.rowsNamedMax {
      differ(
        "close \(link.closeID): balances that also differ: \(places.count - Self.rowsNamedMax)",
        link)
    }
  }

  /// Checks that the dates are consecutive and that each close names the previous one.
  private mutating func checkOrder() {
    var (previous, last): (CloseID?, BusinessDate?) = (nil, nil)
    var standing: [BusinessDate: CloseID] = [:]
    for link in links {
      if link.previous != previous {
        differ(
          "close \(link.closeID) follows close \(previous?.description ?? "-"), but records close "
            + "\(link.previous?.description ?? "-") as the previous one: a close was removed or added",
          link)
      }
      if link.replaces != standing[link.businessDate] {
        differ("close \(link.closeID) does not replace the close that it records as replaced", link)
      }
      if let last, standing[link.businessDate] == nil, link.businessDate != last.advanced(by: 1) {
        differ(
          "close \(link.closeID) is for \(link.businessDate), which does not follow \(last)", link)
      }
      standing[link.businessDate] = link.closeID
      last = max(last ?? link.businessDate, link.businessDate)
      previous = link.closeID
    }
  }

  private mutating func noteOldRecords() {
    let count = links.filter { $0.recordDigest == nil }.count
    guard count > 0 else { return }
    found.notes.append(
      "An older version of Tieout wrote \(count.counted("close")), whose findings, tie-outs and parts have "
        + "no digest."
    )
  }

  private mutating func differ(_ message: String, _ link: StoredLink? = nil) {
    found.differences.append(
      Difference(
        tenant: state.tenant, close: link?.closeID, date: link?.businessDate, message: message))
  }
}
