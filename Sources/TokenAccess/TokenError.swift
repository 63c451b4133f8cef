/// A token is refused.
public struct TokenError: Error, Hashable, Sendable {
  /// The stable reason codes.
  public enum Code: String, Sendable, CaseIterable {
    /// It is not three parts of Base64URL with a JSON header and JSON claims.
    case malformed
    /// The header has an unsupported member, or one that would supply a key.
    case unsupportedHeader = "unsupported_header"
    /// The issuer has no key with that identifier and algorithm.
    case unknownKey = "unknown_key"
    /// The signature is invalid.
    case badSignature = "bad_signature"
    /// It is from another issuer or for another audience.
    case wrongParty = "wrong_party"
    /// It has expired, or is not valid yet.
    case outsideValidity = "outside_validity"
    /// A claim is missing or has the wrong type.
    case badClaim = "bad_claim"
    /// The token is bound to its sender in a way that is not supported.
    case unsupportedBinding = "unsupported_binding"
    /// The token is bound to another client certificate, or was sent without one.
    case wrongSender = "wrong_sender"
    /// There are no current keys of the issuer, so no token can be verified.
    case noKeys = "no_keys"
  }

  /// The reason.
  public let code: Code
  /// An explanation for the client; it repeats nothing of the token.
  public let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
