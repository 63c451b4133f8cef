import TestSupport
import Testing

@testable import TokenAccess

@Suite("Key set cache")
struct KeySetCacheTests {
  private let forge = TokenForge(now: 1_700_000_000)
  private let initialKey = KeyID(identifier: "rsa-1", algorithm: .rs256)
  private let addedKey = KeyID(identifier: "late", algorithm: .rs256)

  @Test("an unknown kid makes the set be fetched again, but not twice within the interval")
  func unknownKeyFetchesTheSet() async throws {
    let file = KeyFile()
    try file.write("{\"keys\":[\(try forge.rsaMember())]}")
    var longInterval = KeySetCache.Timing()
    longInterval.unknownKeySeconds = 1_000_000
    let cache = try file.cache(longInterval)
    await cache.refresh()
    #expect(await cache.key(initialKey) != nil)
    try file.write("{\"keys\":[\(try forge.rsaMember(kid: "late"))]}")
    #expect(await cache.key(addedKey) == nil, "the interval has not passed")
    #expect(file.recordedEvents == ["changed 1 0"])
    var noInterval = KeySetCache.Timing()
    noInterval.unknownKeySeconds = 0
    let other = try file.cache(noInterval)
    #expect(await other.key(addedKey) != nil)
    #expect(await other.key(initialKey) == nil)
  }

  @Test("tokens of a withdrawn key are refused, even if they are cached")
  func withdrawnKeyInvalidatesItsTokens() async throws {
    let file = KeyFile()
    try file.write(try forge.keySet())
    let cache = try file.cache()
    await cache.refresh()
    let verifier = TokenVerifier(
      expectation: .init(issuer: forge.issuer, audience: forge.audience), keys: cache,
      now: { 1_700_000_000 })
    let token = forge.good(tenant: "0f000000-0000-4000-8000-00000000000a")
    _ = try await verifier.principal(token)
    _ = try await verifier.principal(token)
    #expect(verifier.counts == (cached: 1, verified: 1))
    try file.write("{\"keys\":[\(forge.curveMember())]}")
    await cache.refresh()
    await #expect(throws: TokenError.self) { try await verifier.principal(token) }
  }

  @Test("the last good set stays in use while fetches fail")
  func lastGoodSetStays() async throws {
    let file = KeyFile()
    try file.write(try forge.keySet())
    let cache = try file.cache()
    await cache.refresh()
    for text in ["", "{\"keys\":[]}", "<html>"] {
      try file.write(text)
      await cache.refresh()
      #expect(await cache.key(initialKey) != nil)
    }
    try file.write(try forge.keySet())
    await cache.refresh()
    #expect(file.recordedEvents == ["changed 2 0", "failed", "failed", "failed", "unchanged"])
  }

  @Test("concurrent requests share one fetch")
  func concurrentRequestsShareAFetch() async throws {
    let file = KeyFile()
    try file.write(try forge.keySet())
    var longInterval = KeySetCache.Timing()
    longInterval.unknownKeySeconds = 1_000_000
    let cache = try file.cache(longInterval)
    await withTaskGroup { group in
      for _ in 0..<50 { group.addTask { _ = await cache.key(addedKey) } }
    }
    #expect(file.recordedEvents.count == 1)
  }

  @Test("no token can be verified before the first set")
  func tokensNeedAKeySet() async throws {
    let file = KeyFile()
    let verifier = TokenVerifier(
      expectation: .init(issuer: forge.issuer, audience: forge.audience), keys: try file.cache(),
      now: { 1_700_000_000 })
    await #expect(throws: TokenError(.noKeys, "The issuer's keys could not be fetched yet")) {
      try await verifier.principal(forge.good(tenant: "0f000000-0000-4000-8000-00000000000a"))
    }
  }
}
