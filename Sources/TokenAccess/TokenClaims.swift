/// A token's claims. Source: RFC 7519, section 4.1; RFC 9068 for `scope`.
struct TokenClaims: Decodable {
  let issuer: String
  let audiences: [String]
  let expiresAt: Double
  let notBefore: Double?
  let tenant: String
  let scopes: Set<String>

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: AnyKey.self)
    func text(_ name: String) throws -> String {
      try container.decode(String.self, forKey: AnyKey(name))
    }
    issuer = try text("iss")
    tenant = try text("tenant_id")
    expiresAt = try container.decode(Double.self, forKey: AnyKey("exp"))
    notBefore =
      container.contains(AnyKey("nbf"))
      ? try container.decode(Double.self, forKey: AnyKey("nbf")) : nil
    // A single audience may be a string instead of an array.
    if let single = try? text("aud") {
      audiences = [single]
    } else {
      audiences = try container.decode([String].self, forKey: AnyKey("aud"))
    }
    // A token without a scope is valid but permits nothing.
    let scope = container.contains(AnyKey("scope")) ? try text("scope") : ""
    scopes = Set(scope.split(separator: " ").map(String.init))
  }
}
