import LedgerDomain

/// The references of a matching run's nodes, as numbers that are equal where references are.
struct MatchingReferences {
  /// Those that source and bank give, by node; a transaction's are its own.
  private(set) var typed: [[Int]] = []
  /// Those that identify well enough for one side to cancel by them, by node.
  private(set) var cancelling: [[Int]] = []
  /// Those by which one side cancels if the bank says that it is a reversal, by node.
  private(set) var reversing: [[Int]] = []
  /// The ledger's, and the words of the bank's texts that are one of those, by node.
  private(set) var worded: [[Int]] = []
  /// The ledger's cut to the lengths of the bank's formats, and the bank's that have such a length, by node;
  /// words of its texts too.
  private(set) var shortened: [[Int]] = []
  /// As the first item writes it, by number.
  private(set) var spellings: [String] = []
  private var numbers: [String: Int] = [:]

  /// How many references of a node count.
  private static let perNodeMax = 32
  /// The lengths at which formats cut: MT940's 16x, and ISO 20022's Max35Text.
  private static let cutLengths = [16, 35]
  private static let placeholders: Set<String> = [
    "NOTPROVIDED", "NONREF", "NOREF", "NONE", "NOTAVAILABLE", "UNKNOWN", "N/A",
  ]

  init(_ state: MatchingState) {
    let count = state.nodes.count
    (typed, cancelling, reversing, worded, shortened) = (
      Array(repeating: [], count: count), Array(repeating: [], count: count),
      Array(repeating: [], count: count), Array(repeating: [], count: count),
      Array(repeating: [], count: count)
    )
    let (ledger, bank) = state.sides(state.nodes)
    for node in ledger { addTyped(state.items[node].references, of: node, isLedger: true) }
    for node in ledger { worded[node] = typed[node] }
    let ledgerCount = spellings.count
    for node in bank {
      let batch = state.isBatch(node) ? state.items[state.first(node)].batch : nil
      addTyped(batch?.references ?? state.items[node].references, of: node, isLedger: false)
      addWords(
        batch.map(\.text) ?? state.items[node].text,
        batch?.references ?? state.items[node].references, of: node, below: ledgerCount)
    }
  }

  /// The references of a transaction and of its batch, by node.
  func inherited(_ state: MatchingState) -> [[Int]] {
    var inherited = typed
    for (item, batch) in state.batchOfItem.enumerated() {
      guard let batch else { continue }
      for number in typed[batch] where !inherited[item].contains(number) {
        inherited[item].append(number)
      }
    }
    return inherited
  }

  private mutating func addTyped(_ references: [BankReference], of node: Int, isLedger: Bool) {
    for reference in references where reference.kind != .text {
      guard typed[node].count < Self.perNodeMax else { return }
      let comparable = reference.comparable
      guard Self.identifies(comparable) else { continue }
      if reference.kind == .cheque {
        add(number("CHQ \(comparable)", reference.value), reference.kind, to: node)
        continue
      }
      add(number(comparable, reference.value), reference.kind, to: node)
      if isLedger, comparable.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
        // The ledger does not say that a number is a cheque's.
        let cheque = comparable.drop { $0 == "0" }
        add(number("CHQ \(cheque)", reference.value), reference.kind, to: node)
      }
      addShortened(comparable, reference.value, of: node, isLedger: isLedger)
    }
  }

  private mutating func addShortened(
    _ comparable: String, _ spelling: String, of node: Int, isLedger: Bool
  ) {
    let length = comparable.count
    for cut in Self.cutLengths where isLedger ? length > cut : length == cut {
      shortened[node].append(number("\(cut) \(comparable.prefix(cut))", spelling))
    }
  }

  private mutating func add(_ number: Int, _ kind: BankReference.Kind, to node: Int) {
    guard !typed[node].contains(number) else { return }
    typed[node].append(number)
    switch kind {
    case .entry, .batch, .text: break
    case .creditor, .customer: reversing[node].append(number)
    default: cancelling[node].append(number)
    }
  }

  private mutating func addWords(
    _ text: String?, _ references: [BankReference], of node: Int, below ledgerCount: Int
  ) {
    let given = references.filter { $0.kind == .text }.map(\.comparable)
    for word in given + PaymentTextWords.words(of: text ?? "") {
      guard worded[node].count < Self.perNodeMax else { return }
      addShortenedWord(word, of: node)
      guard let number = numbers[word], number < ledgerCount, !worded[node].contains(number)
      else { continue }
      worded[node].append(number)
    }
  }

  /// A word that has the length of a cut reference, if the ledger has one that begins with it.
  private mutating func addShortenedWord(_ word: String, of node: Int) {
    guard Self.cutLengths.contains(word.count), let number = numbers["\(word.count) \(word)"],
      !shortened[node].contains(number)
    else { return }
    shortened[node].append(number)
  }

  private mutating func number(_ comparable: String, _ spelling: String) -> Int {
    if let number = numbers[comparable] { return number }
    numbers[comparable] = spellings.count
    spellings.append(spelling)
    return spellings.count - 1
  }

  /// Whether a reference is one at all: what banks write where there is none is not.
  private static func identifies(_ comparable: String) -> Bool {
    !comparable.isEmpty && !placeholders.contains(comparable)
      && !comparable.utf8.allSatisfy { $0 == UInt8(ascii: "0") }
  }
}
