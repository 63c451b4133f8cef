import TestSupport
import Testing

@Suite("Tenant isolation")
struct TenantIsolationTests {
  private static let third = "0f000000-0000-4000-8000-00000000000c"
  private static let tenants = [TestDirectory.tenant, TestDirectory.otherTenant, third]

  /// Three tenants with different amounts, accounts and dates; only the second has account 4000.
  private func books() throws -> TestDirectory {
    let place = try TestDirectory()
    for (number, tenant) in Self.tenants.enumerated() {
      var chart = "account_code,account_name,normal_side\n1000,Cash \(number),DR\n3000,Capital,CR\n"
      if number == 1 { chart += "4000,Secret,DR\n" }
      try place.write("charts/\(tenant).csv", chart)
      for day in 5...(6 + number) {
        let date = "2026-01-0\(day)"
        let amount = "\((number + 1) * 1_111 + day)"
        let entry = TestDirectory.entry(
          number * 100 + day, on: date, amount, debit: number == 1 ? "4000" : "1000")
        try place.export(date, [entry], tenant: tenant)
      }
      let outcome = try place.tieout(
        "close", "--exports", "exports", "--chart", "charts", "--store", "books.sqlite", "--date",
        "2026-01-0\(6 + number)", "--tenant", tenant)
      #expect(outcome.exitCode == 0, "\(outcome.errors)\(outcome.output)")
    }
    return place
  }

  @Test("naming another tenant in path, query, header or tag has no effect")
  func namingAnotherTenantHasNoEffect() throws {
    let place = try books()
    let server = try ServerProcess(place)
    func tokenOf(_ tenant: String) -> String { server.forge.good(tenant: tenant) }
    let paths = [
      "/accounts/1000/balance?currency=USD", "/accounts/4000/balance?currency=USD",
      "/accounts/1000/balance?currency=USD&as_of_date=2026-01-05", "/reconciliation/status",
      "/reconciliation/status?as_of_date=2026-01-07", "/accounts/3000/balance?currency=USD",
      "/accounts/1000/balance?currency=EUR",
    ]
    for asking in Self.tenants {
      for other in Self.tenants where other != asking {
        for path in paths {
          let alone = try server.ask(path, token: tokenOf(asking)).lasting
          let theirs = try server.ask(path, token: tokenOf(other))
          let separator = path.contains("?") ? "&" : "?"
          let named = try server.ask(
            path, token: tokenOf(asking), "-H", "Tenant-Id: \(other)", "-H",
            "X-Tenant-Id: \(other)", "-H", "Cookie: tenant_id=\(other)", "-H",
            "If-Match: \(theirs.fields["etag"] ?? "x")", "-H", "X-Forwarded-User: \(other)")
          #expect(named.lasting == alone)
          let tagged = try server.ask(
            path, token: tokenOf(asking), "-H", "If-None-Match: \(theirs.fields["etag"] ?? "x")")
          #expect(tagged.lasting == alone, "another tenant's tag does not match")
          let queried = try server.ask(
            path + separator + "tenant_id=\(other)", token: tokenOf(asking))
          #expect(queried.status == 400)
          #expect(!queried.body.contains("Secret"))
          for place in ["/\(other)" + path, "/tenants/\(other)" + path] {
            let pathed = try server.ask(place, token: tokenOf(asking))
            #expect(pathed.status == 404)
            #expect(pathed.member("code") == "not_found")
          }
        }
      }
    }
  }

  @Test("another tenant's account gives the same response as a nonexistent one")
  func anotherTenantsAccountDoesNotExist() throws {
    let place = try books()
    let server = try ServerProcess(place)
    for tenant in [TestDirectory.tenant, Self.third] {
      let token = server.forge.good(tenant: tenant)
      for suffix in ["", "&as_of_date=2026-01-05", "&layer=PENDING", "&as_of_date=2030-01-01"] {
        let theirs = try server.ask("/accounts/4000/balance?currency=USD\(suffix)", token: token)
        let missing = try server.ask("/accounts/4001/balance?currency=USD\(suffix)", token: token)
        #expect(theirs.status == 404)
        #expect(theirs.lasting == missing.lasting.replacing("4001", with: "4000"))
      }
    }
    let nobody = server.forge.good(tenant: "0f000000-0000-4000-8000-0000000000ff")
    let reply = try server.ask("/accounts/4000/balance?currency=USD", token: nobody)
    #expect(reply.member("code") == "not_closed")
  }

  @Test("a close changes only its tenant's tag")
  func closeChangesOnlyItsTenantsTag() throws {
    let place = try books()
    let server = try ServerProcess(place)
    func tags() throws -> [String?] {
      try Self.tenants.map {
        try server.ask("/reconciliation/status", token: server.forge.good(tenant: $0)).fields[
          "etag"]
      }
    }
    let before = try tags()
    #expect(Set(before).count == 3)
    try place.export("2026-01-07", [TestDirectory.entry(999, on: "2026-01-07")])
    let outcome = try place.tieout(
      "close", "--exports", "exports", "--chart", "charts", "--store", "books.sqlite", "--date",
      "2026-01-07", "--tenant", TestDirectory.tenant)
    #expect(outcome.exitCode == 0)
    let after = try tags()
    #expect(after[0] != before[0])
    #expect(after[1...] == before[1...])
  }
}
