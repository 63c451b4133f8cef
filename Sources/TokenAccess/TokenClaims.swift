import LedgerDomain

/// A token's claims. Source: RFC 7519, section 4.1; RFC 9068 for `scope`; RFC 7800 for `cnf`.
struct TokenClaims {
  let issuer: ExactText
  let audiences: [ExactText]
  let expiresAt: Double
  let notBefore: Double
  let tenant: String
  let scopes: Set<ExactText>
  /// The SHA-256 of the client certificate to which the token is bound; `nil` if it is not bound.
  let certificateThumbprint: [UInt8]?

  /// - Throws: `bad_claim` if a claim is missing or has the wrong type, `unsupported_binding` for a `cnf` that
  ///   is not supported.
  init(_ document: JSONValue) throws(TokenError) {
    guard let issuer = document["iss"]?.text, let tenant = document["tenant_id"]?.text,
      let expiresAt = document["exp"]?.number, let audiences = Self.audiences(document["aud"]),
      // A token without a scope is valid but permits nothing.
      let scope = document["scope"].map(\.text) ?? "",
      let notBefore = document["nbf"].map(\.number) ?? 0
    else { throw TokenError(.badClaim, "A claim is missing or has the wrong type") }
    (self.issuer, self.audiences, self.tenant) = (ExactText(issuer), audiences, tenant)
    (self.expiresAt, self.notBefore) = (expiresAt, notBefore)
    scopes = Set(scope.utf8.split(separator: 0x20).map { ExactText(String(Substring($0))) })
    certificateThumbprint = try Self.thumbprint(document["cnf"])
  }

  /// A single audience may be a string instead of an array.
  private static func audiences(_ claim: JSONValue?) -> [ExactText]? {
    if let single = claim?.text { return [ExactText(single)] }
    guard let elements = claim?.elements else { return nil }
    let texts = elements.compactMap(\.text)
    return texts.count == elements.count ? texts.map(ExactText.init) : nil
  }

  /// The certificate that a confirmation claim names. Source: RFC 8705, section 3.1.
  ///
  /// Any other confirmation, such as `jkt` (RFC 9449), is refused: whoever issued the token wanted its sender
  /// verified, and ignoring that would make a stolen token usable.
  private static func thumbprint(_ claim: JSONValue?) throws(TokenError) -> [UInt8]? {
    guard let claim else { return nil }
    guard let members = claim.members, members.count == 1, let text = claim["x5t#S256"]?.text,
      let bytes = Base64URL.bytes(Substring(text).utf8), bytes.count == 32
    else {
      throw TokenError(
        .unsupportedBinding, "The token is bound to its sender by something else than x5t#S256")
    }
    return Array(bytes)
  }
}
