import FoundationEssentials

/// A token taken apart; nothing in it is trusted before its signature was verified.
///
/// Source: RFC 7515, section 7.1 (compact serialisation).
struct AccessToken {
  /// The key that it says it was signed with.
  let keyName: KeyID
  /// What is signed: header and claims as they were sent.
  let signedBytes: [UInt8]
  /// The signature.
  let signature: Data
  private let encodedClaims: Substring

  static let bytesMax = 8_192

  /// Takes a token apart.
  init(_ text: String) throws(TokenError) {
    guard text.utf8.count <= Self.bytesMax else {
      throw TokenError(.malformed, "the token is longer than \(Self.bytesMax) bytes")
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let header = Base64URL.bytes(parts[0].utf8),
      let signature = Base64URL.bytes(parts[2].utf8)
    else { throw TokenError(.malformed, "the token is not three parts of Base64URL") }
    keyName = try Self.keyName(header)
    guard !signature.isEmpty else {
      throw TokenError(.badSignature, "the token is not signed")
    }
    self.signature = signature
    encodedClaims = parts[1]
    signedBytes = Array(text.utf8.prefix(parts[0].utf8.count + 1 + parts[1].utf8.count))
  }

  /// The claims; to be asked for once the signature was verified.
  func claims() throws(TokenError) -> TokenClaims {
    guard let bytes = Base64URL.bytes(encodedClaims.utf8),
      let claims = try? JSONDecoder().decode(TokenClaims.self, from: bytes)
    else { throw TokenError(.badClaim, "a claim is missing or not of its type") }
    return claims
  }

  private static func keyName(_ bytes: Data) throws(TokenError) -> KeyID {
    guard let header = try? JSONDecoder().decode(Header.self, from: bytes) else {
      throw TokenError(.malformed, "the token's header is not the JSON of one")
    }
    if let name = header.forbidden.first {
      throw TokenError(.unsupportedHeader, "a token with '\(name)' in its header is refused")
    }
    if let type = header.type, !["jwt", "at+jwt", "application/at+jwt"].contains(type.lowercased())
    {
      throw TokenError(.unsupportedHeader, "the token is not of type JWT or at+jwt")
    }
    guard let algorithm = TokenAlgorithm(rawValue: header.algorithm) else {
      throw TokenError(.unsupportedHeader, "tokens are signed with RS256 or ES256")
    }
    guard let identifier = header.keyIdentifier, !identifier.isEmpty else {
      throw TokenError(.unknownKey, "the token does not name its key (kid)")
    }
    return KeyID(identifier: identifier, algorithm: algorithm)
  }

  /// The parts of the header that are understood, and those that are refused.
  private struct Header: Decodable {
    let algorithm: String
    let keyIdentifier: String?
    let type: String?
    let forbidden: [String]

    /// Keys that a token brings along, or says where to fetch, are an attacker's; nothing critical is
    /// understood; `b64` and `zip` change what is signed; `enc` is another kind of token.
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
