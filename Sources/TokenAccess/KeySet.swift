import Crypto
import FoundationEssentials
import JWTKit

/// The keys of an issuer, each for one algorithm.
struct KeySet: Sendable {
  /// The keys that can be used.
  let keys: [KeyID: any JWTAlgorithm]
  /// A sentence for each key of the document that cannot be used.
  let leftOut: [String]
  /// SHA-256 of the document: the same digest is the same set.
  let digest: [UInt8]

  /// Reads a JSON Web Key Set. Source: RFC 7517, section 5.
  ///
  /// A key that is not for signing with RS256 or ES256, has no identifier or is malformed is left
  /// out, so that a set with one odd key is still of use. Of two with one name neither is used: it
  /// could not be told which a token means.
  ///
  /// - Throws: `KeySourceError` if the document is no key set, or none of its keys can be used.
  init(_ document: Data) async throws {
    guard let drafts = try? JSONDecoder().decode(Document.self, from: document) else {
      throw KeySourceError("it is not a JSON Web Key Set: an object with a list 'keys'")
    }
    var keys: [KeyID: any JWTAlgorithm] = [:]
    var (leftOut, repeated): ([String], Set<KeyID>) = ([], [])
    for (position, draft) in drafts.keys.prefix(Self.keysMax).enumerated() {
      do {
        let (name, key) = try await draft.key()
        if keys.updateValue(key, forKey: name) != nil { repeated.insert(name) }
      } catch {
        leftOut.append("key \(position + 1) is left out: \(error)")
      }
    }
    for name in repeated.sorted(by: { $0.identifier < $1.identifier }) {
      keys[name] = nil
      leftOut.append("the keys with one kid and algorithm \(name.algorithm.rawValue) are left out")
    }
    guard !keys.isEmpty else {
      throw KeySourceError(
        "it has no key for RS256 or ES256 that can be used. "
          + leftOut.joined(separator: "; "))
    }
    self.keys = keys
    self.leftOut = leftOut
    digest = Array(SHA256.hash(data: document))
  }

  private static let keysMax = 1_000

  private struct Document: Decodable {
    let keys: [KeyDraft]
  }
}

/// One key as the document has it. A member of another type counts as absent.
private struct KeyDraft: Decodable {
  private let members: [String: String]
  private let operations: [String]?

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: AnyKey.self)
    var members: [String: String] = [:]
    for name in ["kty", "kid", "alg", "use", "n", "e", "crv", "x", "y"] {
      members[name] = try? container.decode(String.self, forKey: AnyKey(name))
    }
    self.members = members
    operations = try? container.decode([String].self, forKey: AnyKey("key_ops"))
  }

  /// The key and its name.
  func key() async throws -> (KeyID, any JWTAlgorithm) {
    guard let identifier = members["kid"], !identifier.isEmpty else {
      throw KeySourceError("it has no kid")
    }
    if let use = members["use"], use != "sig" { throw KeySourceError("it is not for signatures") }
    if let operations, !operations.contains("verify") {
      throw KeySourceError("it is not for verifying")
    }
    let algorithm = try self.algorithm()
    if let stated = members["alg"], stated != algorithm.rawValue {
      throw KeySourceError("its algorithm is not RS256 or ES256, or not that of its type")
    }
    let kid = JWKIdentifier(string: identifier)
    let key =
      switch algorithm {
      case .rs256:
        JWK.rsa(.rs256, identifier: kid, modulus: members["n"], exponent: members["e"])
      case .es256:
        JWK.ecdsa(.es256, identifier: kid, x: members["x"], y: members["y"], curve: .p256)
      }
    // A collection of its own for each key: in a shared one an unknown kid would find the default.
    let collection = try await JWTKeyCollection().add(jwk: key)
    return (
      KeyID(identifier: identifier, algorithm: algorithm), try await collection.getKey(for: kid)
    )
  }

  private func algorithm() throws -> TokenAlgorithm {
    switch (members["kty"], members["crv"]) {
    case ("RSA", _): .rs256
    case ("EC", "P-256"): .es256
    default: throw KeySourceError("it is neither an RSA key nor one on the curve P-256")
    }
  }
}

/// A member's name that is known at run time only.
struct AnyKey: CodingKey {
  let stringValue: String
  let intValue: Int? = nil

  init(_ name: String) { stringValue = name }
  init?(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { nil }
}
