/// A reference in XML: `&amp;`, `&#228;`, `&#xE4;`.
///
/// Source: W3C, Extensible Markup Language (XML) 1.0, sections 4.1 and 4.6.
enum XMLReference {
  /// The bytes that a reference may have.
  static let bytesMax = 16

  private static let entities: [(name: String, character: UInt8)] = [
    ("amp", UInt8(ascii: "&")), ("lt", UInt8(ascii: "<")), ("gt", UInt8(ascii: ">")),
    ("quot", UInt8(ascii: "\"")), ("apos", UInt8(ascii: "'")),
  ]

  /// What a reference stands for, and how many bytes it has; `nil` if it is none, or stands for a
  /// character that XML does not allow.
  ///
  /// - Parameter bytes: the text from its `&` on.
  static func decode(_ bytes: ArraySlice<UInt8>) -> (utf8: [UInt8], count: Int)? {
    let start = bytes.prefix(bytesMax)
    guard let end = start.firstIndex(of: UInt8(ascii: ";")) else { return nil }
    let name = start[(start.startIndex + 1)..<end]
    let count = end + 1 - start.startIndex
    if name.first == UInt8(ascii: "#") {
      guard let scalar = scalar(name.dropFirst()) else { return nil }
      return (Array(String(Character(scalar)).utf8), count)
    }
    guard let entity = entities.first(where: { name.elementsEqual($0.name.utf8) }) else {
      return nil
    }
    return ([entity.character], count)
  }

  private static func scalar(_ digits: ArraySlice<UInt8>) -> Unicode.Scalar? {
    let isHexadecimal = digits.first == UInt8(ascii: "x")
    let written = isHexadecimal ? digits.dropFirst() : digits
    guard !written.isEmpty,
      written.allSatisfy({ byte in
        (0x30...0x39).contains(byte)
          || isHexadecimal && ((0x41...0x46).contains(byte) || (0x61...0x66).contains(byte))
      }),
      let value = UInt32(
        String(decoding: written, as: UTF8.self), radix: isHexadecimal ? 16 : 10),
      XMLCharacters.allows(value)
    else { return nil }
    return Unicode.Scalar(value)
  }
}
