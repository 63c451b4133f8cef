extension XMLBuffer {
  /// The position of the `>` that ends the tag at `position`; the tag is in memory then.
  mutating func tagEnd(_ limits: StatementLimits) throws(StatementFault) -> Int {
    var offset = 1
    var quote: UInt8 = 0
    while true {
      let start = position
      let isFound = bytes.withUnsafeBufferPointer { bytes in
        while start + offset < bytes.count {
          let byte = bytes[start + offset]
          if byte == UInt8(ascii: "<") || (byte == UInt8(ascii: ">") && quote == 0) { return true }
          if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
            quote = quote == 0 ? byte : quote == byte ? 0 : quote
          }
          offset += 1
        }
        return false
      }
      guard offset <= limits.textBytesMax else { throw tooLong(limits) }
      if isFound {
        if bytes[start + offset] == UInt8(ascii: ">") { return start + offset }
        throw malformed("a tag is not closed before the next one")
      }
      guard try refill() else { throw truncated() }
    }
  }

  /// The fault of a document that ends too early.
  mutating func truncated() -> StatementFault {
    fault(
      "is truncated: it ends inside an element. What it lacks cannot be known, so no statement of it "
        + "counts. Ask the bank to deliver it again.")
  }

  /// The fault of a document that is not XML.
  mutating func malformed(_ reason: String) -> StatementFault {
    fault("is truncated or not well-formed XML: \(reason). Ask the bank to deliver it again.")
  }

  /// The fault of a document with a text that is too long.
  mutating func tooLong(_ limits: StatementLimits) -> StatementFault {
    fault("has a text longer than \(limits.textBytesMax) bytes. Find out who wrote this file.")
  }
}
