import LedgerDomain

/// Structured references of creditors, which can be told by their check digits.
enum CreditorReference {
  /// The references that stand as words in a text, or that are the text as a whole.
  static func all(in text: ArraySlice<UInt8>) -> [BankReference] {
    var found: [BankReference] = []
    if text.count <= 40, let reference = reference(text.filter { $0 > 0x20 }[...]) {
      found.append(reference)
    }
    var index = text.startIndex
    while index < text.endIndex {
      let start = index
      while index < text.endIndex, !isBetweenWords(text[index]) { index += 1 }
      if index - start >= 5, let reference = reference(text[start..<index]),
        !found.contains(reference)
      {
        found.append(reference)
      }
      index += 1
    }
    return found
  }

  private static func isBetweenWords(_ byte: UInt8) -> Bool {
    switch byte {
    case ...0x20, UInt8(ascii: "/"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"),
      UInt8(ascii: "("), UInt8(ascii: ")"):
      true
    default: false
    }
  }

  /// The bytes as a reference, if they are one with right check digits.
  ///
  /// Source: ISO 11649 (`RF`, two check digits, up to 21 characters); Swiss Implementation Guidelines
  /// QR-bill (27 digits).
  static func reference(_ bytes: ArraySlice<UInt8>) -> BankReference? {
    guard isISO11649(bytes) || isQRReference(bytes) else { return nil }
    return BankReference(.creditor, String(decoding: bytes, as: UTF8.self))
  }

  private static func isISO11649(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard (5...25).contains(bytes.count), bytes.starts(with: "RF".utf8),
      bytes.dropFirst(2).prefix(2).allSatisfy(MT940Bytes.isDigit)
    else { return false }
    var remainder = 0
    for byte in bytes.dropFirst(4) + bytes.prefix(4) {
      if MT940Bytes.isDigit(byte) {
        remainder = (remainder * 10 + Int(byte - 0x30)) % 97
      } else if MT940Bytes.isCapital(byte) {
        remainder = (remainder * 100 + Int(byte - 0x41) + 10) % 97
      } else {
        return false
      }
    }
    return remainder == 1
  }

  private static func isQRReference(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count == 27, bytes.allSatisfy(MT940Bytes.isDigit),
      bytes.contains(where: { $0 != 0x30 })
    else { return false }
    let table = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5]
    var carry = 0
    for byte in bytes.dropLast() { carry = table[(carry + Int(byte - 0x30)) % 10] }
    return bytes.last.map { Int($0 - 0x30) == (10 - carry) % 10 } ?? false
  }
}
