import Foundation
import Testing

@Suite("tieout verify")
struct VerifyCommandTests {
  private func place() throws -> TestDirectory {
    let place = try TestDirectory()
    for day in 5...7 {
      let date = "2026-01-0\(day)"
      try place.export(date, [TestDirectory.entry(day, on: date)], part: "part-00000.ndjson.gz")
    }
    #expect(try place.close(through: "2026-01-07").exitCode == 0)
    return place
  }

  private func verify(_ place: TestDirectory, _ more: String...) throws -> CommandOutcome {
    try TieoutProcess(
      ["verify", "--store", "books.sqlite", "--exports", "exports"] + more, in: place
    ).wait()
  }

  private func document(_ outcome: CommandOutcome) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  @Test("exits 0 if nothing differs, without a chart and without writing anything")
  func equalBooksExitWith0() throws {
    let place = try place()
    try place.remove("chart.csv")
    let (names, bytes) = (try place.files("."), try place.bytes("books.sqlite"))
    let outcome = try verify(place)
    #expect(outcome.exitCode == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.hasSuffix("the store matches the exports\n"))
    #expect(try document(verify(place, "--json"))["exit_code"] as? Int == 0)
    #expect(
      try place.files(".").filter { !$0.hasPrefix(".") } == names.filter { !$0.hasPrefix(".") })
    #expect(try place.bytes("books.sqlite") == bytes)
  }

  @Test("exits 1 if an export or a row differs")
  func differencesExitWith1() throws {
    let place = try place()
    try place.export(
      "2026-01-06", [TestDirectory.entry(6, on: "2026-01-06", "501")], part: "part-00000.ndjson.gz")
    let outcome = try verify(place)
    #expect(outcome.exitCode == 1)
    #expect(outcome.output.contains("DIFFERS  close 2 of 2026-01-06"))
    #expect(try verify(place, "--from", "2026-01-07").exitCode == 0)
    #expect(try verify(place, "--store-only").exitCode == 0)
    try place.store().execute("UPDATE input_part SET records = 9 WHERE close_id = 3")
    let json = try document(verify(place, "--store-only", "--json"))
    #expect(json["exit_code"] as? Int == 1)
    #expect((json["differences"] as? [[String: Any]])?.first?["close_id"] as? Int == 3)
  }

  @Test("exits 2 if a part is cut short, and says where")
  func truncatedPartExitsWith2() throws {
    let place = try place()
    let part = "\(TestDirectory.dateDirectory("2026-01-06"))/part-00000.ndjson.gz"
    try place.write(part, try place.bytes(part).dropLast(5).map { $0 })
    let outcome = try verify(place, "--format", "json")
    #expect(outcome.exitCode == 2)
    let tenants = try #require(try document(outcome)["tenants"] as? [[String: Any]])
    let failure = try #require(tenants.first?["failure"] as? [String])
    #expect(failure.count == 1)
    #expect(failure[0].contains("2026-01-06") && failure[0].contains("part-00000.ndjson.gz"))
    #expect(tenants.first?["dates_read"] as? Int == 2)
  }

  @Test("exits 64 for what makes no sense")
  func usageErrorsExitWith64() throws {
    let place = try place()
    #expect(try verify(place, "--from", "2026-01-07", "--to", "2026-01-05").exitCode == 64)
    #expect(try verify(place, "--from", "7 January").exitCode == 64)
    #expect(try place.tieout("verify", "--store", "books.sqlite").exitCode == 64)
    #expect(try place.tieout("verify", "--exports", "exports").exitCode == 64)
  }
}
