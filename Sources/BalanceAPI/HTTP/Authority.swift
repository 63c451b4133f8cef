import Glibc

/// The host and port that a request is for: its `Host` field, or the authority of a target in absolute form.
///
/// Source: RFC 9110, sections 4.2 and 7.2; RFC 3986, section 3.2.2. Names in percent-encoding or with other
/// special characters, which no host of the web has, are refused, as are user names and IPvFuture.
enum Authority {
  /// Whether a text is a host, perhaps with a port: `ledger.example:8443`, `[2001:db8::1]`.
  static func isValid(_ text: some Collection<UInt8>) -> Bool {
    let bytes = Array(text)
    guard bytes.first == UInt8(ascii: "[") else {
      let host = bytes.prefix { $0 != UInt8(ascii: ":") }
      return !host.isEmpty && host.count <= 255 && host.allSatisfy(isNameCharacter)
        && isPort(bytes.dropFirst(host.count))
    }
    guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
    return isIPv6(bytes[1..<end]) && isPort(bytes[(end + 1)...])
  }

  /// Whether nothing follows the host, or a colon and a port; without digits, the default port is meant.
  private static func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let colon = bytes.first else { return true }
    let digits = bytes.dropFirst()
    guard colon == UInt8(ascii: ":"), digits.count <= 5,
      digits.allSatisfy({ (0x30...0x39).contains($0) })
    else { return false }
    return digits.isEmpty
      || Int(String(decoding: digits, as: UTF8.self)).map { $0 <= 65_535 } == true
  }

  private static func isNameCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
    default: false
    }
  }

  private static func isIPv6(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.allSatisfy({ $0 > 0 && $0 < 0x80 }) else { return false }
    var address = in6_addr()
    return inet_pton(AF_INET6, String(decoding: bytes, as: UTF8.self), &address) == 1
  }
}
