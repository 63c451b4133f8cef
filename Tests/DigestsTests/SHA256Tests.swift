import Digests
import Testing

/// Expected digests: FIPS 180-4's examples, and GNU `sha256sum` for the others.
@Suite("SHA-256")
struct SHA256Tests {
  private func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef")
    return bytes.reduce(into: "") { text, byte in
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
  }

  @Test(
    "gives the published digests",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func digestsMatchThePublishedOnes(text: String, digest: String) {
    #expect(hexadecimal(SHA256.hash(Array(text.utf8))) == digest)
  }

  @Test("of a million bytes does not depend on how they are cut")
  func digestDoesNotDependOnPieces() {
    let bytes = Array(repeating: UInt8(ascii: "a"), count: 1_000_000)
    let expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    for length in [1_000_000, 65_537, 63, 64] {
      var hash = SHA256()
      for start in stride(from: 0, to: bytes.count, by: length) {
        hash.update(Array(bytes[start..<min(start + length, bytes.count)]))
      }
      #expect(hexadecimal(hash.finalize()) == expected, "pieces of \(length) bytes")
    }
  }

  @Test("goes on after a digest was taken, and copies do not disturb each other")
  func copiesAreIndependent() {
    var first = SHA256()
    first.update(Array("a".utf8))
    _ = first.finalize()
    var second = first
    first.update(Array("bc".utf8))
    second.update(Array("xx".utf8))
    #expect(first.finalize() == SHA256.hash(Array("abc".utf8)))
    #expect(second.finalize() == SHA256.hash(Array("axx".utf8)))
  }
}
