import LedgerDomain
import Synchronization
import TestSupport
import Testing

@testable import TokenAccess

@Suite("Token verification")
struct TokenVerifierTests {
  private static let tenant = "0f000000-0000-4000-8000-00000000000a"
  private let forge = TokenForge(now: 1_700_000_000)
  private let file = KeyFile()

  private func verifier(now: @escaping @Sendable () -> Double) async throws -> TokenVerifier {
    try file.write(try forge.keySet())
    let cache = try file.cache()
    await cache.refresh()
    return TokenVerifier(
      expectation: .init(issuer: forge.issuer, audience: forge.audience), keys: cache, now: now)
  }

  @Test("valid tokens of either algorithm name the tenant and the scopes")
  func validTokensNameThePrincipal() async throws {
    let verifier = try await verifier { 1_700_000_000 }
    let curve = forge.token(
      header: #"{"alg":"ES256","typ":"at+jwt","kid":"ec-1"}"#,
      claims: forge.claims(tenant: Self.tenant), signed: .ellipticCurve)
    for token in [
      forge.good(tenant: Self.tenant), curve, forge.good(tenant: Self.tenant.uppercased()),
      forge.good(tenant: Self.tenant, ["aud": "[\"other\",\"tieout\"]"]),
      forge.good(tenant: Self.tenant, ["nbf": nil]),
      forge.good(tenant: Self.tenant, ["exp": "1700000600.5"]),
    ] {
      let principal = try await verifier.principal(token)
      #expect(principal.tenant == TenantID(Self.tenant))
      #expect(
        principal.scopes == [
          ExactText("hpts:balances:read"), ExactText("hpts:reconciliation:read"),
        ])
    }
  }

  @Test(
    "every attack is refused", arguments: TokenAttack.all(.init(now: 1_700_000_000), tenant: tenant)
  )
  func attackIsRefused(attack: TokenAttack) async throws {
    let verifier = try await verifier { 1_700_000_000 }
    await #expect(throws: TokenError.self) { try await verifier.principal(attack.token) }
    #expect(verifier.counts.cached == 0)
  }

  @Test("clocks may differ by a minute, and a cached token expires as well")
  func leewayIsAMinute() async throws {
    let clock = ManualClock(now: 1_700_000_000)
    let verifier = try await verifier { clock.now.withLock { $0 } }
    let token = forge.good(tenant: Self.tenant)
    _ = try await verifier.principal(token)
    clock.now.withLock { $0 = 1_700_000_659 }
    _ = try await verifier.principal(token)
    #expect(verifier.counts.cached == 1)
    clock.now.withLock { $0 = 1_700_000_660 }
    await #expect(throws: TokenError(.outsideValidity, "The token has expired")) {
      try await verifier.principal(token)
    }
    clock.now.withLock { $0 = 1_700_000_000 - 65 }
    let early = forge.good(tenant: Self.tenant, ["jti": "\"2\""])
    _ = try await verifier.principal(early)
    clock.now.withLock { $0 = 1_700_000_000 - 66 }
    await #expect(throws: TokenError.self) {
      try await verifier.principal(forge.good(tenant: Self.tenant, ["jti": "\"3\""]))
    }
  }

  @Test("identifiers are compared by their bytes: the Kelvin sign is not K")
  func identifiersAreComparedByBytes() async throws {
    try file.write(
      "{\"keys\":[\(try forge.rsaMember(kid: "K1")),\(try forge.rsaMember(kid: "e\u{301}"))]}")
    let cache = try file.cache()
    await cache.refresh()
    let verifier = TokenVerifier(
      expectation: .init(issuer: forge.issuer, audience: "K"), keys: cache,
      now: { 1_700_000_000 })
    func token(kid: String, audience: String = "K", number: Int = 0) -> String {
      forge.token(
        header: "{\"alg\":\"RS256\",\"kid\":\"\(kid)\"}",
        claims: forge.claims(
          tenant: Self.tenant, ["aud": "\"\(audience)\"", "jti": "\(number)"]))
    }
    _ = try await verifier.principal(token(kid: "K1"))
    _ = try await verifier.principal(token(kid: "e\u{301}"))
    for kid in ["\u{212A}1", "\u{E9}", "k1"] {
      await #expect(throws: TokenError.self, "\(kid)") {
        try await verifier.principal(token(kid: kid))
      }
    }
    await #expect(throws: TokenError.self) {
      try await verifier.principal(token(kid: "K1", audience: "\u{212A}"))
    }
    // A cached token is found by its bytes as well.
    let number = try #require((0..<100).first { token(kid: "K1", number: $0).contains("K") })
    let cached = token(kid: "K1", number: number)
    _ = try await verifier.principal(cached)
    let other = String(
      decoding: cached.utf8.flatMap { $0 == 0x4B ? Array("\u{212A}".utf8) : [$0] }, as: UTF8.self)
    #expect(other == cached, "Swift compares them by canonical equivalence")
    await #expect(throws: TokenError.self) { try await verifier.principal(other) }
  }

  @Test("a token bound to a client certificate is accepted from that client only")
  func boundTokenNeedsItsCertificate() async throws {
    let verifier = try await verifier { 1_700_000_000 }
    let thumbprint = [UInt8](0..<32)
    let text = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
    let token = forge.good(tenant: Self.tenant, ["cnf": "{\"x5t#S256\":\"\(text)\"}"])
    for _ in 0..<2 {
      let principal = try await verifier.principal(token, certificateThumbprint: thumbprint)
      #expect(principal.certificateThumbprint == thumbprint)
      for other in [nil, [UInt8](1..<33), []] {
        await #expect(throws: TokenError.self) {
          try await verifier.principal(token, certificateThumbprint: other)
        }
      }
    }
    let unbound = forge.good(tenant: Self.tenant)
    _ = try await verifier.principal(unbound, certificateThumbprint: thumbprint)
  }

  @Test("the token cache is bounded, and evicted tokens are verified again")
  func cacheIsBounded() async throws {
    let verifier = try await verifier { 1_700_000_000 }
    let first = forge.good(tenant: Self.tenant)
    _ = try await verifier.principal(first)
    for number in 0..<(2 * 8_192) {
      let curve = forge.token(
        header: #"{"alg":"ES256","kid":"ec-1"}"#,
        claims: forge.claims(tenant: Self.tenant, ["jti": "\(number)"]), signed: .ellipticCurve)
      _ = try await verifier.principal(curve)
    }
    _ = try await verifier.principal(first)
    #expect(verifier.counts == (cached: 0, verified: 2 * 8_192 + 2))
  }
}

private final class ManualClock: Sendable {
  let now: Mutex<Double>
  init(now: Double) { self.now = Mutex(now) }
}
