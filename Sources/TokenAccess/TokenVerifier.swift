import JWTKit
public import LedgerDomain
import Synchronization

/// The client that a verified token identifies.
public struct Principal: Hashable, Sendable {
  /// The tenant whose books may be read. It comes from the token and from nowhere else.
  public let tenant: TenantID
  /// The scopes that the token grants.
  public let scopes: Set<ExactText>
  /// When the token expires, in seconds since 1970-01-01 UTC.
  public let expiresAt: Double
  /// The SHA-256 of the client certificate to which the token is bound; `nil` if anybody may send it.
  public let certificateThumbprint: [UInt8]?

  /// A principal with these properties.
  public init(
    tenant: TenantID, scopes: Set<ExactText>, expiresAt: Double,
    certificateThumbprint: [UInt8]? = nil
  ) {
    self.tenant = tenant
    self.scopes = scopes
    self.expiresAt = expiresAt
    self.certificateThumbprint = certificateThumbprint
  }
}

/// Verifies tokens, and caches valid ones until they expire or the key set changes.
public final class TokenVerifier: Sendable {
  /// What a token must contain.
  public struct Expectation: Sendable {
    /// The issuer: `iss`.
    public let issuer: String
    /// The audience: one of `aud`.
    public let audience: String
    /// The allowed difference between the issuer's clock and the server's, in seconds.
    public let leewaySeconds: Double = 60

    /// Tokens from an issuer for an audience.
    public init(issuer: String, audience: String) {
      self.issuer = issuer
      self.audience = audience
    }
  }

  private let expectation: Expectation
  private let keys: KeySetCache
  private let now: @Sendable () -> Double
  private let verified = Mutex(VerifiedTokens())

  /// Creates a verifier.
  ///
  /// - Parameter now: the time in seconds since 1970-01-01 UTC.
  public init(expectation: Expectation, keys: KeySetCache, now: @escaping @Sendable () -> Double) {
    self.expectation = expectation
    self.keys = keys
    self.now = now
  }

  /// How many tokens were found in the cache, and how many were verified.
  public var counts: (cached: Int, verified: Int) { verified.withLock { $0.counts } }

  /// The principal of a token.
  ///
  /// - Parameters:
  ///   - token: the token as sent.
  ///   - certificateThumbprint: the SHA-256 of the sender's client certificate; `nil` without mutual TLS.
  /// - Throws: `TokenError` if the token is not valid, or bound to another sender.
  public func principal(
    _ token: String, certificateThumbprint: [UInt8]? = nil
  ) async throws(TokenError) -> Principal {
    let principal = try await principal(of: ExactText(token))
    // Compared for each request, since the same token may come from another connection.
    guard
      principal.certificateThumbprint == nil
        || principal.certificateThumbprint == certificateThumbprint
    else {
      throw TokenError(
        .wrongSender,
        certificateThumbprint == nil
          ? "The token is bound to a client certificate, which this listener does not ask for"
          : "The token is bound to another client certificate")
    }
    return principal
  }

  private func principal(of token: ExactText) async throws(TokenError) -> Principal {
    guard let generation = keys.generation else {
      throw TokenError(.noKeys, "The issuer's keys could not be fetched, or not for too long")
    }
    if let known = verified.withLock({ $0.principal(token, generation: generation) }),
      known.expiresAt + expectation.leewaySeconds > now()
    {
      return known
    }
    let parts = try AccessToken(token.text)
    guard let (key, keyGeneration) = await keys.key(parts.keyID) else {
      throw TokenError(.unknownKey, "The issuer has no key with this kid and algorithm")
    }
    guard key.name == parts.keyID.algorithm.rawValue,
      (try? key.verify(parts.signature, signs: parts.signedBytes)) == true
    else { throw TokenError(.badSignature, "The signature is invalid") }
    let principal = try check(try parts.claims())
    verified.withLock { $0.insert(principal, of: token, generation: keyGeneration) }
    return principal
  }

  private func check(_ claims: TokenClaims) throws(TokenError) -> Principal {
    guard claims.issuer == ExactText(expectation.issuer) else {
      throw TokenError(.wrongParty, "The token is from another issuer")
    }
    guard claims.audiences.contains(ExactText(expectation.audience)) else {
      throw TokenError(.wrongParty, "The token is for another audience")
    }
    let (now, leeway) = (now(), expectation.leewaySeconds)
    guard claims.expiresAt + leeway > now else {
      throw TokenError(.outsideValidity, "The token has expired")
    }
    guard claims.notBefore - leeway <= now else {
      throw TokenError(.outsideValidity, "The token is not valid yet")
    }
    guard let tenant = TenantID(claims.tenant) else {
      throw TokenError(.badClaim, "The claim tenant_id is not a UUID")
    }
    return Principal(
      tenant: tenant, scopes: claims.scopes, expiresAt: claims.expiresAt,
      certificateThumbprint: claims.certificateThumbprint)
  }
}

/// Valid tokens in two generations: when the younger is full, the older is discarded.
private struct VerifiedTokens {
  private static let tokensPerGenerationMax = 8_192

  private var (young, old): ([ExactText: Principal], [ExactText: Principal]) = ([:], [:])
  private var generation = 0
  private(set) var counts = (cached: 0, verified: 0)

  mutating func principal(_ token: ExactText, generation: Int) -> Principal? {
    guard generation == self.generation else { return nil }
    guard let principal = young[token] ?? old[token] else { return nil }
    counts.cached += 1
    return principal
  }

  mutating func insert(_ principal: Principal, of token: ExactText, generation: Int) {
    if generation != self.generation {
      (young, old) = ([:], [:])
      self.generation = generation
    }
    if young.count >= Self.tokensPerGenerationMax { (young, old) = ([:], young) }
    young[token] = principal
    counts.verified += 1
  }
}
