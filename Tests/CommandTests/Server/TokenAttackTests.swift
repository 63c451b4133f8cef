import Foundation
import TestSupport
import Testing

@Suite("Token attacks over HTTP")
struct TokenAttackTests {
  @Test("every attack is refused with a problem, and no token is logged")
  func attacksAreRefusedAndNotLogged() throws {
    let place = try TestDirectory()
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05", "500")])
    _ = try place.close(through: "2026-01-05")
    let server = try ServerProcess(place)
    let path = "/accounts/1000/balance?currency=USD"
    let good = server.forge.good(tenant: TestDirectory.tenant)
    #expect(try server.ask(path, token: good).status == 200)
    let attacks = TokenAttack.all(server.forge, tenant: TestDirectory.tenant)
    #expect(attacks.count > 80)
    for attack in attacks {
      let reply = try server.ask(path, token: attack.token)
      // An invalid header field is refused before the token is examined.
      #expect([400, 401, 431].contains(reply.status), "\(attack): \(reply.status)")
      #expect(reply.fields["content-type"] == "application/problem+json", "\(attack)")
      #expect(reply.status != 401 || reply.fields["www-authenticate"] != nil, "\(attack)")
      #expect(!reply.body.contains("balance"), "\(attack)")
    }
    let scope = server.forge.good(tenant: TestDirectory.tenant, ["scope": "\"hpts:ledger:read\""])
    #expect(try server.ask(path, token: scope).status == 403)
    for place in ["?access_token=\(good)", "?currency=USD&token=\(good)"] {
      #expect(try server.ask("/accounts/1000/balance\(place)", token: nil).status == 401)
    }
    #expect(try server.ask("/accounts/\(good)/balance?currency=USD", token: good).status == 400)
    usleep(300_000)
    let log = try server.log()
    #expect(log.contains("getAccountBalance"))
    for token in [good, scope] + attacks.map(\.token) where token.count > 40 {
      #expect(!log.contains(token.suffix(40)))
    }
  }

  @Test("tokens of a withdrawn key are refused")
  func withdrawnKeyIsRefused() throws {
    let place = try TestDirectory()
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05", "500")])
    _ = try place.close(through: "2026-01-05")
    let server = try ServerProcess(place)
    let path = "/accounts/1000/balance?currency=USD"
    let token = server.forge.good(tenant: TestDirectory.tenant)
    #expect(try server.ask(path, token: token).status == 200)
    try place.write("keys.json", "{\"keys\":[\(server.forge.curveMember())]}")
    server.signal(SIGHUP)
    let deadline = ContinuousClock.now + .seconds(10)
    while try server.ask(path, token: token).status == 200, ContinuousClock.now < deadline {
      usleep(50_000)
    }
    #expect(try server.ask(path, token: token).status == 401)
  }
}
