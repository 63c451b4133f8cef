import LedgerDomain
import Synchronization
import TestSupport
import Testing

@testable import TokenAccess

@Suite("Which tokens hold")
struct TokenVerifierTests {
  private static let tenant = "0f000000-0000-4000-8000-00000000000a"
  private let forge = TokenForge(now: 1_700_000_000)
  private let file = KeyFile()

  private func verifier(now: @escaping @Sendable () -> Double) async throws -> TokenVerifier {
    try file.write(try forge.keySet())
    let ring = try file.ring()
    await ring.refresh()
    return TokenVerifier(
      expectation: .init(issuer: forge.issuer, audience: forge.audience), ring: ring, now: now)
  }

  @Test("good ones do, of either algorithm, and say whose books may be read")
  func good() async throws {
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
      #expect(principal.scopes == ["hpts:balances:read", "hpts:reconciliation:read"])
    }
  }

  @Test(
    "every attack is refused", arguments: TokenAttack.all(.init(now: 1_700_000_000), tenant: tenant)
  )
  func attacks(attack: TokenAttack) async throws {
    let verifier = try await verifier { 1_700_000_000 }
    await #expect(throws: TokenError.self) { try await verifier.principal(attack.token) }
    #expect(verifier.counts == (remembered: 0, verified: 0))
  }

  @Test("clocks may be a minute apart, and a remembered token expires as well")
  func leeway() async throws {
    let clock = NowBox(now: 1_700_000_000)
    let verifier = try await verifier { clock.now.withLock { $0 } }
    let token = forge.good(tenant: Self.tenant)
    _ = try await verifier.principal(token)
    clock.now.withLock { $0 = 1_700_000_659 }
    _ = try await verifier.principal(token)
    #expect(verifier.counts.remembered == 1)
    clock.now.withLock { $0 = 1_700_000_660 }
    await #expect(throws: TokenError(.outsideValidity, "the token has expired")) {
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

  @Test("what is remembered is bounded, and what was forgotten is verified again")
  func bounded() async throws {
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
    #expect(verifier.counts == (remembered: 0, verified: 2 * 8_192 + 2))
  }
}

private final class NowBox: Sendable {
  let now: Mutex<Double>
  init(now: Double) { self.now = Mutex(now) }
}
