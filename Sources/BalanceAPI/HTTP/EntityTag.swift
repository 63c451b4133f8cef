/// Names the state of the books that an answer is from. Source: RFC 9110, section 8.8.3.
struct EntityTag {
  /// As the header has it, in quotation marks.
  let text: String

  /// The tag of a state of a tenant's books.
  init(_ version: String) { text = "\"\(version)\"" }

  /// Whether an `If-None-Match` header names this state, so that there is nothing new to send.
  func isNamed(in header: String?) -> Bool {
    guard let header else { return false }
    return header.split(separator: ",").contains { item in
      let tag = item.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }
      // Comparison is weak: the mark of a weak tag makes no difference.
      return tag == "*" || tag == text || tag.hasPrefix("W/") && tag.dropFirst(2) == text
    }
  }
}
