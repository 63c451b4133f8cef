import Crypto
import CryptoExtras
import Foundation
import Glibc
import JWTKit
public import LedgerDomain

/// A key pair and a key set for trying the server without an issuer.
///
/// The private key opens every tenant's books of a server that trusts the set. Use it for public data only.
public struct DevelopmentKeys {
  /// The key set, for `--jwks`.
  public let keySetPath: String
  private let directory: String
  private let algorithm: TokenAlgorithm
  private static let identifier = "tieout-development"

  /// Uses the keys in a directory, and creates them if there are none.
  ///
  /// - Throws: `KeySourceError` if the directory cannot be used.
  public init(directory: String, algorithm: TokenAlgorithm) async throws {
    self.directory = directory
    self.algorithm = algorithm
    keySetPath = directory + "/jwks.json"
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    if !FileManager.default.fileExists(atPath: privateKeyPath) {
      try write(
        algorithm == .rs256
          ? _RSA.Signing.PrivateKey(keySize: .bits2048).pemRepresentation
          : P256.Signing.PrivateKey().pemRepresentation, to: privateKeyPath)
    }
    try writeKeySet()
  }

  /// Creates a token for a tenant.
  ///
  /// - Parameters:
  ///   - scopes: the scopes that it grants.
  ///   - now: the time in seconds since 1970-01-01 UTC.
  ///   - validSeconds: how long it is valid.
  public func token(
    tenant: TenantID, scopes: [String], issuer: String, audience: String, now: Int,
    validSeconds: Int
  ) async throws -> String {
    let claims = Claims(
      iss: issuer, aud: audience, tenant_id: tenant.description,
      scope: scopes.joined(separator: " "), iat: now, nbf: now, exp: now + validSeconds)
    let kid = JWKIdentifier(string: name(algorithm))
    let keys = JWTKeyCollection()
    let pem = try String(contentsOfFile: privateKeyPath, encoding: .utf8)
    switch algorithm {
    case .rs256:
      await keys.add(rsa: try Insecure.RSA.PrivateKey(pem: pem), digestAlgorithm: .sha256, kid: kid)
    case .es256: await keys.add(ecdsa: try ES256PrivateKey(pem: pem), kid: kid)
    }
    return try await keys.sign(claims, kid: kid)
  }

  private struct Claims: JWTPayload {
    let iss: String
    let aud: String
    let tenant_id: String
    let scope: String
    let iat: Int
    let nbf: Int
    let exp: Int

    func verify(using algorithm: some JWTAlgorithm) throws {}
  }

  private var privateKeyPath: String { path(algorithm) }

  private func path(_ algorithm: TokenAlgorithm) -> String {
    "\(directory)/private-key-\(algorithm.rawValue).pem"
  }

  private func name(_ algorithm: TokenAlgorithm) -> String {
    "\(Self.identifier)-\(algorithm.rawValue)"
  }

  /// Writes the set of all existing keys.
  private func writeKeySet() throws {
    var keys: [String] = []
    for algorithm in TokenAlgorithm.allCases {
      guard let pem = try? String(contentsOfFile: path(algorithm), encoding: .utf8) else {
        continue
      }
      let head = "\"kid\":\"\(name(algorithm))\",\"alg\":\"\(algorithm.rawValue)\",\"use\":\"sig\""
      switch algorithm {
      case .rs256:
        let parts = try _RSA.Signing.PrivateKey(pemRepresentation: pem).publicKey.getKeyPrimitives()
        let (n, e) = (Base64URL.text(parts.modulus), Base64URL.text(parts.publicExponent))
        keys.append("{\"kty\":\"RSA\",\(head),\"n\":\"\(n)\",\"e\":\"\(e)\"}")
      case .es256:
        let point = try P256.Signing.PrivateKey(pemRepresentation: pem).publicKey.rawRepresentation
        let (x, y) = (Base64URL.text(point.prefix(32)), Base64URL.text(point.suffix(32)))
        keys.append("{\"kty\":\"EC\",\"crv\":\"P-256\",\(head),\"x\":\"\(x)\",\"y\":\"\(y)\"}")
      }
    }
    try write("{\"keys\":[\(keys.joined(separator: ","))]}\n", to: keySetPath)
  }

  /// Writes a file that only its owner can read and write.
  private func write(_ text: String, to path: String) throws {
    let made = FileManager.default.createFile(
      atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
    guard made else {
      throw KeySourceError(
        "\(path) cannot be written. Check the directory's permissions and free space.")
    }
  }
}
