/// A request's target taken apart: the parts of its path and the parameters behind it, decoded.
struct RequestTarget {
  static let bytesMax = 4_096

  /// What stands between the slashes of the path, from the first.
  let segments: [String]
  /// The parameters in their order, repeated ones too.
  let parameters: [(name: String, value: String)]
  /// Whether a `%` is not followed by two digits, or what is encoded is not UTF-8.
  let isMalformed: Bool

  /// The target as the request's line has it: `/v1/accounts/1100/balance?currency=USD`.
  init(_ text: String) {
    var rest = Substring(text)
    if let scheme = ["http://", "https://"].first(where: rest.lowercased().hasPrefix) {
      // The absolute form, as proxies send it.
      let authority = rest.dropFirst(scheme.count)
      rest = authority.firstIndex(where: { $0 == "/" || $0 == "?" }).map { authority[$0...] } ?? "/"
    }
    var isMalformed = false
    func decoded(_ part: Substring) -> String {
      guard part.utf8.contains(UInt8(ascii: "%")) else { return String(part) }
      guard let text = Self.decoded(part) else {
        isMalformed = true
        return String(part)
      }
      return text
    }
    let path = rest.prefix { $0 != "?" }
    segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(decoded)
    parameters = rest.dropFirst(path.count + 1).split(separator: "&").map { pair in
      let name = pair.prefix { $0 != "=" }
      return (decoded(name), decoded(pair.dropFirst(name.count + 1)))
    }
    self.isMalformed = isMalformed
  }

  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit)
      else { return nil }
      bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
