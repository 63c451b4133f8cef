import Foundation
import GRDB
import Testing

@Suite("A store that an older version wrote")
struct OlderStoreTests {
  /// What no migration may change.
  private static let essence = [
    "SELECT * FROM balance_snapshot ORDER BY 1, 2, 3, 4, 5, 6",
    "SELECT * FROM current_balance ORDER BY 1, 2, 3, 4, 5, 6",
    "SELECT * FROM movement ORDER BY 1, 2, 3, 4, 5, 6",
    "SELECT * FROM finding ORDER BY 1, 4, 6, 7",
    "SELECT * FROM restatement ORDER BY 1, 2, 3, 4, 5, 6",
    "SELECT * FROM tie_out ORDER BY 1, 4, 5",
    "SELECT * FROM input_part ORDER BY 1, 2",
    "SELECT tenant_id, account_code, account_name, normal_side, close_id FROM account ORDER BY 1, 2",
    "SELECT * FROM opening_balance ORDER BY 1, 2, 3, 4",
    """
    SELECT close_id, tenant_id, business_date, status, records_read, entries_accepted,
      records_quarantined, started_at, finished_at, input_digest, chain_digest
    FROM close_run ORDER BY 1
    """,
  ]

  /// The store with its exports: 5 to 7 January, with a quarantined record, backdated entries and one
  /// dated ahead.
  private func place() throws -> TestDirectory {
    let place = try TestDirectory()
    try place.export(
      "2026-01-05",
      [
        TestDirectory.entry(1, on: "2026-01-05", "500"),
        TestDirectory.entry(2, on: "2026-01-05", effective: "2026-01-07", "7"), "not json",
      ])
    try place.export(
      "2026-01-06", [TestDirectory.entry(3, on: "2026-01-06", effective: "2026-01-05", "20")])
    try place.export(
      "2026-01-07",
      [
        TestDirectory.entry(4, on: "2026-01-07", "11"),
        TestDirectory.entry(5, on: "2026-01-07", effective: "2026-01-06", "3"),
      ])
    let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Corpus/store-v1.sql")
    let sql = try String(contentsOf: corpus, encoding: .utf8)
    try place.store().execute(sql)
    return place
  }

  private func essence(_ place: TestDirectory) throws -> [[String]] {
    try Self.essence.map { try place.store().rows($0) }
  }

  /// What `tieout balance` says of every date as known at every close.
  private func answers(_ place: TestDirectory) throws -> [String] {
    try ["2026-01-05", "2026-01-06", "2026-01-07"].flatMap { date in
      try ["1", "2", "3"].map { close in
        let outcome = try place.tieout(
          "balance", "--store", "books.sqlite", "--tenant", TestDirectory.tenant, "--as-of", date,
          "--known-at", close, "--format", "csv")
        return "\(date) \(close) \(outcome.exitCode) \(outcome.output)"
      }
    }
  }

  private func verify(_ place: TestDirectory, _ more: String...) throws -> CommandOutcome {
    try TieoutProcess(
      ["verify", "--store", "books.sqlite", "--exports", "exports"] + more, in: place
    ).wait()
  }

  @Test(
    "is not read as it is: who asks is told what to do, and it stays as it is",
    arguments: [
      ["status"], ["balance", "--tenant", TestDirectory.tenant], ["verify", "--store-only"],
      ["verify", "--exports", "exports"], ["backup", "--to", "copy.sqlite"],
      ["report", "--date", "2026-01-05", "--reports", "reports"],
      ["prune", "--before", "2026-01-07", "--dry-run"],
    ])
  func olderStoreIsNotRead(arguments: [String]) throws {
    let place = try place()
    let before = try place.bytes("books.sqlite")
    let outcome = try TieoutProcess(arguments + ["--store", "books.sqlite"], in: place).wait()
    #expect(outcome.exitCode == 2)
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("older Tieout. Run tieout close once"), "\(outcome.errors)")
    #expect(try place.bytes("books.sqlite") == before)
    #expect(!place.exists("copy.sqlite") && !place.exists("copy.sqlite.partial"))
  }

  @Test("is migrated by the next close, and keeps what it says")
  func nextCloseMigratesTheStore() throws {
    let place = try place()
    let before = try essence(place)
    #expect(try place.close(through: "2026-01-07").exitCode == 0)
    #expect(try essence(place) == before)
    #expect(
      try place.store().rows("SELECT identifier FROM grdb_migrations ORDER BY 1") == [
        "v1", "v2", "v3", "v4", "v5", "v6", "v7",
      ])
    #expect(
      try place.store().rows("SELECT close_id, close_count, unrecorded_through FROM chain_head")
        == ["3,3,3"])
    let answers = try answers(place)
    #expect(answers[0].contains("2026-01-05,1000,Cash,USD,SETTLED,600,0,600,6.00"))
    #expect(answers[1].contains(",620,0,"))
    #expect(answers[3].contains("2026-01-06 1 2 "))
    #expect(answers[8].contains("2026-01-07,1000,Cash,USD,SETTLED,641,0,641,6.41"))
  }

  @Test("verifies once migrated, with a note on what has no digest")
  func migratedStoreVerifies() throws {
    let place = try place()
    #expect(try place.close(through: "2026-01-07").exitCode == 0)
    for outcome in [try verify(place, "--store-only"), try verify(place)] {
      #expect(outcome.exitCode == 0, "\(outcome.output)")
      #expect(outcome.output.contains("An older version of Tieout wrote 3 closes"))
    }
    try place.export("2026-01-08", [TestDirectory.entry(6, on: "2026-01-08", "1")])
    #expect(try place.close(through: "2026-01-08").exitCode == 1)
    #expect(
      try verify(place).output.contains("An older version of Tieout wrote 3 closes"))
    try place.store().execute("UPDATE stored_snapshot SET dr_balance_minor = 1 WHERE close_id = 2")
    #expect(try verify(place, "--store-only").exitCode == 1)
  }

  @Test("has its quarantined records open by their number, until somebody accepts them")
  func olderQuarantineIsOpen() throws {
    let place = try place()
    try place.export("2026-01-08", [TestDirectory.entry(6, on: "2026-01-08", "1")])
    let outcome = try place.close(through: "2026-01-08")
    #expect(outcome.exitCode == 1)
    #expect(
      outcome.output.contains("An older version of Tieout closed 2026-01-05 and kept no amounts."))
    let accept = [
      "accept", "--store", "books.sqlite", "--tenant", TestDirectory.tenant, "--by", "Ada",
      "--note", "Seen", "--date",
    ]
    let record = try TieoutProcess(
      accept + ["2026-01-05", "--record", "part-00000.ndjson:3"], in: place
    ).wait()
    #expect(record.errors.contains("did not keep its quarantined records one by one"))
    let all = try TieoutProcess(accept + ["2026-01-01", "--to", "2026-01-08"], in: place).wait()
    #expect(all.exitCode == 0, "\(all.errors)")
    #expect(try place.store().rows("SELECT close_id, name FROM acceptance") == ["1,Ada"])
    try place.export("2026-01-09", [TestDirectory.entry(7, on: "2026-01-09", "1")])
    #expect(try place.close(through: "2026-01-09").exitCode == 0)
    #expect(try verify(place, "--store-only").exitCode == 0)
  }

  @Test("cannot be passed off as older than it is")
  func removedDigestIsFound() throws {
    let place = try place()
    try place.export("2026-01-08", [TestDirectory.entry(6, on: "2026-01-08", "1")])
    #expect(try place.close(through: "2026-01-08").exitCode == 1)
    try place.store().execute("UPDATE stored_close SET record_digest = NULL")
    #expect(try verify(place, "--store-only").output.contains("record of close 4"))
  }

  @Test("can be pruned, closed again and reported like any other")
  func migratedStoreCanBePrunedAndClosedAgain() throws {
    let place = try place()
    let reports = ["report", "--store", "books.sqlite", "--date", "2026-01-05", "--to"]
    // Pruning migrates by itself.
    let pruned = try place.tieout("prune", "--store", "books.sqlite", "--before", "2026-01-06")
    #expect(pruned.exitCode == 0, "\(pruned.errors)")
    #expect(pruned.output.contains(TestDirectory.tenant))
    #expect(try place.store().rows("SELECT sum(rows_removed) > 0 FROM prune_run") == ["1"])
    #expect(try verify(place).exitCode == 0)
    let before = try answers(place)
    #expect(
      try place.tieout("prune", "--store", "books.sqlite", "--before", "2026-01-08").exitCode == 0)
    #expect(try answers(place) == before)
    let old = try TieoutProcess(reports + ["2026-01-07", "--reports", "reports"], in: place).wait()
    #expect(old.exitCode == 0, "\(old.errors)")
    #expect(old.output.split(separator: "\n").count == 3)
    try place.export(
      "2026-01-06", [TestDirectory.entry(3, on: "2026-01-06", effective: "2026-01-05", "25")])
    let again = try place.close(through: "2026-01-06", "--reclose")
    #expect(again.exitCode == 1, "\(again.errors)\(again.output)")
    #expect(
      try place.store().rows("SELECT replaces_close_id FROM close_run WHERE close_id = 4") == ["2"])
    #expect(try verify(place).exitCode == 0)
    #expect(try answers(place) == before)
    let new = try TieoutProcess(reports + ["2026-01-07", "--reports", "reports"], in: place).wait()
    #expect(new.exitCode == 0, "\(new.errors)")
  }

  @Test("is told once that its time zone is not known, which the next close records")
  func timeZone() throws {
    let place = try place()
    let idle = try place.close(through: "2026-01-07", "--time-zone", "Europe/Berlin")
    #expect(!idle.output.contains("did not record their time zone"), "\(idle.output)")
    try place.export("2026-01-08", [])
    let next = try place.close(through: "2026-01-08")
    #expect(next.exitCode < 2, "\(next.output)")
    #expect(next.output.contains("through 2026-01-07 and did not record their time zone"))
    try place.export("2026-01-09", [])
    let later = try place.close(through: "2026-01-09")
    #expect(!later.output.contains("did not record"))
    let other = try place.close(through: "2026-01-09", "--time-zone", "Europe/Berlin")
    #expect(other.output.contains("UTC (since close 4 of 2026-01-08)"), "\(other.output)")
    #expect(try verify(place).exitCode == 0)
    try place.store().execute(
      """
      INSERT INTO stored_basis (close_id, time_zone, identifier_count, identifier_page_bits,
        reversal_count, reversal_digest)
      VALUES (3, 'Europe/Berlin', 0, 0, 0, '')
      """)
    #expect(try verify(place).output.contains("stored_basis holds a row of close 3"))
  }
}
