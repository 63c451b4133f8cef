import Crypto
import FoundationEssentials
import JWTKit
import LedgerDomain

/// An issuer's keys, each for one algorithm.
struct KeySet: Sendable {
  /// The usable keys.
  let keys: [KeyID: any JWTAlgorithm]
  /// One sentence for each key that cannot be used.
  let skipped: [String]
  /// The document's SHA-256: equal digests mean equal sets.
  let digest: [UInt8]

  /// Reads a JSON Web Key Set. Source: RFC 7517, section 5.
  ///
  /// A key that is malformed, has no ID or is not for RS256 or ES256 signatures is skipped; the others
  /// stay usable. Keys with the same ID and algorithm are all skipped, since a token would not select one.
  /// A set without usable keys is a set: its issuer has withdrawn all keys.
  ///
  /// - Throws: `KeySourceError` if the document is not a key set.
  init(_ document: Data) async throws {
    guard let drafts = JSONValue(document)?["keys"]?.elements else {
      throw KeySourceError("it is not a JSON Web Key Set: an object with a 'keys' array")
    }
    var keys: [KeyID: any JWTAlgorithm] = [:]
    var (skipped, repeated): ([String], Set<KeyID>) = ([], [])
    for (position, draft) in drafts.prefix(Self.keysMax).enumerated() {
      do {
        let (id, key) = try await KeyDraft(draft).key()
        if keys.updateValue(key, forKey: id) != nil { repeated.insert(id) }
      } catch {
        skipped.append("key \(position + 1) is skipped: \(error)")
      }
    }
    for id in repeated.sorted(by: { $0.identifier < $1.identifier }) {
      keys[id] = nil
      skipped.append("several \(id.algorithm.rawValue) keys have the same kid: they are skipped")
    }
    self.keys = keys
    self.skipped = skipped
    digest = Array(SHA256.hash(data: document))
  }

  private static let keysMax = 1_000
}

/// One key of the document, not yet validated. A member of the wrong type counts as absent.
private struct KeyDraft {
  private let members: [String: String]
  private let operations: [String]?

  init(_ value: JSONValue) {
    var members: [String: String] = [:]
    for name in ["kty", "kid", "alg", "use", "n", "e", "crv", "x", "y"] {
      members[name] = value[name]?.text
    }
    self.members = members
    operations = value["key_ops"]?.elements?.compactMap(\.text)
  }

  /// The key and its ID.
  func key() async throws -> (KeyID, any JWTAlgorithm) {
    guard let identifier = members["kid"], !identifier.isEmpty else {
      throw KeySourceError("it has no kid")
    }
    if let use = members["use"], use != "sig" { throw KeySourceError("its use is not sig") }
    if let operations, !operations.contains("verify") {
      throw KeySourceError("its key_ops do not include verify")
    }
    let algorithm = try self.algorithm()
    if let stated = members["alg"], stated != algorithm.rawValue {
      throw KeySourceError("its alg is neither RS256 nor ES256, or does not match its kty")
    }
    for name in ["n", "e", "x", "y"] where members[name].map(Self.isCanonical) == false {
      throw KeySourceError("its \(name) is not Base64URL")
    }
    let kid = JWKIdentifier(string: identifier)
    let key =
      switch algorithm {
      case .rs256:
        JWK.rsa(.rs256, identifier: kid, modulus: members["n"], exponent: members["e"])
      case .es256:
        JWK.ecdsa(.es256, identifier: kid, x: members["x"], y: members["y"], curve: .p256)
      }
    // One collection per key: in a shared one, an unknown kid would select the default key.
    let collection = try await JWTKeyCollection().add(jwk: key)
    return (
      KeyID(identifier: identifier, algorithm: algorithm), try await collection.getKey(for: kid)
    )
  }

  private static func isCanonical(_ text: String) -> Bool {
    Base64URL.bytes(Substring(text).utf8) != nil
  }

  private func algorithm() throws -> TokenAlgorithm {
    switch (members["kty"], members["crv"]) {
    case ("RSA", _): .rs256
    case ("EC", "P-256"): .es256
    default: throw KeySourceError("it is neither an RSA key nor a P-256 key")
    }
  }
}
