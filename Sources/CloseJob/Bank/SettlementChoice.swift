import LedgerDomain
import SnapshotStore

/// Finds the items, or the settlements, that a person names.
struct SettlementChoice {
  let reader: BookReader
  let books: BankBooks
  let account: BankAccount

  /// The items that an action names, and what it makes of them.
  ///
  /// - Throws: `CloseRefusal` with `not_outstanding`.
  func items(
    of action: SettleRun.Action
  ) throws -> (kind: SettlementDecision.Kind, items: [OutstandingItem]) {
    let current = try reader.currentReconciliation(
      books, account: account.reference, date: books.lastDate, listingItems: true)
    let outstanding = current?.reconciliation.outstanding ?? []
    var chosen: [OutstandingItem] = []
    for name in action.items {
      let found = outstanding.filter { $0.item.identity == name || $0.item.place == name }
      guard let item = found.first, found.count == 1 else {
        throw CloseRefusal(
          .notOutstanding,
          "\(name) is not outstanding on \(account.reference) at the end of \(books.lastDate). See the column "
            + "item of bank-items.csv.")
      }
      guard !chosen.contains(where: { $0.item.key == item.item.key }) else {
        throw CloseRefusal(.notOutstanding, "\(name) is given twice. Give each item once.")
      }
      chosen.append(item)
    }
    let sides = Set(chosen.map(\.item.side))
    switch action {
    case .match:
      let sum = chosen.reduce(Int128(0)) { $0 + Int128($1.item.amountMinor) }
      guard sides.count == 2 || sum == 0 && chosen.count > 1 else {
        throw CloseRefusal(
          .notOutstanding,
          "a match needs items of both sides, or items of one side that cancel. Write off what has no "
            + "counterpart.")
      }
      return (.match, chosen)
    case .settle where sides.count == 2: return (.match, chosen)
    default: return (.writeOff, chosen)
    }
  }

  /// The standing settlements that numbers or items name.
  ///
  /// - Throws: `CloseRefusal` with `not_settled`.
  func settlements(of names: [String]) throws -> [SettlementDecision] {
    let standing = try reader.settlements(books, account: account.reference)
    var found: [SettlementDecision] = []
    for name in names {
      let named = standing.filter { decision in
        "\(decision.number)" == name || decision.items.contains { $0.key.identity == name }
      }
      guard !named.isEmpty else {
        throw CloseRefusal(
          .notSettled,
          "\(name) is no settlement of \(account.reference) that stands, and no item of one. See "
            + "bank-items.csv.")
      }
      found += named.filter { !found.contains($0) }
    }
    return found
  }
}
