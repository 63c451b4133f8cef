import GRDB
import GRDBSQLite
public import LedgerDomain

/// The number of rows a close wrote to the snapshot table, and an order-independent sum over them.
public struct RowTally: Hashable, Sendable {
  private var count = 0
  private var sums: (UInt64, UInt64) = (0, 0)

  /// Creates an empty tally.
  public init() {}

  /// Adds a row.
  public mutating func add(_ row: SnapshotRow) {
    count += 1
    let (first, second) = Self.words(row)
    sums.0 &+= first
    sums.1 &+= second
  }

  /// Removes a row that was added.
  public mutating func remove(_ row: SnapshotRow) {
    count -= 1
    let (first, second) = Self.words(row)
    sums.0 &-= first
    sums.1 &-= second
  }

  private static func words(_ row: SnapshotRow) -> (UInt64, UInt64) {
    let position = Fingerprint.mix(
      UInt64(row.key.packed), UInt64(UInt32(bitPattern: row.asOfDate.dayNumber)))
    let debit = UInt64(bitPattern: row.totals.debitMinor)
    let credit = UInt64(bitPattern: row.totals.creditMinor)
    return (
      Fingerprint.mix(Fingerprint.mix(position, debit), credit),
      Fingerprint.mix(Fingerprint.mix(position &+ 1, credit), debit)
    )
  }

  /// Whether both tallied the same rows.
  public static func == (left: RowTally, right: RowTally) -> Bool {
    left.count == right.count && left.sums == right.sums
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    hasher.combine(sums.0)
    hasher.combine(sums.1)
  }
}

extension BookReader {
  /// The tally of each close's rows in the snapshot table, in one pass over a tenant's rows.
  ///
  /// - Throws: `StoreError` with `altered_store` if a row is not a valid balance.
  public func snapshotTallies(_ state: TenantState) throws -> [CloseID: RowTally] {
    var tallies: [CloseID: RowTally] = [:]
    try forEachSnapshotRow(state, sql: "tenant_ref = ?1 AND ?2 = ?2", close: 0) { close, row in
      tallies[close, default: RowTally()].add(row)
    }
    return tallies
  }

  /// Every row of a close in the snapshot table, whatever its date, in the order of key and date.
  ///
  /// - Complexity: O(rows of the tenant).
  public func storedRows(_ state: TenantState, of close: CloseID) throws -> [SnapshotRow] {
    var rows: [SnapshotRow] = []
    try forEachSnapshotRow(state, sql: "tenant_ref = ?1 AND close_id = ?2", close: close.number) {
      rows.append($1)
    }
    return rows.sorted { ($0.key, $0.asOfDate) < ($1.key, $1.asOfDate) }
  }

  private func forEachSnapshotRow(
    _ state: TenantState, sql condition: String, close: Int64,
    _ body: (CloseID, SnapshotRow) throws -> Void
  ) throws {
    let statement = try RowStatement(
      db,
      """
      SELECT account_code, currency, layer, dr_balance_minor, cr_balance_minor, close_id, as_of_date
      FROM stored_snapshot WHERE \(condition)
      """)
    // Rows of a date are adjacent, so each date is parsed once.
    var (dateText, date): (String, BusinessDate?) = ("", nil)
    try statement.forEachRow { row in
      row.integer(1, state.reference)
      row.integer(2, close)
    } _: { row in
      let text = row.columnText(6)
      if text != dateText { (dateText, date) = (text, BusinessDate(text)) }
      let close = CloseID(row.columnInteger(5))
      guard let date, let balance = try? row.balance() else {
        throw Row.altered("an invalid balance of close \(close) as of '\(text)'")
      }
      try body(close, SnapshotRow(key: balance.key, asOfDate: date, totals: balance.totals))
    }
  }

  /// The digest of a close's record as it is stored now.
  public func recordDigest(of close: CloseID) throws -> String {
    try RecordDigest.of(close, in: db)
  }

  /// Contradictions between a tenant's row, the head of its chain and its closes.
  public func headFaults(_ state: TenantState, _ links: [StoredLink]) throws -> [String] {
    var faults: [String] = []
    if let first = links.first, state.firstDate != first.businessDate {
      faults.append(
        "the tenant's first date is stored as \(state.firstDate), but its first close, "
          + "\(first.closeID), is for \(first.businessDate)")
    }
    let head = try Row.fetchOne(
      db,
      sql: """
        SELECT close_id, close_count, chain_digest, unrecorded_through FROM chain_head
        WHERE tenant_ref = ?
        """, arguments: [state.reference])
    guard let head, let last = links.last else {
      return faults + ["the head of the tenant's chain is missing"]
    }
    let (close, count, digest): (Int64, Int, String) = (head[0], head[1], try head.text(2))
    if close != last.closeID.number || count != links.count || digest != last.chainDigest {
      faults.append(
        "the head of the chain records \(count.counted("close")), ending with close \(close), but "
          + "\(links.count) are stored, ending with close \(last.closeID): closes were removed or added"
      )
    }
    let unrecordedThrough: Int64 = head[3]
    for link in links
    where (link.recordDigest == nil) != (link.closeID.number <= unrecordedThrough) {
      faults.append("the digest of the record of close \(link.closeID) was removed or added")
    }
    // It must be a close of the tenant or 0: any other number would be right only by chance.
    if unrecordedThrough != links.last(where: { $0.recordDigest == nil })?.closeID.number ?? 0 {
      faults.append("the last close without a digest of its record is not \(unrecordedThrough)")
    }
    var previousChart: Int64?
    for link in links {
      if link.charts.previous != previousChart {
        faults.append(
          "close \(link.closeID) of \(link.businessDate) names the wrong previous chart")
      }
      previousChart = link.charts.own
    }
    return faults
  }

  /// The dates before which superseded versions were pruned, each with the head of the chain at that
  /// time, and what is wrong with them.
  public func prunings(
    _ state: TenantState, _ links: [StoredLink]
  ) throws -> (prunings: [(before: BusinessDate, head: CloseID, rows: Int)], faults: [String]) {
    let digests = Dictionary(
      links.map { ($0.closeID.number, $0.chainDigest) }, uniquingKeysWith: { $1 })
    var prunings: [(before: BusinessDate, head: CloseID, rows: Int)] = []
    var faults: [String] = []
    var previous: String?
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT before_date, head_close_id, pruned_at, rows_removed, digest, prune_id
        FROM stored_prune WHERE tenant_ref = ? ORDER BY prune_id
        """, arguments: [state.reference])
    for row in rows {
      let digest = PruneDigest.of(
        row[5], previous: previous, tenant: state.tenant, before: try row.text(0), head: row[1],
        chainDigest: digests[row[1]] ?? "", timestamp: try row.text(2), rows: row[3])
      previous = try row.text(4)
      if digest != previous {
        faults.append("pruning \(row[5] as Int64) no longer matches its digest")
      }
      prunings.append((try row.date(at: 0), CloseID(row[1]), row[3]))
    }
    // A pruning that a later one of more dates covers leaves no other trace.
    let (removed, marked) = (
      prunings.reduce(0) { $0 &+ $1.rows }, links.reduce(0) { $0 &+ ($1.pruned?.rows ?? 0) }
    )
    if removed != marked {
      faults.append(
        "the prunings record \(removed.counted("removed balance")), but the closes record \(marked): a "
          + "pruning was removed or added")
    }
    return (prunings, faults)
  }
}
