import GRDB
import Glibc
import Testing

/// Reads all the time while runs write. `TIEOUT_CLOSES` says how many closes there are.
@Suite("A reader while dates are closed")
struct ReadDuringCloseTests {
  private static let tenants = 2
  /// Of January and February.
  private static let dates = min(
    59, max(2, CampaignSize.number("TIEOUT_CLOSES", otherwise: 24) / tenants))

  /// Another process's connection, open all the time, which changes nothing.
  private final class Reader {
    private let queue: DatabaseQueue
    private(set) var sights = 0
    /// How many closes were seen.
    private(set) var counts: Set<Int> = []

    init(_ store: StoreReader) throws {
      var configuration = Configuration()
      configuration.readonly = true
      configuration.busyMode = .timeout(30)
      queue = try DatabaseQueue(path: store.path, configuration: configuration)
    }

    /// Expects whole closes in one state, and of each tenant all recloses or none.
    ///
    /// - Parameter recloses: how many there are to be in the end, by tenant.
    func look(recloses: [String: Int]) throws {
      let (faults, closes, replaced) = try queue.read { db in
        (
          try WholeBooks.faults(db),
          try Int.fetchOne(db, sql: "SELECT count(*) FROM close_run") ?? 0,
          try Row.fetchAll(
            db,
            sql: """
              SELECT tenant_id, count(replaces_close_id) FROM close_run GROUP BY tenant_id
              """
          ).map { (tenant: $0[0] as String, count: $0[1] as Int) }
        )
      }
      #expect(faults == [])
      for (tenant, count) in replaced {
        #expect(count == 0 || count == recloses[tenant], "\(tenant): \(count) of \(recloses)")
      }
      sights += 1
      counts.insert(closes)
    }
  }

  @Test("sees whole closes only, and recloses all or none")
  func readersSeeWholeClosesOnly() throws {
    let ledger = try CampaignLedger(
      tenants: Self.tenants, last: Self.date(Self.dates), dates: Self.dates, entries: 20)
    let stand = try ledger.stand(for: .close)
    let first = try stand.start(["close", "--date", "2026-01-01"], exports: "exports").wait()
    #expect(first.exitCode == 0, "\(first.errors)")
    let reader = try Reader(stand.store)
    for day in 2...Self.dates {
      let run = try stand.start(["close", "--date", Self.date(day)], exports: "exports")
      while run.isRunning { try reader.look(recloses: [:]) }
      #expect(try run.wait().exitCode == 0)
    }
    try reader.look(recloses: [:])
    let closed = try stand.store.rows("SELECT 1 FROM close_run").count
    #expect(closed == Self.tenants * Self.dates)
    let run = try ledger.run(.reclose, on: stand)
    let changed = try Self.changedDates(ledger)
    while run.isRunning { try reader.look(recloses: changed) }
    #expect(try run.wait().exitCode == 0)
    try reader.look(recloses: changed)
    let recloses = try stand.store.rows(
      "SELECT 1 FROM close_run WHERE replaces_close_id IS NOT NULL")
    #expect(recloses.count == changed.values.reduce(0, +))
    #expect(reader.counts.count > Self.dates / 2)
    CampaignSize.say(
      "reading: \(reader.sights) sights of \(reader.counts.count) states of \(closed) closes and "
        + "\(recloses.count) recloses")
  }

  /// How many dates were exported again with other records, by tenant.
  private static func changedDates(_ ledger: CampaignLedger) throws -> [String: Int] {
    var changed: [String: Int] = [:]
    for part in try ledger.place.files("changed") {
      let (old, new) = (
        try ledger.place.bytes("exports/\(part)"), try ledger.place.bytes("changed/\(part)")
      )
      // `tenant_id=<tenant>/date=<date>/part-00000.ndjson`
      let tenant = part.drop { $0 != "=" }.dropFirst().prefix { $0 != "/" }
      if old != new { changed[String(tenant), default: 0] += 1 }
    }
    return changed
  }

  /// A day of the year, from 1.
  private static func date(_ day: Int) -> String {
    let dayOfMonth = (day - 1) % 31 + 1
    return "2026-0\(day > 31 ? 2 : 1)-\(dayOfMonth < 10 ? "0" : "")\(dayOfMonth)"
  }
}
