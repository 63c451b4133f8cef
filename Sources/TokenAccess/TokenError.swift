/// Why a token does not open anything.
public struct TokenError: Error, Hashable, Sendable {
  /// The kind of refusal; stable.
  public enum Code: String, Sendable, CaseIterable {
    /// It is not three parts of Base64URL with a JSON header and JSON claims.
    case malformed
    /// The header asks for something that is not understood, or brings keys of its own.
    case unsupportedHeader = "unsupported_header"
    /// No key of the issuer has that identifier and algorithm.
    case unknownKey = "unknown_key"
    /// The signature is not that of the key.
    case badSignature = "bad_signature"
    /// It is of another issuer, or for another audience.
    case wrongParty = "wrong_party"
    /// It has expired, or is not valid yet.
    case outsideValidity = "outside_validity"
    /// A claim is missing or not of its type.
    case badClaim = "bad_claim"
    /// The issuer's keys could not be had yet, so that nothing can be said of any token.
    case noKeys = "no_keys"
  }

  /// The kind of refusal.
  public let code: Code
  /// What is the matter, for the one who sent the token; it repeats nothing of the token.
  public let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
