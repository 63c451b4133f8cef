import Foundation
import Testing

@Suite("tieout status")
struct StatusCommandTests {
  private func place() throws -> TestDirectory {
    let place = try TestDirectory()
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05")])
    try place.export(
      "2026-01-05", [TestDirectory.entry(2, on: "2026-01-05"), "no JSON"],
      tenant: TestDirectory.otherTenant)
    try place.write(
      "\(TestDirectory.dateDirectory("2026-01-05", tenant: TestDirectory.otherTenant))/manifest.json",
      #"{"entry_count":7}"#)
    #expect(try place.close(through: "2026-01-05").exitCode == 1)
    try place.export("2026-01-06", [])
    #expect(try place.close(through: "2026-01-06").exitCode == 2)
    return place
  }

  @Test("tells per tenant up to when its books are closed, and how")
  func everyTenantHasItsClosedDates() throws {
    let place = try place()
    let outcome = try place.tieout("status", "--store", "books.sqlite", "--format", "csv")
    #expect(outcome.exitCode == 0)
    let columns = [
      "tenant_id", "first_date", "closed_through", "status", "records_quarantined", "breaks",
    ]
    #expect(
      CSVTable(outcome.output).selecting(columns) == [
        [TestDirectory.tenant, "2026-01-05", "2026-01-06", "closed", "0", ""],
        [
          TestDirectory.otherTenant, "2026-01-05", "2026-01-05", "closed_with_breaks", "1",
          "completeness",
        ],
      ])
  }

  @Test("of a tenant without books is no empty list")
  func unknownTenantIsAnError() throws {
    let place = try place()
    let outcome = try place.tieout(
      "status", "--store", "books.sqlite", "--tenant", "99999999-8591-45e3-abcf-f39bbbbf0f6b")
    #expect(outcome.exitCode == 2 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("has no books"))
  }

  @Test("agrees with the store")
  func statusAgreesWithTheStore() throws {
    let place = try place()
    let outcome = try place.tieout("status", "--store", "books.sqlite", "--format", "json")
    let short = try place.tieout("status", "--store", "books.sqlite", "--json")
    #expect(short.output == outcome.output)
    let rows = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
    let said = rows.map { row in
      ["tenant_id", "last_close_id", "last_closed_date", "finished_at", "chain_digest"]
        .map { row[$0] as? String ?? "" }.joined(separator: ",")
    }
    #expect(
      try said
        == place.store().rows(
          """
          SELECT tenant_id, max(close_id), business_date, finished_at, chain_digest FROM close_run
          GROUP BY tenant_id ORDER BY tenant_id
          """))
  }

  @Test("can be asked of one tenant")
  func oneTenantCanBeChosen() throws {
    let outcome = try place().tieout(
      "status", "--store", "books.sqlite", "--format", "csv", "--tenant", TestDirectory.otherTenant)
    #expect(outcome.exitCode == 0)
    #expect(CSVTable(outcome.output).selecting(["tenant_id"]) == [[TestDirectory.otherTenant]])
  }

  @Test("of a store without closes is a table without rows")
  func storeWithoutClosesHasNoRows() throws {
    let place = try TestDirectory()
    try place.write("exports/_readme", "")
    #expect(try place.close(through: "2026-01-05").exitCode == 2)
    let outcome = try place.tieout("status", "--store", "books.sqlite")
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.split(separator: "\n").count == 1)
  }
}
