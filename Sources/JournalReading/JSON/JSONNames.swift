import LedgerDomain

/// The names in the open objects, for finding names that an object repeats.
///
/// Names are compared as decoded: `"a"` and `"\u0061"` are the same. Memory is reused: nothing is
/// allocated per record.
struct JSONNames: ~Copyable {
  private struct Name {
    var fingerprint: UInt64
    var content: JSONScanner.Bytes
    var count: Int
    var hasEscapes: Bool
  }

  private var names: UnsafeMutablePointer<Name>
  private var capacity = 64
  private(set) var count = 0
  private var scratch = JSONStringDecoder()
  private var otherScratch = JSONStringDecoder()

  init() { names = .allocate(capacity: 64) }
  deinit { names.deallocate() }

  /// Removes all names, before a new record.
  mutating func removeAll() { count = 0 }

  /// Adds a name of the innermost object.
  mutating func append(_ token: JSONScanner.StringToken) {
    let decoded = scratch.decoded(token)
    append(
      Name(
        fingerprint: Fingerprint.of(decoded.start, count: decoded.count), content: token.content,
        count: token.count, hasEscapes: token.hasEscapes))
  }

  /// Adds the name in a remembered text that stands at `text`.
  mutating func append(_ name: MemberName, of text: JSONScanner.Bytes) {
    append(
      Name(
        fingerprint: name.fingerprint, content: text + name.offset, count: name.count,
        hasEscapes: name.hasEscapes))
  }

  /// The name added last, as a part of the text that begins at `text`.
  func last(of text: JSONScanner.Bytes) -> MemberName {
    let name = names[count - 1]
    return MemberName(
      offset: name.content - text, count: name.count, hasEscapes: name.hasEscapes,
      fingerprint: name.fingerprint)
  }

  private mutating func append(_ name: Name) {
    if count == capacity {
      let larger = UnsafeMutablePointer<Name>.allocate(capacity: capacity * 2)
      larger.moveInitialize(from: names, count: count)
      names.deallocate()
      names = larger
      capacity *= 2
    }
    names[count] = name
    count += 1
  }

  /// Closes the object whose first name is number `first`, and removes its names.
  ///
  /// - Returns: whether they are all different.
  mutating func closeObject(first: Int) -> Bool {
    defer { count = first }
    if count - first < 2 { return true }
    var object = UnsafeMutableBufferPointer(start: names + first, count: count - first)
    if object.count > 12 { object.sort { $0.fingerprint < $1.fingerprint } }
    for index in 1..<object.count {
      var other = index - 1
      while other >= 0 {
        if object[other].fingerprint == object[index].fingerprint {
          if isSame(object[other], object[index]) { return false }
        } else if object.count > 12 {
          break
        }
        other -= 1
      }
    }
    return true
  }

  private mutating func isSame(_ left: Name, _ right: Name) -> Bool {
    let one = scratch.decoded(
      .init(content: left.content, count: left.count, hasEscapes: left.hasEscapes))
    let two = otherScratch.decoded(
      .init(content: right.content, count: right.count, hasEscapes: right.hasEscapes))
    return one.count == two.count && one.elementsEqual(two)
  }
}
