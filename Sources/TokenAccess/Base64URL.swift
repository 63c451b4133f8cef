import FoundationEssentials

/// Base64 with the URL-safe alphabet, without padding. Source: RFC 4648, section 5; RFC 7515, section 2.
enum Base64URL {
  /// The decoded bytes; `nil` if the text has a character outside of the alphabet, or is not the one text that
  /// encodes the bytes: bits of its last character that belong to no byte must be zero.
  static func bytes(_ text: Substring.UTF8View) -> Data? {
    var standard: [UInt8] = []
    standard.reserveCapacity(text.count + 3)
    for byte in text {
      switch byte {
      case UInt8(ascii: "-"): standard.append(UInt8(ascii: "+"))
      case UInt8(ascii: "_"): standard.append(UInt8(ascii: "/"))
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        standard.append(byte)
      default: return nil
      }
    }
    while standard.count % 4 != 0 { standard.append(UInt8(ascii: "=")) }
    guard let bytes = Data(base64Encoded: Data(standard)),
      bytes.base64EncodedData().elementsEqual(standard)
    else { return nil }
    return bytes
  }

  /// The encoded text.
  static func text(_ bytes: Data) -> String {
    let mapped = bytes.base64EncodedData().compactMap { byte -> UInt8? in
      switch byte {
      case UInt8(ascii: "+"): UInt8(ascii: "-")
      case UInt8(ascii: "/"): UInt8(ascii: "_")
      case UInt8(ascii: "="): nil
      default: byte
      }
    }
    return String(decoding: mapped, as: UTF8.self)
  }
}
