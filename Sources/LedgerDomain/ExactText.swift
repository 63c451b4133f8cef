/// A text that is compared by its bytes, as identifiers are.
///
/// Swift compares strings by canonical equivalence: `"\u{212A}"`, the Kelvin sign, equals `"K"`, and a
/// composed `é` equals a decomposed one. Two identifiers are the same only if their bytes are.
///
///     ExactText("\u{212A}") == ExactText("K")  // false
public struct ExactText: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The text.
  public let text: String

  /// The identifier with a text.
  public init(_ text: String) { self.text = text }

  /// The text.
  public var description: String { text }

  /// Whether both have the same bytes.
  public static func == (left: ExactText, right: ExactText) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// The order of the bytes.
  public static func < (left: ExactText, right: ExactText) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
