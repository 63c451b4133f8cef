import Digests
import Foundation
import LedgerDomain

/// Signs what a webhook is sent, so that the receiver knows who sent it and when.
///
/// The header `Tieout-Signature: t=1764000000,v1=<64 hexadecimal digits>` holds the time of sending, in
/// seconds since 1970, and the HMAC-SHA256 of that time, a full stop and the body, under the key in
/// the secret's file. A receiver computes the same, compares in constant time, and refuses what is
/// older than a few minutes.
///
/// Source: RFC 2104 for the HMAC; the header is of the form that Stripe made common.
struct WebhookSignature {
  /// Why there is no key.
  struct KeyError: Error, CustomStringConvertible {
    let description: String
  }

  static let header = "Tieout-Signature"
  private static let keyBytesMin = 16

  private let key: [UInt8]

  /// The signature under a key.
  init(key: [UInt8]) {
    self.key = key
  }

  /// The signature under the key that a file holds; line ends behind it are no part of it.
  init(keyFile path: String) throws(KeyError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw KeyError(description: "the webhook's secret \(path) cannot be read")
    }
    var bytes = [UInt8](data)
    while let last = bytes.last, [0x0A, 0x0D].contains(last) { bytes.removeLast() }
    guard bytes.count >= Self.keyBytesMin else {
      throw KeyError(
        description: "the webhook's secret \(path) is shorter than \(Self.keyBytesMin) bytes")
    }
    self.init(key: bytes)
  }

  /// The header's value for a body that is sent at a second.
  func value(of body: Data, at second: Int64) -> String {
    let code = HMACSHA256.code(of: Array("\(second).".utf8) + body, key: key)
    return "t=\(second),v1=\(Hexadecimal.text(code))"
  }
}
