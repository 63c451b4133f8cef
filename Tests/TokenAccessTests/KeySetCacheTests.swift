import TestSupport
import Testing

@testable import TokenAccess

@Suite("Keys that change")
struct KeySetCacheTests {
  private let forge = TokenForge(now: 1_700_000_000)
  private let name = KeyID(identifier: "rsa-1", algorithm: .rs256)
  private let late = KeyID(identifier: "late", algorithm: .rs256)

  @Test("a token with an unknown kid makes the set be read again, and not twice in a while")
  func unknown() async throws {
    let file = KeyFile()
    try file.write("{\"keys\":[\(try forge.rsaMember())]}")
    var patient = KeySetCache.Timing()
    patient.unknownKeySeconds = 1_000_000
    let ring = try file.ring(patient)
    await ring.refresh()
    #expect(await ring.key(name) != nil)
    try file.write("{\"keys\":[\(try forge.rsaMember(kid: "late"))]}")
    #expect(await ring.key(late) == nil, "the time has not passed")
    #expect(file.noted == ["changed 1 0"])
    var eager = KeySetCache.Timing()
    eager.unknownKeySeconds = 0
    let other = try file.ring(eager)
    #expect(await other.key(late) != nil)
    #expect(await other.key(name) == nil)
  }

  @Test("a key that the issuer takes out is out, and tokens of it are refused")
  func takenOut() async throws {
    let file = KeyFile()
    try file.write(try forge.keySet())
    let ring = try file.ring()
    await ring.refresh()
    let verifier = TokenVerifier(
      expectation: .init(issuer: forge.issuer, audience: forge.audience), ring: ring,
      now: { 1_700_000_000 })
    let token = forge.good(tenant: "0f000000-0000-4000-8000-00000000000a")
    _ = try await verifier.principal(token)
    _ = try await verifier.principal(token)
    #expect(verifier.counts == (remembered: 1, verified: 1))
    try file.write("{\"keys\":[\(forge.curveMember())]}")
    await ring.refresh()
    await #expect(throws: TokenError.self) { try await verifier.principal(token) }
  }

  @Test("while the issuer does not answer the last good set stays")
  func lastGood() async throws {
    let file = KeyFile()
    try file.write(try forge.keySet())
    let ring = try file.ring()
    await ring.refresh()
    for text in ["", "{\"keys\":[]}", "<html>"] {
      try file.write(text)
      await ring.refresh()
      #expect(await ring.key(name) != nil)
    }
    try file.write(try forge.keySet())
    await ring.refresh()
    #expect(file.noted == ["changed 2 0", "failed", "failed", "failed", "unchanged"])
  }

  @Test("many that ask at once share one asking")
  func together() async throws {
    let file = KeyFile()
    try file.write(try forge.keySet())
    var patient = KeySetCache.Timing()
    patient.unknownKeySeconds = 1_000_000
    let ring = try file.ring(patient)
    await withTaskGroup { group in
      for _ in 0..<50 { group.addTask { _ = await ring.key(late) } }
    }
    #expect(file.noted.count == 1)
  }

  @Test("before the first set nothing can be said of a token")
  func noKeys() async throws {
    let file = KeyFile()
    let verifier = TokenVerifier(
      expectation: .init(issuer: forge.issuer, audience: forge.audience), ring: try file.ring(),
      now: { 1_700_000_000 })
    await #expect(throws: TokenError(.noKeys, "the issuer's keys could not be had yet")) {
      try await verifier.principal(forge.good(tenant: "0f000000-0000-4000-8000-00000000000a"))
    }
  }
}
