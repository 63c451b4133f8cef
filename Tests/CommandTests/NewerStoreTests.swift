import Testing

@Suite("A store that a newer version migrated")
struct NewerStoreTests {
  @Test(
    "is left alone by every command, which says so",
    arguments: [
      ["close", "--exports", "exports", "--chart", "chart.csv", "--date", "2026-01-06"],
      [
        "close", "--exports", "exports", "--chart", "chart.csv", "--date", "2026-01-05",
        "--reclose",
      ],
      [
        "backfill", "--exports", "exports", "--chart", "chart.csv", "--from", "2026-01-05", "--to",
        "2026-01-05",
      ],
      [
        "backfill", "--exports", "exports", "--chart", "chart.csv", "--from", "2026-01-05", "--to",
        "2026-01-05", "--dry-run",
      ],
      ["status"], ["balance", "--tenant", TestDirectory.tenant], ["verify", "--store-only"],
      ["verify", "--exports", "exports"], ["backup", "--to", "copy.sqlite"],
      ["report", "--date", "2026-01-05", "--reports", "reports"],
      ["prune", "--before", "2026-01-07"], ["prune", "--before", "2026-01-07", "--dry-run"],
    ])
  func newerStoreIsLeftAlone(arguments: [String]) throws {
    let place = try TestDirectory()
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05")])
    #expect(try place.close(through: "2026-01-05").exitCode == 0)
    try place.store().execute("INSERT INTO grdb_migrations VALUES ('v99')")
    let before = try place.bytes("books.sqlite")
    let outcome = try TieoutProcess(arguments + ["--store", "books.sqlite"], in: place).wait()
    #expect(outcome.exitCode == 2)
    #expect(outcome.output == "")
    #expect(
      outcome.errors.contains("written by a newer Tieout. Use that version"), "\(outcome.errors)")
    #expect(try place.bytes("books.sqlite") == before)
    #expect(try place.names(".").filter { $0.hasPrefix("copy") || $0 == "reports" } == [])
  }
}
