/// Identifies the state of a tenant's books that a response is from. Source: RFC 9110, section 8.8.3.
struct EntityTag {
  /// The header's value, in quotation marks.
  let text: String

  /// The tag of a version of a tenant's books.
  init(_ version: String) { text = "\"\(version)\"" }

  /// Whether an `If-None-Match` header has this tag, so that the client's copy is current.
  func matches(ifNoneMatch header: String?) -> Bool {
    guard let header else { return false }
    return header.split(separator: ",").contains { item in
      let tag = item.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }
      // The comparison is weak: a `W/` prefix makes no difference.
      return tag == "*" || tag == text || tag.hasPrefix("W/") && tag.dropFirst(2) == text
    }
  }
}
