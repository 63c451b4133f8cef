/// A request target split into the segments of its path and its query parameters, both decoded.
struct RequestTarget {
  static let bytesMax = 4_096

  /// How a target is written. Source: RFC 9112, section 3.2.
  enum Form {
    /// `/v1/health/live`, or `http://ledger.example/v1/health/live` as proxies send it.
    case path
    /// `*`, which is for OPTIONS.
    case asterisk
    /// None of them, or with characters that must be percent-encoded.
    case invalid
  }

  private(set) var form = Form.path
  /// The path's segments, from the first slash on.
  private(set) var segments: [String] = []
  /// The query parameters in order, including repeated ones.
  private(set) var parameters: [(name: String, value: String)] = []
  /// Whether a `%` lacks its two hexadecimal digits, or the decoded bytes are not UTF-8.
  private(set) var isMalformed = false

  private static let slash = UInt8(ascii: "/")
  private static let question = UInt8(ascii: "?")
  private static let percent = UInt8(ascii: "%")

  /// The target as the request's line has it: `/v1/accounts/1100/balance?currency=USD`.
  init(_ text: String) {
    guard let bytes = Self.pathAndQuery(Array(text.utf8)[...]),
      bytes.allSatisfy(Self.isAllowed)
    else {
      form = text.utf8.elementsEqual("*".utf8) ? .asterisk : .invalid
      return
    }
    let path = bytes.prefix { $0 != Self.question }
    for segment in path.dropFirst().split(separator: Self.slash, omittingEmptySubsequences: false) {
      segments.append(decoded(segment))
    }
    for pair in bytes.dropFirst(path.count + 1).split(separator: UInt8(ascii: "&")) {
      let name = pair.prefix { $0 != UInt8(ascii: "=") }
      parameters.append((decoded(name), decoded(pair.dropFirst(name.count + 1))))
    }
  }

  /// The path and query of a target in origin or absolute form; `nil` if it has neither.
  private static func pathAndQuery(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    if bytes.first == slash { return bytes }
    let text = String(decoding: bytes.prefix(8), as: UTF8.self).lowercased()
    guard let scheme = ["http://", "https://"].first(where: text.hasPrefix) else { return nil }
    let rest = bytes.dropFirst(scheme.utf8.count)
    let authority = rest.prefix { $0 != slash && $0 != question }
    return Authority.isValid(authority) ? rest.dropFirst(authority.count) : nil
  }

  /// Whether a path or a query may have a byte. Source: RFC 3986, sections 3.3 and 3.4.
  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case UInt8(ascii: "\""), UInt8(ascii: "#"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "["), UInt8(ascii: "\\"), UInt8(ascii: "]"), UInt8(ascii: "^"),
      UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
      false
    default: (0x21...0x7E).contains(byte)
    }
  }

  private mutating func decoded(_ part: ArraySlice<UInt8>) -> String {
    guard part.contains(Self.percent) else { return String(decoding: part, as: UTF8.self) }
    if let text = Self.decoded(part) { return text }
    isMalformed = true
    return String(decoding: part, as: UTF8.self)
  }

  private static func decoded(_ text: ArraySlice<UInt8>) -> String? {
    var bytes: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      guard byte == percent else {
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
