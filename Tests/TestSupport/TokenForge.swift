import Crypto
import CryptoExtras
import FoundationEssentials

/// Makes tokens of every kind: good ones, and those that an attacker would try.
public struct TokenForge: Sendable {
  /// How a token is signed.
  public enum Signature {
    /// With the issuer's RSA key and SHA-256.
    case rsa
    /// With the issuer's key on P-256 and SHA-256.
    case ellipticCurve
    /// With a key that the issuer does not have.
    case foreignRSA
    /// HMAC with SHA-256 of a secret.
    case secret([UInt8])
    /// Not at all.
    case none
    /// With these bytes.
    case bytes([UInt8])
    /// With the issuer's RSA key, less this many bytes at the end.
    case truncated(Int)
  }

  private static let rsaKey = key()
  private static let foreignKey = key()
  private static let curveKey = P256.Signing.PrivateKey()
  private let rsaKey = Self.rsaKey
  private let curveKey = Self.curveKey

  /// Who issues the tokens.
  public let issuer = "https://issuer.test"
  /// Whom they are for.
  public let audience = "tieout"
  /// Seconds since 1970-01-01 UTC.
  public let now: Int

  /// A forge at that time.
  public init(now: Int) {
    self.now = now
  }

  private static func key() -> _RSA.Signing.PrivateKey {
    do { return try _RSA.Signing.PrivateKey(keySize: .bits2048) } catch {
      preconditionFailure("no key can be made: \(error)")
    }
  }

  /// The issuer's public key in PEM form: what confusing the algorithm takes for a secret.
  public var publicPEM: [UInt8] { Array(rsaKey.publicKey.pemRepresentation.utf8) }
  /// The issuer's public key in DER form.
  public var publicDER: [UInt8] { Array(rsaKey.publicKey.derRepresentation) }

  /// The RSA key as a set has it.
  public func rsaMember(kid: String = "rsa-1", more: String = #","alg":"RS256","use":"sig""#)
    throws -> String
  {
    let parts = try rsaKey.publicKey.getKeyPrimitives()
    return """
      {"kty":"RSA","kid":"\(kid)"\(more),"n":"\(Self.text(parts.modulus))",\
      "e":"\(Self.text(parts.publicExponent))"}
      """
  }

  /// The key on P-256 as a set has it.
  public func curveMember(kid: String = "ec-1", more: String = #","alg":"ES256""#) -> String {
    let point = curveKey.publicKey.rawRepresentation
    return """
      {"kty":"EC","crv":"P-256","kid":"\(kid)"\(more),"x":"\(Self.text(point.prefix(32)))",\
      "y":"\(Self.text(point.suffix(32)))"}
      """
  }

  /// The issuer's keys.
  public func keySet() throws -> String { "{\"keys\":[\(try rsaMember()),\(curveMember())]}" }

  /// Claims in JSON: good ones, with some put in their places, or left out where `nil`.
  public func claims(tenant: String, _ others: [String: String?] = [:]) -> String {
    var members: [String: String] = [
      "iss": "\"\(issuer)\"", "aud": "\"\(audience)\"", "exp": "\(now + 600)", "nbf": "\(now - 5)",
      "tenant_id": "\"\(tenant)\"",
      "scope": "\"hpts:balances:read hpts:reconciliation:read\"",
    ]
    for (name, value) in others { members[name] = value }
    let list = members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
    return "{\(list.joined(separator: ","))}"
  }

  /// A token of that header and those claims.
  public func token(
    header: String = #"{"alg":"RS256","typ":"JWT","kid":"rsa-1"}"#, claims: String,
    signed signature: Signature = .rsa
  ) -> String {
    token(headerBytes: Array(header.utf8), claimsBytes: Array(claims.utf8), signed: signature)
  }

  /// A token of any bytes.
  public func token(
    headerBytes: [UInt8], claimsBytes: [UInt8], signed signature: Signature = .rsa
  ) -> String {
    let signed = Self.text(Data(headerBytes)) + "." + Self.text(Data(claimsBytes))
    return signed + "." + Self.text(bytes(signature, of: Data(signed.utf8)))
  }

  /// A good token.
  public func good(tenant: String, _ others: [String: String?] = [:]) -> String {
    token(claims: claims(tenant: tenant, others))
  }

  private func bytes(_ signature: Signature, of data: Data) -> Data {
    func rsa(_ key: _RSA.Signing.PrivateKey) -> Data {
      let signature = try? key.signature(
        for: SHA256.hash(data: data), padding: .insecurePKCS1v1_5)
      return signature?.rawRepresentation ?? Data()
    }
    switch signature {
    case .rsa: return rsa(rsaKey)
    case .foreignRSA: return rsa(Self.foreignKey)
    case .ellipticCurve: return (try? curveKey.signature(for: data))?.rawRepresentation ?? Data()
    case .secret(let secret):
      return Data(HMAC<SHA256>.authenticationCode(for: data, using: SymmetricKey(data: secret)))
    case .none: return Data()
    case .bytes(let bytes): return Data(bytes)
    case .truncated(let count): return Data(rsa(rsaKey).dropLast(count))
    }
  }

  static func text(_ bytes: Data) -> String {
    String(
      bytes.base64EncodedString().compactMap { character -> Character? in
        switch character {
        case "+": "-"
        case "/": "_"
        case "=": nil
        default: character
        }
      })
  }
}
