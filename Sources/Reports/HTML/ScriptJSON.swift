/// Writes JSON that is safe inside a script element.
///
/// No text can end the element: `<`, `>` and `&` are escaped, as are the line separators that old engines
/// treat as line ends.
struct ScriptJSON {
  private(set) var bytes: [UInt8] = []

  /// Adds trusted JSON.
  mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Adds a list of untrusted texts.
  mutating func list(_ texts: [String]) {
    raw("[")
    for (index, text) in texts.enumerated() {
      if index > 0 { raw(",") }
      self.text(text)
    }
    raw("]")
  }

  /// Passes the bytes on to the output once there are enough of them.
  mutating func flush(to output: inout ReportOutput, atEnd: Bool = false) throws(ReportError) {
    guard atEnd || bytes.count > 32 * 1024 else { return }
    try output.write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Adds a comma and a value.
  mutating func cell(_ fill: (inout ScriptJSON) -> Void) {
    bytes.append(UInt8(ascii: ","))
    fill(&self)
  }

  /// Adds a number, -1 if there is none.
  mutating func number(_ value: Int?) { raw(value.map { String($0) } ?? "-1") }

  /// Adds untrusted text, empty if there is none.
  mutating func text(_ value: String?) {
    bytes.append(UInt8(ascii: "\""))
    var value = value ?? ""
    value.withUTF8 { text in
      var index = 0
      while index < text.count {
        index += append(text[index], at: index, in: text)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// - Returns: how many bytes of the text that was.
  private mutating func append(
    _ byte: UInt8, at index: Int, in text: UnsafeBufferPointer<UInt8>
  ) -> Int {
    switch byte {
    case 0..<0x20, 0x22, 0x26, 0x3C, 0x3E, 0x5C, 0x7F:
      appendEscape(UInt16(byte))
    case 0xE2
    where index + 2 < text.count && text[index + 1] == 0x80 && text[index + 2] & 0xFE == 0xA8:
      // U+2028 and U+2029.
      appendEscape(0x2028 + UInt16(text[index + 2] & 1))
      return 3
    default: bytes.append(byte)
    }
    return 1
  }

  private mutating func appendEscape(_ unit: UInt16) {
    raw("\\u")
    for shift in [12, 8, 4, 0] as [UInt16] {
      let digit = UInt8(unit >> shift & 0xF)
      bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }
}
