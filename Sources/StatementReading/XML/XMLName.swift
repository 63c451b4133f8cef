/// The local name of an element, in a form that is compared in one step.
///
/// Names of more than 24 bytes are told apart by their length and their first 24 bytes only. ISO 20022
/// has none.
struct XMLName: Hashable {
  private var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
  private let count: Int

  init(_ bytes: some Sequence<UInt8>) {
    var count = 0
    for byte in bytes {
      switch count {
      case ..<8: words.0 = words.0 << 8 | UInt64(byte)
      case ..<16: words.1 = words.1 << 8 | UInt64(byte)
      case ..<24: words.2 = words.2 << 8 | UInt64(byte)
      default: break
      }
      count += 1
    }
    self.count = count
  }

  init(_ name: String) { self.init(name.utf8) }

  static func == (left: XMLName, right: XMLName) -> Bool {
    left.words == right.words && left.count == right.count
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(count)
  }
}
