import LedgerDomain
import Reconciliation

/// Items as short text, and what becomes of them.
///
/// `L1 5 100 a b` is a ledger line: name, day, amount, references. `B1 5 100 end_to_end:a "text"` is an entry
/// of the bank; a reference without a kind is the bank's own. `X.1 …`, `X.2 …` are transactions of the batch
/// X, whose own references follow `of`. `L2 5 -100 reverses L1` reverses the entry L1, `reversal` marks the
/// bank's. A batch is complete unless `partial` follows.
struct MatchingItems {
  let items: [BankItem]

  init(_ lines: [String]) {
    let drafts = lines.map(Draft.init)
    items = drafts.map { draft in
      guard let batch = draft.batchName else { return draft.item(batch: nil) }
      let members = drafts.filter { $0.batchName == batch }
      return draft.item(
        batch: BankBatch(
          identity: batch, references: members.flatMap(\.batchReferences),
          amountMinor: members.reduce(0) { $0 + $1.amountMinor },
          count: members.count + (members.contains(where: \.isPartial) ? 1 : 0)))
    }
  }

  private struct Draft {
    var name = ""
    var day = 0
    var amountMinor: AmountMinor = 0
    var references: [BankReference] = []
    var batchReferences: [BankReference] = []
    var text: String?
    var reverses: String?
    var isReversal = false
    var isPartial = false

    init(_ line: String) {
      let quoted = line.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
      if quoted.count > 1 { text = quoted[1] }
      var words = quoted[0].split(separator: " ").map(String.init)
      (name, day, amountMinor) = (words[0], Int(words[1]) ?? 0, AmountMinor(words[2]) ?? 0)
      words.removeFirst(3)
      var isOfBatch = false
      while !words.isEmpty {
        let word = words.removeFirst()
        switch word {
        case "of": isOfBatch = true
        case "reversal": isReversal = true
        case "partial": isPartial = true
        case "reverses": reverses = words.removeFirst()
        default:
          let reference = reference(word)
          if isOfBatch { batchReferences.append(reference) } else { references.append(reference) }
        }
      }
    }

    private func reference(_ word: String) -> BankReference {
      let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
      if parts.count == 2, let kind = BankReference.Kind(rawValue: parts[0]) {
        return BankReference(kind, parts[1])
      }
      return BankReference(isLedger ? .external : .accountServicer, word)
    }

    private var isLedger: Bool { name.hasPrefix("L") }

    var batchName: String? {
      name.firstIndex(of: ".").map { String(name[..<$0]) }
    }

    func item(batch: BankBatch?) -> BankItem {
      BankItem(
        side: isLedger ? .ledger : .bank, identity: name, references: references, text: text,
        amountMinor: amountMinor, date: BusinessDate.sample.advanced(by: day), batch: batch,
        reverses: reverses, isReversal: isReversal)
    }
  }

  /// What becomes of items: `L1=B1 reference r`, `L1+L2=B1 group r`, `B1 group 1`.
  static func outcome(_ items: [BankItem], windowDays: Int = 3) -> [String] {
    let result = BankItemMatcher(windowDays: windowDays).match(items)
    return result.matches.map { match in
      let sides = [match.ledger, match.bank].map { $0.map(\.identity).joined(separator: "+") }
      return sides.joined(separator: "=") + " \(match.rule)"
        + (match.reference.map { " \($0)" } ?? "")
    }
      + result.open.map { open in
        open.item.identity + (open.ambiguousGroup.map { " group \($0)" } ?? "")
      }
  }
}
