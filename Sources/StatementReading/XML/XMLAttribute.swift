/// An attribute of an element.
struct XMLAttribute {
  /// Its name, with the prefix.
  let name: [UInt8]
  /// Its value, with references replaced.
  let value: [UInt8]

  /// Of an element; statements have one or two.
  private static let countMax = 64

  /// Reads the attributes of a start tag; `false` if they are malformed, repeated or too many.
  static func read(_ tag: ArraySlice<UInt8>, into attributes: inout [XMLAttribute]) -> Bool {
    var rest = tag
    while let first = rest.first {
      guard XMLCharacters.isSpace(first) else { return false }
      rest = rest.drop(while: XMLCharacters.isSpace)
      if rest.isEmpty { return true }
      guard attributes.count < countMax, let attribute = next(&rest),
        !attributes.contains(where: { $0.name == attribute.name })
      else { return false }
      attributes.append(attribute)
    }
    return true
  }

  private static func next(_ rest: inout ArraySlice<UInt8>) -> XMLAttribute? {
    let name = rest.prefix { !XMLCharacters.isSpace($0) && $0 != UInt8(ascii: "=") }
    guard isName(name) else { return nil }
    rest = rest[name.endIndex...].drop(while: XMLCharacters.isSpace)
    guard rest.popFirst() == UInt8(ascii: "=") else { return nil }
    rest = rest.drop(while: XMLCharacters.isSpace)
    guard let quote = rest.popFirst(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      let end = rest.firstIndex(of: quote), let value = value(rest[..<end])
    else { return nil }
    rest = rest[(end + 1)...]
    return XMLAttribute(name: Array(name), value: value)
  }

  private static func value(_ written: ArraySlice<UInt8>) -> [UInt8]? {
    guard written.contains(UInt8(ascii: "&")) else { return Array(written) }
    var value: [UInt8] = []
    var rest = written
    while let byte = rest.first {
      if byte == UInt8(ascii: "&") {
        guard let found = XMLReference.decode(rest) else { return nil }
        value += found.utf8
        rest = rest.dropFirst(found.count)
      } else {
        value.append(byte)
        rest = rest.dropFirst()
      }
    }
    return value
  }

  /// Whether that is a name in XML.
  static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, XMLCharacters.isName(first, isFirst: true) else { return false }
    return bytes.dropFirst().allSatisfy { XMLCharacters.isName($0, isFirst: false) }
  }
}
