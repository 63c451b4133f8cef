/// The names of a zip archive's members, as reports have them.
enum ZipMemberName {
  private static let bytesMax = 400

  /// A relative path without `.`, `..`, drives, control characters and what changes the direction of
  /// text; `unnamed` if nothing is left. Bytes that are no UTF-8 are written as `%E4`.
  ///
  ///     ZipMemberName.clean(Array("C:\\..\\bank\\march.xml".utf8))  // "bank/march.xml"
  static func clean(_ bytes: [UInt8]) -> String {
    let text = String(validating: bytes, as: UTF8.self) ?? escaped(bytes)
    let parts = text.split { $0 == "/" || $0 == "\\" }.map(cleanPart)
    let kept = parts.filter { !$0.isEmpty && $0 != "." && $0 != ".." }
    let path = (kept.first?.hasSuffix(":") == true ? kept.dropFirst() : kept[...])
      .joined(separator: "/")
    guard !path.isEmpty else { return "unnamed" }
    return path.utf8.count <= bytesMax
      ? path : String(path.unicodeScalars.prefix(bytesMax / 4)) + "…"
  }

  /// The names told apart: `a.xml`, `a.xml (2)`.
  static func distinct(_ names: [String]) -> [String] {
    var taken = Set<String>()
    var counts: [String: Int] = [:]
    return names.map { name in
      var candidate = name
      while !taken.insert(candidate).inserted {
        counts[name, default: 1] += 1
        candidate = "\(name) (\(counts[name, default: 1]))"
      }
      return candidate
    }
  }

  private static func cleanPart(_ part: Substring) -> String {
    var clean = String.UnicodeScalarView()
    for scalar in part.unicodeScalars {
      clean.append(isHarmless(scalar) ? scalar : "_")
    }
    return String(clean)
  }

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      false
    default: true
    }
  }

  private static func escaped(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      byte < 0x80
        ? String(UnicodeScalar(byte)) : "%" + String(byte, radix: 16, uppercase: true)
    }.joined()
  }
}
