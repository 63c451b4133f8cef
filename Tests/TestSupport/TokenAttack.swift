/// A token that must be refused.
public struct TokenAttack: Sendable, CustomStringConvertible {
  /// What is tried.
  public let description: String
  /// The token.
  public let token: String

  /// Every token that must be refused, whoever it says it is of.
  public static func all(_ forge: TokenForge, tenant: String) -> [TokenAttack] {
    headers(forge, tenant) + signatures(forge, tenant) + keys(forge, tenant)
      + claims(forge, tenant) + shapes(forge, tenant)
  }

  private init(_ description: String, _ token: String) {
    self.description = description
    self.token = token
  }

  private static func headers(_ forge: TokenForge, _ tenant: String) -> [TokenAttack] {
    let claims = forge.claims(tenant: tenant)
    let unsigned = ["none", "None", "NONE", "nOnE", ""].map { algorithm in
      TokenAttack(
        "alg '\(algorithm)' without a signature",
        forge.token(
          header: #"{"alg":"\#(algorithm)","kid":"rsa-1"}"#, claims: claims, signed: .none))
    }
    let brought = [
      ("jwk", (try? forge.rsaMember(kid: "mine")) ?? "{}"), ("jku", "\"https://evil.test/jwks\""),
      ("x5u", "\"https://evil.test/cert\""), ("x5c", "[\"MIIB\"]"), ("x5t", "\"AAAA\""),
      ("crit", "[\"exp\"]"), ("crit", "[]"), ("b64", "false"), ("zip", "\"DEF\""),
    ].map { name, value in
      TokenAttack(
        "\(name) in the header",
        forge.token(
          header: #"{"alg":"RS256","kid":"rsa-1","\#(name)":\#(value)}"#, claims: claims))
    }
    let others = ["RS384", "RS512", "PS256", "ES384", "EdDSA", "HS256", "rs256"].map { algorithm in
      TokenAttack(
        "alg \(algorithm)",
        forge.token(header: #"{"alg":"\#(algorithm)","kid":"rsa-1"}"#, claims: claims))
    }
    let odd = [
      #"{"kid":"rsa-1"}"#, #"{"alg":null,"kid":"rsa-1"}"#, #"{"alg":["RS256"],"kid":"rsa-1"}"#,
      #"{"alg":"RS256","kid":"rsa-1","typ":"JWE"}"#, #"["alg","RS256"]"#, "{", "",
    ].map { TokenAttack("header \($0)", forge.token(header: $0, claims: claims)) }
    return unsigned + brought + others + odd
  }

  private static func signatures(_ forge: TokenForge, _ tenant: String) -> [TokenAttack] {
    let claims = forge.claims(tenant: tenant)
    func token(_ algorithm: String, _ kid: String, _ signature: TokenForge.Signature) -> String {
      forge.token(
        header: #"{"alg":"\#(algorithm)","kid":"\#(kid)"}"#, claims: claims, signed: signature)
    }
    let good = forge.good(tenant: tenant)
    let other = forge.claims(tenant: "99999999-0000-4000-8000-000000000000")
    let otherParts = forge.token(claims: other).split(separator: ".")
    let parts = good.split(separator: ".")
    return [
      TokenAttack(
        "HS256 with the public key's PEM", token("HS256", "rsa-1", .secret(forge.publicPEM))),
      TokenAttack(
        "HS256 with the public key's DER", token("HS256", "rsa-1", .secret(forge.publicDER))),
      TokenAttack("RS256 that is HS256", token("RS256", "rsa-1", .secret(forge.publicPEM))),
      TokenAttack("an empty signature", token("RS256", "rsa-1", .none)),
      TokenAttack("a truncated signature", token("RS256", "rsa-1", .truncated(1))),
      TokenAttack("a signature cut in half", token("RS256", "rsa-1", .truncated(128))),
      TokenAttack(
        "a signature of zeros", token("RS256", "rsa-1", .bytes([UInt8](repeating: 0, count: 256)))),
      TokenAttack(
        "ES256 of zeros", token("ES256", "ec-1", .bytes([UInt8](repeating: 0, count: 64)))),
      TokenAttack("ES256 that is empty", token("ES256", "ec-1", .none)),
      TokenAttack("a key that is not the issuer's", token("RS256", "rsa-1", .foreignRSA)),
      TokenAttack("RS256 named ES256", token("ES256", "rsa-1", .rsa)),
      TokenAttack("the curve's key named RS256", token("RS256", "ec-1", .ellipticCurve)),
      TokenAttack("the curve's key for the other's kid", token("ES256", "rsa-1", .ellipticCurve)),
      TokenAttack(
        "claims of another token", [parts[0], otherParts[1], parts[2]].joined(separator: ".")),
    ]
  }

  private static func keys(_ forge: TokenForge, _ tenant: String) -> [TokenAttack] {
    let claims = forge.claims(tenant: tenant)
    return [
      #""unknown""#, #""../../../../dev/null""#, #""/etc/passwd""#, #""rsa-1' OR '1'='1""#,
      #""x'; DROP TABLE tenant; --""#, #""""#, "null", "1", #"["rsa-1"]"#, #""rsa-1\u0000""#,
      #""RSA-1""#, #"" rsa-1""#,
    ].map { kid in
      TokenAttack(
        "kid \(kid)", forge.token(header: #"{"alg":"RS256","kid":\#(kid)}"#, claims: claims))
    } + [TokenAttack("no kid", forge.token(header: #"{"alg":"RS256"}"#, claims: claims))]
  }

  private static func claims(_ forge: TokenForge, _ tenant: String) -> [TokenAttack] {
    let changes: [(String, [String: String?])] = [
      ("expired", ["exp": "\(forge.now - 61)"]), ("no exp", ["exp": .some(nil)]),
      ("exp as a text", ["exp": "\"\(forge.now + 600)\""]), ("exp null", ["exp": "null"]),
      ("not valid yet", ["nbf": "\(forge.now + 61)"]), ("nbf as a text", ["nbf": "\"0\""]),
      ("another issuer", ["iss": "\"https://evil.test\""]), ("no issuer", ["iss": .some(nil)]),
      ("the issuer with a slash", ["iss": "\"\(forge.issuer)/\""]), ("issuers", ["iss": "[]"]),
      ("another audience", ["aud": "\"other\""]), ("no audience", ["aud": .some(nil)]),
      ("audiences without ours", ["aud": "[\"a\",\"b\"]"]), ("audience 1", ["aud": "1"]),
      ("no tenant", ["tenant_id": .some(nil)]), ("tenant null", ["tenant_id": "null"]),
      ("tenants", ["tenant_id": "[\"\(tenant)\"]"]), ("an empty tenant", ["tenant_id": "\"\""]),
      ("a tenant that is a number", ["tenant_id": "7"]),
      ("a tenant that is an object", ["tenant_id": "{\"id\":\"\(tenant)\"}"]),
      ("a tenant that is true", ["tenant_id": "true"]),
      ("a tenant that is no UUID", ["tenant_id": "\"' OR 1=1 --\""]),
      ("a tenant with a space", ["tenant_id": "\"\(tenant) \""]),
      ("scopes as a list", ["scope": "[\"hpts:balances:read\"]"]),
    ]
    return changes.map { TokenAttack($0, forge.good(tenant: tenant, $1)) }
  }

  private static func shapes(_ forge: TokenForge, _ tenant: String) -> [TokenAttack] {
    let good = forge.good(tenant: tenant)
    return [
      TokenAttack("two parts", good.split(separator: ".").prefix(2).joined(separator: ".")),
      TokenAttack("four parts", good + ".AAAA"), TokenAttack("no dots", "abc"),
      TokenAttack("dots alone", ".."), TokenAttack("padding", good + "=="),
      TokenAttack("a very long one", good + String(repeating: "A", count: 9_000)),
      TokenAttack("claims that are no JSON", forge.token(claims: "tenant")),
      TokenAttack("claims that are a list", forge.token(claims: "[]")),
    ]
  }
}
