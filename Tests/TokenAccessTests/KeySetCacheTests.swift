import Synchronization
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
    for text in ["", "{\"keys\":[", "<html>"] {
      try file.write(text)
      await cache.refresh()
      #expect(await cache.key(initialKey) != nil)
    }
    try file.write(try forge.keySet())
    await cache.refresh()
    #expect(file.recordedEvents == ["changed 2 0", "failed", "failed", "failed", "unchanged"])
  }

  @Test("a set that the issuer emptied has no keys any more, and no token is accepted")
  func emptiedSetHasNoKeys() async throws {
    let file = KeyFile()
    try file.write(try forge.keySet())
    let cache = try file.cache()
    await cache.refresh()
    let verifier = TokenVerifier(
      expectation: .init(issuer: forge.issuer, audience: forge.audience), keys: cache,
      now: { 1_700_000_000 })
    let token = forge.good(tenant: "0f000000-0000-4000-8000-00000000000a")
    _ = try await verifier.principal(token)
    try file.write("{\"keys\":[]}")
    await cache.refresh()
    #expect(!cache.hasKeys)
    await #expect(
      throws: TokenError(.unknownKey, "The issuer has no key with this kid and algorithm")
    ) {
      try await verifier.principal(token)
    }
    #expect(file.recordedEvents.last == "changed 0 0")
  }

  @Test("while the issuer does not respond, a set is used for its maximum age and no longer")
  func setAges() async throws {
    let file = KeyFile()
    try file.write(try forge.keySet())
    var timing = KeySetCache.Timing()
    (timing.ageMaxSeconds, timing.unknownKeySeconds) = (100, 1_000)
    let passed = PassedSeconds()
    let start = ContinuousClock.now
    let cache = KeySetCache(
      source: try KeySource(file.path), timing: timing,
      now: { start + .seconds(passed.count.withLock { $0 }) }
    ) { _ in }
    await cache.refresh()
    let verifier = TokenVerifier(
      expectation: .init(issuer: forge.issuer, audience: forge.audience), keys: cache,
      now: { 1_700_000_000 })
    let token = forge.good(tenant: "0f000000-0000-4000-8000-00000000000a")
    _ = try await verifier.principal(token)
    try file.write("<html>")
    passed.count.withLock { $0 = 100 }
    await cache.refresh()
    _ = try await verifier.principal(token)
    #expect(cache.hasKeys)
    passed.count.withLock { $0 = 101 }
    #expect(!cache.hasKeys)
    let expected = TokenError(
      .noKeys, "The issuer's keys could not be fetched, or not for too long")
    await #expect(throws: expected) { try await verifier.principal(token) }
    try file.write(try forge.keySet())
    await cache.refresh()
    _ = try await verifier.principal(token)
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
    await #expect(throws: TokenError.self) {
      try await verifier.principal(forge.good(tenant: "0f000000-0000-4000-8000-00000000000a"))
    }
  }
}

private final class PassedSeconds: Sendable {
  let count = Mutex(0)
}
