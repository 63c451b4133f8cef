import Foundation
import Glibc
import Testing

@Suite("A close that is killed")
struct KilledCloseTests {
  private static let closesWanted = 20

  /// What must not depend on what happened to the run.
  private static let essence = """
    SELECT tenant_id, business_date, status, records_read, input_digest, chain_digest
    FROM close_run ORDER BY tenant_id, business_date
    """

  /// Two tenants' ten dates of 5,000 entries each.
  private func demo() throws -> TestDirectory {
    let place = try TestDirectory()
    let demo = try place.tieout(
      "demo", "--out", ".", "--tenants", "2", "--dates", "10", "--entries", "5000",
      "--no-defects", "--compression", "1", "--seed", "4")
    #expect(demo.exitCode == 0)
    return place
  }

  /// Expects that the store holds whole closes only, in order and without gaps.
  private func expectWholeCloses(_ store: StoreReader) throws {
    #expect(try store.rows("PRAGMA integrity_check") == ["ok"])
    #expect(
      try store.rows(
        """
        SELECT close_id FROM close_run c WHERE records_read != 5000
          OR 5000 != (SELECT sum(records) FROM input_part p WHERE p.close_id = c.close_id)
          OR 4 > (SELECT count(DISTINCT check_name) FROM tie_out t WHERE t.close_id = c.close_id)
          OR NOT EXISTS (SELECT 1 FROM balance_snapshot s WHERE s.close_id = c.close_id)
        """) == [])
    for table in ["stored_snapshot", "stored_movement", "stored_finding", "stored_tie_out"] {
      let orphans = "SELECT close_id FROM \(table) EXCEPT SELECT close_id FROM close_run"
      #expect(try store.rows(orphans) == [], "\(table)")
    }
    #expect(
      try store.rows(
        """
        SELECT tenant_id FROM close_run GROUP BY tenant_id
        HAVING julianday(max(business_date)) - julianday(min(business_date)) + 1 != count(*)
        """) == [])
  }

  @Test("leaves whole closes only, and is finished by running it again")
  func killedCloseLeavesWholeCloses() throws {
    let place = try demo()
    let began = ContinuousClock.now
    let undisturbed = try place.tieout(
      "close", "--job", "job.yaml", "--store", "undisturbed.sqlite", "--reports", "undisturbed")
    let milliseconds = Int((ContinuousClock.now - began) / .milliseconds(1))
    #expect(undisturbed.exitCode == 0)
    for attempt in 1...5 {
      let run = try TieoutProcess(["close", "--job", "job.yaml"], in: place)
      usleep(UInt32(Int.random(in: 0...(milliseconds * attempt / 5)) * 1000))
      run.kill()
      _ = try run.wait()
      if place.exists("books.sqlite"), try hasSchema(place) {
        try expectWholeCloses(place.store())
      }
    }
    #expect(try place.tieout("close", "--job", "job.yaml").exitCode == 0)
    try expectWholeCloses(place.store())
    let expected = try place.store("undisturbed.sqlite").rows(Self.essence)
    #expect(expected.count == Self.closesWanted)
    #expect(try place.store().rows(Self.essence) == expected)
    let sets = try place.files("undisturbed").filter { $0.hasSuffix("trial-balance.csv") }
    #expect(sets.count == Self.closesWanted)
    for set in sets {
      #expect(try place.bytes("reports/\(set)") == place.bytes("undisturbed/\(set)"), "\(set)")
    }
  }

  /// Whether the run came as far as making the tables.
  private func hasSchema(_ place: TestDirectory) throws -> Bool {
    try !place.store().rows("SELECT 1 FROM sqlite_schema WHERE name = 'close_run'").isEmpty
  }

  @Test("before its first table was made is finished by running it again")
  func runKilledBeforeTheFirstTableIsFinished() throws {
    let place = try TestDirectory()
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05")])
    try place.store().execute("CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
    #expect(try place.close(through: "2026-01-05").exitCode == 0)
    #expect(try place.store().closes() == ["2026-01-05,closed"])
  }

  @Test("leaves the lock to the next run")
  func lockEndsWithTheProcess() throws {
    let place = try demo()
    let run = try TieoutProcess(["close", "--job", "job.yaml"], in: place)
    while !place.exists("books.sqlite") && run.isRunning { usleep(500) }
    let second = try place.tieout("close", "--job", "job.yaml")
    #expect(second.exitCode == 75)
    run.kill()
    _ = try run.wait()
    #expect(try place.tieout("close", "--job", "job.yaml", "--date", "2026-01-01").exitCode == 0)
  }
}
