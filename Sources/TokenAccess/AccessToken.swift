import FoundationEssentials
import LedgerDomain

/// A parsed token, not to be trusted before its signature is verified.
///
/// Source: RFC 7515, section 7.1 (compact serialisation).
struct AccessToken {
  /// The key that signed it, according to its header.
  let keyID: KeyID
  /// The signed bytes: header and claims as sent.
  let signedBytes: [UInt8]
  /// The signature.
  let signature: Data
  private let encodedClaims: Substring

  static let bytesMax = 8_192

  /// Parses a token.
  init(_ text: String) throws(TokenError) {
    guard text.utf8.count <= Self.bytesMax else {
      throw TokenError(.malformed, "The token is longer than \(Self.bytesMax) bytes")
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let header = Base64URL.bytes(parts[0].utf8),
      let signature = Base64URL.bytes(parts[2].utf8)
    else { throw TokenError(.malformed, "The token does not consist of three Base64URL parts") }
    keyID = try Self.keyID(header)
    guard !signature.isEmpty else {
      throw TokenError(.badSignature, "The token is not signed")
    }
    self.signature = signature
    encodedClaims = parts[1]
    signedBytes = Array(text.utf8.prefix(parts[0].utf8.count + 1 + parts[1].utf8.count))
  }

  /// The claims, for use once the signature is verified.
  func claims() throws(TokenError) -> TokenClaims {
    guard let bytes = Base64URL.bytes(encodedClaims.utf8), let document = JSONValue(bytes),
      document.members != nil
    else { throw TokenError(.malformed, "The token's claims are not a JSON object") }
    return try TokenClaims(document)
  }

  private static func keyID(_ bytes: Data) throws(TokenError) -> KeyID {
    guard let header = JSONValue(bytes), let members = header.members else {
      throw TokenError(.malformed, "The token's header is not a JSON object")
    }
    if let name = refusedMembers.first(where: { members[ExactText($0)] != nil }) {
      throw TokenError(
        .unsupportedHeader, "The token's header has '\(name)', which is not supported")
    }
    if let type = header["typ"] {
      guard let text = type.text, types.contains(where: { isSame(text, $0) }) else {
        throw TokenError(.unsupportedHeader, "The token's type is neither JWT nor at+jwt")
      }
    }
    guard let text = header["alg"]?.text,
      let algorithm = TokenAlgorithm.allCases.first(where: {
        ExactText($0.rawValue) == ExactText(text)
      })
    else {
      throw TokenError(.unsupportedHeader, "The token is not signed with RS256 or ES256")
    }
    guard let identifier = header["kid"]?.text, !identifier.isEmpty else {
      throw TokenError(.unknownKey, "The token does not name its key (kid)")
    }
    return KeyID(identifier: identifier, algorithm: algorithm)
  }

  private static let types = ["jwt", "at+jwt", "application/at+jwt"]

  /// Whether a text is an ASCII name, in either case.
  private static func isSame(_ text: String, _ lowercase: String) -> Bool {
    text.utf8.elementsEqual(lowercase.utf8) { byte, other in
      byte == other || (0x41...0x5A).contains(byte) && byte | 0x20 == other
    }
  }

  /// Registered members of a header that a signed token with one of the issuer's keys does not need.
  ///
  /// Keys that a token contains or points to may be an attacker's; critical extensions are not supported; `b64`
  /// and `zip` change what is signed; `cty` announces a token in the token; the others belong to encryption, to
  /// other protocols, or repeat claims. A member that is not registered is ignored, as RFC 7515 demands.
  ///
  /// Source: IANA, JSON Web Signature and Encryption Header Parameters.
  private static let refusedMembers = [
    "crit", "jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256", "b64", "zip", "cty",
    "enc", "epk", "apu", "apv", "iv", "tag", "p2s", "p2c", "ek", "psk_id",
    "iss", "sub", "aud", "ppt", "url", "nonce", "svt", "trust_chain",
  ]
}
