/// A token that must be refused.
public struct TokenAttack: Sendable, CustomStringConvertible {
  /// What is tried.
  public let description: String
  /// The token.
  public let token: String

  /// Every token that must be refused, whoever it says it is of.
  public static func all(_ forge: TokenForge, tenant: String) -> [TokenAttack] {
    headers(forge, tenant) + signatures(forge, tenant) + keys(forge, tenant)
      + claims(forge, tenant) + shapes(forge, tenant) + texts(forge, tenant)
      + bindings(forge, tenant) + encodings(forge, tenant)
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
      ("cty", "\"JWT\""), ("enc", "\"A128GCM\""), ("epk", "{\"kty\":\"EC\"}"), ("apu", "\"QQ\""),
      ("apv", "\"QQ\""), ("iv", "\"AA\""), ("tag", "\"AA\""), ("p2s", "\"AAAAAAAAAAA\""),
      ("p2c", "1000000000"), ("ek", "\"AA\""), ("x5t#S256", "\"AAAA\""), ("iss", "\"a\""),
      ("sub", "\"a\""), ("aud", "\"tieout\""), ("nonce", "\"n\""), ("url", "\"https://a\""),
      ("typ", "1"), ("typ", "null"), ("alg", "\"RS256\""),
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
      ("expired", ["exp": "\(forge.now - 3_600)"]), ("no exp", ["exp": nil]),
      ("exp as a text", ["exp": "\"\(forge.now + 600)\""]), ("exp null", ["exp": "null"]),
      ("not valid yet", ["nbf": "\(forge.now + 3_600)"]), ("nbf as a text", ["nbf": "\"0\""]),
      ("another issuer", ["iss": "\"https://evil.test\""]), ("no issuer", ["iss": nil]),
      ("the issuer with a slash", ["iss": "\"\(forge.issuer)/\""]), ("issuers", ["iss": "[]"]),
      ("another audience", ["aud": "\"other\""]), ("no audience", ["aud": nil]),
      ("audiences without ours", ["aud": "[\"a\",\"b\"]"]), ("audience 1", ["aud": "1"]),
      ("no tenant", ["tenant_id": nil]), ("tenant null", ["tenant_id": "null"]),
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

  /// Headers and claims that are not JSON in UTF-8, though a lenient reader would understand them.
  private static func texts(_ forge: TokenForge, _ tenant: String) -> [TokenAttack] {
    let header = #"{"alg":"RS256","kid":"rsa-1"}"#
    let claims = forge.claims(tenant: tenant)
    func utf16(_ text: String, _ mark: [UInt8]) -> [UInt8] {
      mark + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    }
    func variants(_ text: String) -> [(String, [UInt8])] {
      let inner = text.dropLast()
      return [
        ("in UTF-16", utf16(text, [])), ("in UTF-16 with a mark", utf16(text, [0xFF, 0xFE])),
        ("with a mark", [0xEF, 0xBB, 0xBF] + Array(text.utf8)),
        ("with invalid UTF-8", Array("\(inner),\"a\":\"".utf8) + [0xC0, 0xAF] + Array("\"}".utf8)),
        ("with a trailing comma", Array("\(inner),}".utf8)),
        ("with a comment", Array("\(inner)/**/}".utf8)),
        ("with single quotes", Array(text.replacing("\"", with: "'").utf8)),
        ("with NaN", Array("\(inner),\"a\":NaN}".utf8)),
        ("with a leading zero", Array("\(inner),\"a\":01}".utf8)),
        ("with a lone surrogate", Array("\(inner),\"a\":\"\\ud800\"}".utf8)),
        ("with a control character", Array("\(inner),\"a\":\"\u{1}\"}".utf8)),
        ("with text after it", Array("\(text) {}".utf8)),
        ("with NUL after it", Array(text.utf8) + [0]),
        (
          "nested too deep",
          Array("\(inner),\"a\":\(String(repeating: "[", count: 40))1".utf8)
            + Array("\(String(repeating: "]", count: 40))}".utf8)
        ),
        ("with an infinite number", Array("\(inner),\"a\":1e999}".utf8)),
      ]
    }
    let other = "99999999-0000-4000-8000-000000000000"
    let repeated = [
      #"{"alg":"RS256","kid":"rsa-1","kid":"rsa-1"}"#,
      #"{"alg":"none","kid":"rsa-1","alg":"RS256"}"#,
    ].map { TokenAttack("a header that repeats a name", forge.token(header: $0, claims: claims)) }
    return repeated
      + variants(header).map { name, bytes in
        TokenAttack(
          "a header \(name)", forge.token(headerBytes: bytes, claimsBytes: Array(claims.utf8)))
      }
      + variants(claims).map { name, bytes in
        TokenAttack(
          "claims \(name)", forge.token(headerBytes: Array(header.utf8), claimsBytes: bytes))
      }
      + [
        TokenAttack(
          "claims that repeat the tenant",
          forge.token(claims: "{\"tenant_id\":\"\(other)\",\(claims.dropFirst())")),
        TokenAttack(
          "claims that repeat the tenant with an escape",
          forge.token(claims: "{\"tenant_\\u0069d\":\"\(other)\",\(claims.dropFirst())")),
      ]
  }

  /// Tokens that are bound to a sender, sent by somebody else.
  private static func bindings(_ forge: TokenForge, _ tenant: String) -> [TokenAttack] {
    let thumbprint = String(repeating: "A", count: 43)
    return [
      "{\"x5t#S256\":\"\(thumbprint)\"}", "{\"jkt\":\"\(thumbprint)\"}", "{}", "null", "[]",
      "\"a\"",
      "{\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}}", "{\"kid\":\"rsa-1\"}", "{\"x5t#S256\":1}",
      "{\"x5t#S256\":\"AAAA\"}", "{\"x5t#S256\":\"\(thumbprint)\",\"jkt\":\"\(thumbprint)\"}",
      "{\"x5t\":\"AAAA\"}", "{\"osc\":{}}",
    ].map { TokenAttack("cnf \($0 ?? "")", forge.good(tenant: tenant, ["cnf": $0])) }
  }

  /// Other texts for the bytes of a good token.
  private static func encodings(_ forge: TokenForge, _ tenant: String) -> [TokenAttack] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    let good = forge.good(tenant: tenant)
    let last = alphabet.firstIndex(of: good.last ?? "A") ?? 0
    let parts = good.split(separator: ".").map(String.init)
    // 256 bytes leave four bits of the last character unused.
    return (1..<16).map { bits in
      TokenAttack(
        "a signature with unused bits \(bits)", "\(good.dropLast())\(alphabet[last | bits])")
    } + [
      TokenAttack("a signature and one more character", good + "A"),
      TokenAttack(
        "standard Base64", good.replacing("-", with: "+").replacing("_", with: "/") + "="),
      TokenAttack("a line break in the signature", "\(parts[0]).\(parts[1]).\n\(parts[2])"),
      TokenAttack("a space in the claims", "\(parts[0]). \(parts[1]).\(parts[2])"),
    ]
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
