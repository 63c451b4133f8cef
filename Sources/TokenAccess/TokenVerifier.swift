import JWTKit
public import LedgerDomain
import Synchronization

/// Who is asking, as a verified token says.
public struct Principal: Hashable, Sendable {
  /// Whose books may be read. It comes from the token and from nowhere else.
  public let tenant: TenantID
  /// What may be read.
  public let scopes: Set<String>
  /// When the token expires, in seconds since 1970-01-01 UTC.
  public let expiresAt: Double

  /// A principal of these.
  public init(tenant: TenantID, scopes: Set<String>, expiresAt: Double) {
    self.tenant = tenant
    self.scopes = scopes
    self.expiresAt = expiresAt
  }
}

/// Verifies tokens, and remembers those that were good until they expire or the keys change.
public final class TokenVerifier: Sendable {
  /// What a token must say.
  public struct Expectation: Sendable {
    /// Who issues tokens: `iss`.
    public let issuer: String
    /// Whom they must be for: one of `aud`.
    public let audience: String
    /// How far the clocks of issuer and server may be apart, in seconds.
    public let leewaySeconds: Double = 60

    /// Tokens of that issuer for that audience.
    public init(issuer: String, audience: String) {
      self.issuer = issuer
      self.audience = audience
    }
  }

  private let expectation: Expectation
  private let ring: KeySetCache
  private let now: @Sendable () -> Double
  private let verified = Mutex(VerifiedTokens())

  /// A verifier.
  ///
  /// - Parameter now: seconds since 1970-01-01 UTC.
  public init(expectation: Expectation, ring: KeySetCache, now: @escaping @Sendable () -> Double) {
    self.expectation = expectation
    self.ring = ring
    self.now = now
  }

  /// How many tokens were found among those that were verified before, and how many were verified.
  public var counts: (remembered: Int, verified: Int) { verified.withLock { $0.counts } }

  /// Who a token says is asking.
  ///
  /// - Throws: `TokenError` if the token does not hold.
  public func principal(_ token: String) async throws(TokenError) -> Principal {
    let generation = ring.generation
    if let known = verified.withLock({ $0.principal(token, generation: generation) }),
      known.expiresAt + expectation.leewaySeconds > now()
    {
      return known
    }
    let parts = try AccessToken(token)
    guard let (key, keyGeneration) = await ring.key(parts.keyName) else {
      guard ring.hasKeys else {
        throw TokenError(.noKeys, "the issuer's keys could not be had yet")
      }
      throw TokenError(.unknownKey, "no key of the issuer has that kid and algorithm")
    }
    guard key.name == parts.keyName.algorithm.rawValue,
      (try? key.verify(parts.signature, signs: parts.signedBytes)) == true
    else { throw TokenError(.badSignature, "the signature does not hold") }
    let principal = try check(try parts.claims())
    verified.withLock { $0.keep(principal, of: token, generation: keyGeneration) }
    return principal
  }

  private func check(_ claims: TokenClaims) throws(TokenError) -> Principal {
    guard claims.issuer == expectation.issuer else {
      throw TokenError(.wrongParty, "the token is of another issuer")
    }
    guard claims.audiences.contains(expectation.audience) else {
      throw TokenError(.wrongParty, "the token is for another audience")
    }
    let (now, leeway) = (now(), expectation.leewaySeconds)
    guard claims.expiresAt + leeway > now else {
      throw TokenError(.outsideValidity, "the token has expired")
    }
    guard (claims.notBefore ?? 0) - leeway <= now else {
      throw TokenError(.outsideValidity, "the token is not valid yet")
    }
    guard let tenant = TenantID(claims.tenant) else {
      throw TokenError(.badClaim, "tenant_id is not a UUID")
    }
    return Principal(tenant: tenant, scopes: claims.scopes, expiresAt: claims.expiresAt)
  }
}

/// Tokens that were good, in two halves: when the younger is full, the older is forgotten.
private struct VerifiedTokens {
  private static let halfMax = 8_192

  private var (young, old): ([String: Principal], [String: Principal]) = ([:], [:])
  private var generation = 0
  private(set) var counts = (remembered: 0, verified: 0)

  mutating func principal(_ token: String, generation: Int) -> Principal? {
    guard generation == self.generation else { return nil }
    guard let principal = young[token] ?? old[token] else { return nil }
    counts.remembered += 1
    return principal
  }

  mutating func keep(_ principal: Principal, of token: String, generation: Int) {
    if generation != self.generation {
      (young, old) = ([:], [:])
      self.generation = generation
    }
    if young.count >= Self.halfMax { (young, old) = ([:], young) }
    young[token] = principal
    counts.verified += 1
  }
}
