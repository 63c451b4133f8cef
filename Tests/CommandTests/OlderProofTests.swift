import Foundation
import Testing

@Suite("The balances of a store that an older version wrote")
struct OlderProofTests {
  private func place(_ corpus: String) throws -> TestDirectory {
    let place = try TestDirectory()
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Corpus/\(corpus)")
    try place.store().execute(try String(contentsOf: file, encoding: .utf8))
    try place.makeDirectory("exports")
    return place
  }

  private func balance(_ place: TestDirectory, _ date: String) throws -> CommandOutcome {
    try place.tieout(
      "balance", "1000", "--store", "books.sqlite", "--tenant", TestDirectory.tenant, "--as-of",
      date, "--format", "csv")
  }

  @Test(
    "are proved by the migration, as they were",
    arguments: ["store-v1.sql", "store-v5.sql", "store-v6.sql"])
  func migratedBalancesAreProved(corpus: String) throws {
    let place = try place(corpus)
    _ = try place.tieout("recover", "--store", "books.sqlite")
    #expect(try balance(place, "2026-01-07").errors.contains("older Tieout"))
    // Whatever opens the store for writing migrates it.
    _ = try place.close(through: "2026-01-07")
    let current = try place.store().table(
      """
      SELECT as_of_date, dr_balance_minor, cr_balance_minor FROM current_balance
      WHERE account_code = '1000' ORDER BY 1
      """)
    #expect(current.count == 3)
    for row in current {
      let outcome = try balance(place, row[0])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(outcome.output.contains(",\(row[1]),\(row[2]),"), "\(outcome.output)")
    }
    let verified = try place.tieout("verify", "--store", "books.sqlite", "--store-only")
    #expect(verified.exitCode == 0, "\(verified.output)")
  }

  @Test("get no proof where their close no longer matches its digest")
  func damagedCloseIsNotProved() throws {
    let place = try place("store-v1.sql")
    try place.store().execute(
      "UPDATE stored_snapshot SET dr_balance_minor = 9 WHERE close_id = 3 AND as_of_date = '2026-01-06'"
    )
    _ = try place.close(through: "2026-01-07")
    #expect(try balance(place, "2026-01-05").output.contains(",620,0,"))
    for date in ["2026-01-06", "2026-01-07"] {
      let outcome = try balance(place, date)
      #expect(outcome.exitCode == 2 && outcome.output.isEmpty)
      #expect(outcome.errors.contains("altered_store"), "\(outcome.errors)")
    }
    let verified = try place.tieout("verify", "--store", "books.sqlite", "--store-only")
    #expect(verified.exitCode == 1 && verified.output.contains("close 3"))
  }
}
