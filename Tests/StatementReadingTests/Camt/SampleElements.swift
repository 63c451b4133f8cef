/// The elements of a document, found without the reader that is tested.
enum SampleElements {
  /// An element: with its tags, and what is between them.
  struct Element {
    let whole: Range<Int>
    let content: Range<Int>
  }

  /// All elements, in the order of their ends. Comments and CDATA sections must not contain tags.
  static func all(of bytes: [UInt8]) -> [Element] {
    var elements: [Element] = []
    var open: [(start: Int, content: Int)] = []
    var index = 0
    while let start = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
      guard let end = bytes[start...].firstIndex(of: UInt8(ascii: ">")) else { break }
      index = end + 1
      switch bytes[start + 1] {
      case UInt8(ascii: "?"), UInt8(ascii: "!"): continue
      case UInt8(ascii: "/"):
        let (opening, content) = open.removeLast()
        elements.append(Element(whole: opening..<index, content: content..<start))
      default:
        if bytes[end - 1] != UInt8(ascii: "/") { open.append((start, index)) }
      }
    }
    return elements
  }

  /// The document with each element missing, there twice, empty, and with a text that is too long.
  static func damaged(_ bytes: [UInt8]) -> some Sequence<[UInt8]> {
    let elements = all(of: bytes)
    return elements.indices.lazy.flatMap { index in
      let (whole, content) = (elements[index].whole, elements[index].content)
      func replaced(_ range: Range<Int>, by other: [UInt8]) -> [UInt8] {
        var changed = bytes
        changed.replaceSubrange(range, with: other)
        return changed
      }
      let last = bytes[content].last ?? UInt8(ascii: "9")
      let more = last == UInt8(ascii: ">") ? UInt8(ascii: "9") : last
      return [
        replaced(whole, by: []),
        replaced(whole.upperBound..<whole.upperBound, by: Array(bytes[whole])),
        replaced(content, by: []),
        replaced(content.upperBound..<content.upperBound, by: Array(repeating: more, count: 300)),
      ]
    }
  }
}
