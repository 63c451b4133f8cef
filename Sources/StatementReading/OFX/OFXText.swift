/// Texts of OFX: one line, with the entities that the specification has.
///
/// Source: Open Financial Exchange 1.6, section 2.3.2.1; XML 1.0, sections 4.1 and 4.6.
enum OFXText {
  private static let referenceBytesMax = 12

  /// The text in one line; `nil` if it is blank.
  static func of(_ pieces: [ArraySlice<UInt8>]) -> String? {
    guard pieces.contains(where: { $0.contains(UInt8(ascii: "&")) }) else {
      return SingleLineText.of(pieces)
    }
    // References are expanded once, in text of which the encoding is settled.
    return SingleLineText.of(
      pieces.map { piece in
        expanded(Array(SingleLineText.decoded(piece.prefix(128 << 10)).utf8))[...]
      })
  }

  private static func expanded(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "&"),
        let end = bytes[index...].prefix(referenceBytesMax).firstIndex(of: UInt8(ascii: ";")),
        let scalar = scalar(bytes[(index + 1)..<end])
      {
        result += Array(String(scalar).utf8)
        index = end + 1
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  /// The character that a reference stands for; `nil` if it is not known, and so is text.
  private static func scalar(_ name: ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard name.first == UInt8(ascii: "#") else {
      return named[String(decoding: name, as: UTF8.self)]
    }
    let digits = name.dropFirst()
    let isHexadecimal = digits.first.map { $0 & 0xDF } == UInt8(ascii: "X")
    let number = UInt32(
      String(decoding: isHexadecimal ? digits.dropFirst() : digits, as: UTF8.self),
      radix: isHexadecimal ? 16 : 10)
    // Numbers of control characters are meant as bytes of Windows-1252.
    if let number, (0x80...0x9F).contains(number) {
      return SingleLineText.windows1252(UInt8(number))
    }
    return number.flatMap(Unicode.Scalar.init)
  }

  private static let named: [String: Unicode.Scalar] = [
    "lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'", "nbsp": " ",
  ]
}
