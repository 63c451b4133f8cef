import Foundation
import Testing

@testable import Operations

@Suite("Webhook signature")
struct WebhookSignatureTests {
  @Test("is the HMAC-SHA256 of time, full stop and body")
  func signatureMatchesOpenSSL() throws {
    // printf '1764000000.{"a":1}' | openssl dgst -sha256 -hmac 0123456789abcdef
    let signature = WebhookSignature(key: Array("0123456789abcdef".utf8))
    #expect(
      signature.value(of: Data("{\"a\":1}".utf8), at: 1_764_000_000)
        == "t=1764000000,v1=19b692a3b3faad0515d4b643aa46cb06d55d8258053f2ffb472c2134aa59171c")
  }

  @Test("reads its key from a file without trailing line ends and rejects short keys")
  func keyFileIsTrimmedAndChecked() throws {
    let path = NSTemporaryDirectory() + "tieout-key-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    let body = Data("body".utf8)
    let expected = WebhookSignature(key: Array("0123456789abcdef".utf8)).value(of: body, at: 1)
    for text in ["0123456789abcdef", "0123456789abcdef\n", "0123456789abcdef\r\n"] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      #expect(try WebhookSignature(keyFile: path).value(of: body, at: 1) == expected)
    }
    try Data("0123456789abcde\n\n".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: WebhookSignature.KeyError.self) { try WebhookSignature(keyFile: path) }
    #expect(throws: WebhookSignature.KeyError.self) { try WebhookSignature(keyFile: path + "x") }
  }
}
