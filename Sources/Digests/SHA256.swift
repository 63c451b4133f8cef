#if OPENSSL
  import COpenSSL
#else
  import Crypto
#endif

/// A SHA-256 computation: bytes go in piece by piece, 32 bytes come out.
///
/// swift-crypto does the work, or OpenSSL's libcrypto in a build made with `TIEOUT_OPENSSL=1`, which
/// does not compile BoringSSL. Both give the same bytes.
///
/// ```swift
/// var hash = SHA256()
/// hash.update(Array("opening".utf8))
/// let digest = hash.finalize()
/// ```
///
/// Source: FIPS 180-4.
public struct SHA256: Sendable {
  /// The length of a digest in bytes.
  public static let byteCount = 32

  #if OPENSSL
    private var context = DigestContext()
  #else
    private var hash = Crypto.SHA256()
  #endif

  /// A computation over no bytes yet.
  public init() {}

  /// Adds bytes to what is hashed.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    #if OPENSSL
      if !isKnownUniquelyReferenced(&context) { context = context.copy() }
      context.update(bytes)
    #else
      hash.update(bufferPointer: bytes)
    #endif
  }

  /// Adds bytes to what is hashed.
  public mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// The digest of all bytes added so far, `byteCount` bytes long. More bytes can be added after it.
  public func finalize() -> [UInt8] {
    #if OPENSSL
      context.copy().finalize()
    #else
      Array(hash.finalize())
    #endif
  }

  /// The digest of some bytes.
  public static func hash(_ bytes: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finalize()
  }
}
