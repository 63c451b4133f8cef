import Foundation
import LedgerDomain
import TestSupport
import Testing

@testable import TokenAccess

@Suite("Key sets and their sources")
struct KeySetTests {
  private let forge = TokenForge(now: 1_700_000_000)

  private func set(_ members: String...) async throws -> KeySet {
    try await KeySet(Data("{\"keys\":[\(members.joined(separator: ","))]}".utf8))
  }

  @Test("each key has one algorithm, which follows from its type")
  func algorithmFollowsFromKeyType() async throws {
    let set = try await set(
      forge.rsaMember(kid: "a", more: ""), forge.curveMember(kid: "b", more: ""))
    #expect(
      Set(set.keys.keys) == [
        KeyID(identifier: "a", algorithm: .rs256), KeyID(identifier: "b", algorithm: .es256),
      ])
    #expect(set.skipped.isEmpty)
  }

  @Test("unusable keys are skipped, each with a reason, and the usable one remains")
  func unusableKeysAreSkipped() async throws {
    let unusable = [
      #"{"kty":"oct","kid":"secret","k":"AAAA"}"#, #"{"kty":"OKP","crv":"Ed25519","kid":"e"}"#,
      #"{"kty":"EC","crv":"secp256k1","kid":"k","x":"AA","y":"AA"}"#, #"{"kid":7}"#, "{}",
      #"{"kty":"RSA","kid":"short","n":"AQAB","e":"AQAB"}"#, #"{"kty":"RSA","kid":"none"}"#,
      try forge.rsaMember(kid: "enc", more: #","use":"enc""#),
      try forge.rsaMember(kid: "ops", more: #","key_ops":["sign"]"#),
      try forge.rsaMember(kid: "ps", more: #","alg":"PS256""#),
      try forge.rsaMember(kid: "hs", more: #","alg":"HS256""#),
      try forge.rsaMember(kid: "", more: ""),
    ]
    let document = "{\"keys\":[\(unusable.joined(separator: ",")),\(try forge.rsaMember())]}"
    let set = try await KeySet(Data(document.utf8))
    #expect(set.keys.keys.map(\.identifier) == [ExactText("rsa-1")])
    #expect(set.skipped.count == unusable.count)
  }

  @Test("keys with the same kid and algorithm are all skipped")
  func repeatedKeysAreSkipped() async throws {
    let set = try await set(
      forge.rsaMember(kid: "a"), forge.rsaMember(kid: "a"), forge.curveMember(kid: "a"))
    #expect(Set(set.keys.keys) == [KeyID(identifier: "a", algorithm: .es256)])
    #expect(set.skipped.count == 1)
  }

  @Test(
    "a document that is not a key set is refused",
    arguments: [
      "", "{", "[]", "{}", #"{"keys":{}}"#, #"{"keys":[],}"#, #"{"keys":[],"keys":[]}"#, "<html>",
    ])
  func documentThatIsNoSetIsRefused(document: String) async {
    await #expect(throws: KeySourceError.self) { try await KeySet(Data(document.utf8)) }
  }

  @Test(
    "a set without usable keys is a set",
    arguments: [#"{"keys":[]}"#, #"{"keys":[{"kty":"oct"}]}"#])
  func setMayBeEmpty(document: String) async throws {
    #expect(try await KeySet(Data(document.utf8)).keys.isEmpty)
  }

  @Test("sources are files, https URLs, and http URLs on this machine")
  func insecureSourcesAreRefused() throws {
    for text in ["keys.json", "/etc/keys.json", "https://a.test/jwks", "http://127.0.0.1:8/jwks"] {
      #expect(try KeySource(text).description == text)
    }
    for text in ["http://a.test/jwks", "ftp://a.test/x", "file:///etc/passwd", "https://"] {
      #expect(throws: KeySourceError.self, "\(text)") { try KeySource(text) }
    }
  }
}
