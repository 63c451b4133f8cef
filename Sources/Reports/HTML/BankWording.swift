import LedgerDomain

/// How reports put bank accounts into words.
enum BankWording {
  /// An item's references, separated by commas, the entry's own identifier last.
  static func references(_ item: BankItem) -> String {
    let own = item.references.map(\.value)
    return own.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      .joined(separator: ", ")
  }

  /// How many matches of the date each rule made: `3 by reference, 1 in groups`; empty if there are none.
  static func matches(_ reconciliation: BankReconciliation) -> String {
    BankMatchRule.allCases.compactMap { rule in
      guard let count = reconciliation.matchCounts[rule], count > 0 else { return nil }
      return "\(count) \(words(rule))"
    }.joined(separator: ", ")
  }

  private static func words(_ rule: BankMatchRule) -> String {
    switch rule {
    case .reference: "by reference"
    case .batch: "of batches"
    case .group: "in groups"
    case .cancellation: "cancelling each other"
    case .amount: "by amount"
    case .settlement: "settled by hand"
    }
  }

  /// How the date's reconciliation became what it is, step by step; empty if it has one version.
  static func history(_ record: BankAccountRecord) -> String {
    guard record.history.count > 1 else { return "" }
    return record.history.map { "\($0.status.rawValue) at \($0.madeAt)" }.joined(
      separator: ", then ")
  }

  /// Who settled what and why, one sentence each.
  static func settlements(_ record: BankAccountRecord) -> [String] {
    let settled = record.version.reconciliation.matches.filter { $0.rule == .settlement }
      .flatMap(\.items)
    var told: Set<Int> = []
    return settled.compactMap { record.settlement(of: $0) }.filter {
      told.insert($0.number).inserted
    }
    .map { decision in
      let done = decision.kind == .match ? "matched" : "wrote off"
      let items = decision.items.map(\.key.identity).joined(separator: ", ")
      return "Settlement \(decision.number): \(decision.name) \(done) \(items) at "
        + "\(decision.settledAt): \(decision.note)"
    }
  }
}
