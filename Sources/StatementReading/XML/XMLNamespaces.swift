/// The namespaces of a document, and which prefixes stand for them at the current element.
///
/// Source: W3C, Namespaces in XML 1.0.
struct XMLNamespaces {
  /// The namespaces met so far; the first is none.
  private(set) var names = [""]
  private var numbers = ["": 0]
  /// What the open elements declare, the innermost last.
  private var declarations: [(prefix: [UInt8], number: Int, depth: Int)] = []

  private static let namesMax = 1000
  /// Each element looks through what is declared where it stands.
  private static let declarationsMax = 100

  /// Notes that an element declares a prefix; the empty one is the default.
  mutating func declare(
    _ prefix: some Sequence<UInt8>, _ name: String, depth: Int
  ) throws(StatementFault) {
    let number = numbers[name] ?? names.count
    if number == names.count {
      guard number < Self.namesMax else {
        throw StatementFault(
          "has more than \(Self.namesMax) namespaces. Find out who wrote this file.")
      }
      numbers[name] = number
      names.append(name)
    }
    guard declarations.count < Self.declarationsMax else {
      throw StatementFault(
        "declares more than \(Self.declarationsMax) namespaces in one place. "
          + "Find out who wrote this file.")
    }
    declarations.append((Array(prefix), number, depth))
  }

  /// The number in `names` of what a prefix stands for. One that nobody declared stands for none.
  func number(of prefix: some Collection<UInt8>) -> Int {
    declarations.last { $0.prefix.elementsEqual(prefix) }?.number ?? 0
  }

  /// Forgets what an element that ends declared.
  mutating func leave(depth: Int) {
    while let last = declarations.last, last.depth >= depth { declarations.removeLast() }
  }
}
