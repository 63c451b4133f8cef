/// Interprets the `Accept` header. Source: RFC 9110, section 12.5.1.
enum AcceptHeader {
  /// Whether a header accepts a media type: the most specific matching range decides, and weight zero
  /// rejects. Without a header, every type is accepted.
  static func allows(_ type: String, _ header: String?) -> Bool {
    guard let header, !header.allSatisfy({ $0 == " " || $0 == "\t" }) else { return true }
    let main = type.prefix { $0 != "/" }
    var (best, allowed) = (-1, false)
    for range in header.split(separator: ",") {
      let parts = range.split(separator: ";", omittingEmptySubsequences: false).map(trimmed)
      let name = parts[0].lowercased()
      let rank = name == type ? 2 : name == "\(main)/*" ? 1 : name == "*/*" ? 0 : -1
      guard rank >= 0, rank >= best else { continue }
      let isAllowed = !parts.dropFirst().contains(where: isZeroWeight)
      allowed = rank == best ? allowed || isAllowed : isAllowed
      best = rank
    }
    return allowed
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }

  /// Whether a parameter is `q=0`, `q=0.0`, `q=0.00` or `q=0.000`.
  private static func isZeroWeight(_ parameter: Substring) -> Bool {
    let parts = parameter.split(separator: "=", maxSplits: 1).map(trimmed)
    guard parts.count == 2, parts[0].lowercased() == "q", parts[1].hasPrefix("0") else {
      return false
    }
    return parts[1].dropFirst().allSatisfy { $0 == "." || $0 == "0" }
  }
}
