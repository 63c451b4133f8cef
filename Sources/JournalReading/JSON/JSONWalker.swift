/// Validates a JSON value of any shape and finds the first error.
///
/// In addition to RFC 8259's grammar and UTF-8 it enforces two rules of the export: no object repeats
/// a name, and nesting is at most 32 levels deep.
struct JSONWalker: ~Copyable {
  typealias Bytes = JSONScanner.Bytes

  var names = JSONNames()
  /// The position of the first error, and its reason.
  private(set) var faultPosition: Bytes?
  private(set) var faultReason: StaticString = ""

  /// Resets the walker for the next text.
  mutating func begin() {
    names.removeAll()
    faultPosition = nil
  }

  /// Records a fault, unless an earlier one is known.
  @inline(never)
  mutating func fault(_ reason: StaticString, at position: Bytes) -> Bytes? {
    if faultPosition == nil {
      faultPosition = position
      faultReason = reason
    }
    return nil
  }

  /// The position after any value.
  ///
  /// - Parameter depth: the number of open arrays and objects around it.
  mutating func value(_ bytes: Bytes, depth: Int) -> Bytes? {
    switch bytes.pointee {
    case JSONScanner.quote:
      guard let token = JSONScanner.string(bytes) else {
        return fault("a string is not well formed", at: bytes)
      }
      return token.end
    case UInt8(ascii: "{"): return object(bytes, depth: depth + 1)
    case UInt8(ascii: "["): return array(bytes, depth: depth + 1)
    case UInt8(ascii: "-"), 0x30...0x39:
      return JSONScanner.number(bytes) ?? fault("a number is not well formed", at: bytes)
    default:
      return JSONScanner.literal(bytes) ?? fault("expected a value", at: bytes)
    }
  }

  private mutating func array(_ open: Bytes, depth: Int) -> Bytes? {
    guard depth <= ReadLimits.nestingMax else {
      return fault("it is nested more than 32 levels deep", at: open)
    }
    var position = JSONScanner.skipWhitespace(open + 1)
    if position.pointee == UInt8(ascii: "]") { return position + 1 }
    while true {
      guard let end = value(position, depth: depth) else { return nil }
      position = JSONScanner.skipWhitespace(end)
      if position.pointee == UInt8(ascii: "]") { return position + 1 }
      guard position.pointee == JSONScanner.comma else {
        return fault("expected a comma or ]", at: position)
      }
      position = JSONScanner.skipWhitespace(position + 1)
    }
  }

  private mutating func object(_ open: Bytes, depth: Int) -> Bytes? {
    guard depth <= ReadLimits.nestingMax else {
      return fault("it is nested more than 32 levels deep", at: open)
    }
    let firstName = names.count
    var position = JSONScanner.skipWhitespace(open + 1)
    if position.pointee == UInt8(ascii: "}") { return position + 1 }
    while true {
      guard let token = name(position) else { return nil }
      names.append(token)
      guard let start = valueStart(behind: token), let end = value(start, depth: depth) else {
        return nil
      }
      position = JSONScanner.skipWhitespace(end)
      if position.pointee == UInt8(ascii: "}") { break }
      guard position.pointee == JSONScanner.comma else {
        return fault("expected a comma or }", at: position)
      }
      position = JSONScanner.skipWhitespace(position + 1)
    }
    guard names.closeObject(first: firstName) else {
      return fault("an object repeats a name", at: open)
    }
    return position + 1
  }

  /// The name of a member.
  mutating func name(_ bytes: Bytes) -> JSONScanner.StringToken? {
    guard bytes.pointee == JSONScanner.quote, let token = JSONScanner.string(bytes) else {
      _ = fault("expected a quoted name", at: bytes)
      return nil
    }
    return token
  }

  /// The position after the colon and the white space around it.
  mutating func valueStart(behind name: JSONScanner.StringToken) -> Bytes? {
    let colon = JSONScanner.skipWhitespace(name.end)
    guard colon.pointee == JSONScanner.colon else {
      return fault("expected a colon", at: colon)
    }
    return JSONScanner.skipWhitespace(colon + 1)
  }
}
