import FoundationEssentials

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
    guard let bytes = Base64URL.bytes(encodedClaims.utf8),
      let claims = try? JSONDecoder().decode(TokenClaims.self, from: bytes)
    else { throw TokenError(.badClaim, "A claim is missing or has the wrong type") }
    return claims
  }

  private static func keyID(_ bytes: Data) throws(TokenError) -> KeyID {
    guard let header = try? JSONDecoder().decode(Header.self, from: bytes) else {
      throw TokenError(.malformed, "The token's header is not valid JSON for a token")
    }
    if let name = header.forbidden.first {
      throw TokenError(
        .unsupportedHeader, "The token's header has '\(name)', which is not supported")
    }
    if let type = header.type, !["jwt", "at+jwt", "application/at+jwt"].contains(type.lowercased())
    {
      throw TokenError(.unsupportedHeader, "The token's type is neither JWT nor at+jwt")
    }
    guard let algorithm = TokenAlgorithm(rawValue: header.algorithm) else {
      throw TokenError(.unsupportedHeader, "The token is not signed with RS256 or ES256")
    }
    guard let identifier = header.keyIdentifier, !identifier.isEmpty else {
      throw TokenError(.unknownKey, "The token does not name its key (kid)")
    }
    return KeyID(identifier: identifier, algorithm: algorithm)
  }

  /// The supported members of the header, and the refused ones that it has.
  private struct Header: Decodable {
    let algorithm: String
    let keyIdentifier: String?
    let type: String?
    let forbidden: [String]

    /// Keys that a token contains or points to may be an attacker's; critical extensions are not
    /// supported; `b64` and `zip` change what is signed; `enc` marks another kind of token.
    static let refused = [
      "crit", "jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256", "b64", "zip", "enc",
    ]

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: AnyKey.self)
      algorithm = try container.decode(String.self, forKey: AnyKey("alg"))
      keyIdentifier =
        container.contains(AnyKey("kid"))
        ? try container.decode(String.self, forKey: AnyKey("kid")) : nil
      type =
        container.contains(AnyKey("typ"))
        ? try container.decode(String.self, forKey: AnyKey("typ")) : nil
      forbidden = Self.refused.filter { container.contains(AnyKey($0)) }
    }
  }
}
