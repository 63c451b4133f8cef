import Digests
import Foundation
import LedgerDomain

/// Signs webhook bodies, so that the receiver can verify who sent them and when.
///
/// The header `Tieout-Signature: t=1764000000,v1=<64 hexadecimal digits>` holds the time of
/// sending, in seconds since 1970, and the HMAC-SHA256 of that time, a full stop and the body,
/// under the key in the secret file. A receiver computes the same, compares in constant time, and
/// refuses messages older than a few minutes.
///
/// Source: RFC 2104 for the HMAC; the header follows the form of Stripe's.
struct WebhookSignature {
  /// Why the key cannot be used.
  struct KeyError: Error, CustomStringConvertible {
    let description: String
  }

  static let header = "Tieout-Signature"
  private static let keyBytesMin = 16

  private let key: [UInt8]

  /// A signer with a key.
  init(key: [UInt8]) {
    self.key = key
  }

  /// A signer with the key in a file. Line ends after the key are ignored.
  init(keyFile path: String) throws(KeyError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw KeyError(description: "the webhook secret file \(path) cannot be read")
    }
    var bytes = [UInt8](data)
    while let last = bytes.last, [0x0A, 0x0D].contains(last) { bytes.removeLast() }
    guard bytes.count >= Self.keyBytesMin else {
      throw KeyError(
        description: "the webhook secret file \(path) contains fewer than \(Self.keyBytesMin) bytes"
      )
    }
    self.init(key: bytes)
  }

  /// The header's value for a body.
  ///
  /// - Parameter second: when it is sent, in seconds since 1970.
  func value(of body: Data, at second: Int64) -> String {
    let code = HMACSHA256.code(of: Array("\(second).".utf8) + body, key: key)
    return "t=\(second),v1=\(Hexadecimal.text(code))"
  }
}
