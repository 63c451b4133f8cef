#if OPENSSL
  import COpenSSL
#else
  import Crypto
#endif

/// Message authentication codes over SHA-256.
///
/// Source: RFC 2104.
public enum HMACSHA256 {
  /// The code of a message under a key of any length: 32 bytes.
  public static func code(of message: [UInt8], key: [UInt8]) -> [UInt8] {
    #if OPENSSL
      [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { buffer, count in
        let code = HMAC(
          EVP_sha256(), key, Int32(key.count), message, message.count, buffer.baseAddress, nil)
        precondition(code != nil, "HMAC with SHA-256 is unavailable")
        count = SHA256.byteCount
      }
    #else
      Array(
        Crypto.HMAC<Crypto.SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key)))
    #endif
  }
}
