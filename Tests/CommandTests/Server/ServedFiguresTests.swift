import Foundation
import TestSupport
import Testing

@Suite("Served figures")
struct ServedFiguresTests {
  @Test("balances are the store's, for every key of every date")
  func balancesAreTheStores() throws {
    let place = try TestDirectory()
    _ = try place.tieout(
      "demo", "--all-defects", "--out", "demo", "--tenants", "1", "--dates", "3",
      "--entries", "60")
    _ = try place.tieout("close", "--job", "demo/job.yaml", "--store", "books.sqlite")
    let server = try ServerProcess(place)
    let rows = try place.store().table(
      """
      SELECT b.tenant_id, b.account_code, b.currency, b.layer, b.as_of_date, b.dr_balance_minor,
        b.cr_balance_minor, a.normal_side
      FROM current_balance b JOIN account a
        ON a.tenant_id = b.tenant_id AND a.account_code = b.account_code
      ORDER BY random() LIMIT 120
      """)
    #expect(rows.count == 120)
    for row in rows {
      let reply = try server.ask(
        "/accounts/\(row[1])/balance?currency=\(row[2])&layer=\(row[3])&as_of_date=\(row[4])",
        token: server.forge.good(tenant: row[0]))
      let (debit, credit) = (try #require(Int64(row[5])), try #require(Int64(row[6])))
      let signed = row[7] == "DR" ? debit - credit : credit - debit
      #expect(reply.status == 200)
      #expect(reply.member("dr_balance_minor") == row[5])
      #expect(reply.member("cr_balance_minor") == row[6])
      #expect(reply.member("normal_balance_minor") == "\(max(0, signed))")
      #expect(reply.fields["normal-balance-signed"] == "\(signed)")
      #expect(reply.member("as_of_date") == row[4])
    }
  }

  @Test("the reconciliation status is the report's")
  func reconciliationStatusIsTheReports() throws {
    let place = try TestDirectory()
    _ = try place.tieout(
      "demo", "--all-defects", "--out", "demo", "--tenants", "2", "--dates", "2",
      "--entries", "80")
    _ = try place.tieout("close", "--job", "demo/job.yaml", "--store", "books.sqlite")
    let server = try ServerProcess(place)
    for tenant in try place.reportedTenants("demo/reports") {
      for date in try place.names("demo/reports/\(tenant)") {
        let report = try JSONSerialization.jsonObject(
          with: Data(place.bytes("demo/reports/\(tenant)/\(date)/reconciliation.json")))
        let expected = try #require((report as? [String: Any])?["reconciliation_status"])
        let reply = try server.ask(
          "/reconciliation/status?as_of_date=\(date)", token: server.forge.good(tenant: tenant))
        let served = try JSONSerialization.jsonObject(with: Data(reply.body.utf8))
        #expect((expected as? NSDictionary) == (served as? NSDictionary))
      }
    }
  }

  @Test("figures come from the current store: one created later, one that replaces another")
  func replacedStoreIsServed() throws {
    let place = try TestDirectory()
    let server = try ServerProcess(place)
    let token = server.forge.good(tenant: TestDirectory.tenant)
    let path = "/accounts/1000/balance?currency=USD"
    #expect(try server.ask("/health/ready", token: nil).status == 503)
    #expect(try server.ask(path, token: token).status == 503)
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05", "500")])
    #expect(try place.close(through: "2026-01-05").exitCode == 0)
    #expect(try server.ask("/health/ready", token: nil).status == 200)
    #expect(try server.ask(path, token: token).member("dr_balance_minor") == "500")
    try place.export("2026-01-06", [TestDirectory.entry(2, on: "2026-01-06", "25")])
    #expect(try place.close(through: "2026-01-06").exitCode == 0)
    let second = try server.ask(path, token: token)
    #expect(second.member("dr_balance_minor") == "525")
    #expect(
      try place.tieout("backup", "--store", "books.sqlite", "--to", "copy.sqlite").exitCode == 0)
    try place.export("2026-01-07", [TestDirectory.entry(3, on: "2026-01-07", "5")])
    #expect(try place.close(through: "2026-01-07").exitCode == 0)
    #expect(try server.ask(path, token: token).member("dr_balance_minor") == "530")
    #expect(rename(place.path("copy.sqlite"), place.path("books.sqlite")) == 0)
    let restored = try server.ask(path, token: token)
    #expect(restored.member("dr_balance_minor") == "525")
    #expect(restored.fields["etag"] == second.fields["etag"])
    try place.remove("books.sqlite")
    #expect(try server.ask(path, token: token).status == 503)
    try place.write("books.sqlite", "no store at all, but a text of some length")
    #expect(try server.ask(path, token: token).status == 503)
    #expect(try server.ask("/health/live", token: nil).status == 200)
  }
}
