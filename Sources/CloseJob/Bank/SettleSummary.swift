import LedgerDomain
import Reports

/// What `tieout settle` did, as text and as JSON.
public enum SettleSummary {
  /// The settlements as text.
  public static func text(_ result: SettleResult, isUndo: Bool) -> String {
    var text = ""
    for decision in result.decisions {
      let items = decision.items.map { "\($0.key.identity) (\($0.amountMinor))" }
      let done = isUndo ? "taken back" : decision.kind == .match ? "matched" : "written off"
      text +=
        "settlement \(decision.number) of \(result.account), from \(decision.date): \(done): "
        + items.joined(separator: ", ") + "\n"
    }
    for date in result.reconciled {
      text += "  \(date.date)  \(date.status.rawValue), version \(date.version)"
      text += date.withdrawsCertification ? ", certification withdrawn\n" : "\n"
    }
    for bankBreak in result.breaks { text += "  BANK BREAK  \(bankBreak.sentence)\n" }
    return text
  }

  /// The settlements as JSON.
  public static func json(_ result: SettleResult, isUndo: Bool) throws -> String {
    try JSONDocument.text(SettleDocument(result, isUndo: isUndo))
  }
}

private struct SettleDocument: Encodable {
  struct Item: Encodable {
    let side: String
    let item: String
    let amount_minor: String
    let date: String
  }
  struct Settlement: Encodable {
    let number: Int
    let kind: String
    let business_date: String
    let by: String
    let note: String
    let items: [Item]

    init(_ decision: SettlementDecision) {
      (number, kind) = (decision.number, decision.kind.rawValue)
      (business_date, by, note) = (decision.date.description, decision.name, decision.note)
      items = decision.items.map {
        Item(
          side: $0.key.side.rawValue, item: $0.key.identity, amount_minor: String($0.amountMinor),
          date: $0.date.description)
      }
    }
  }

  let bank_account_ref: String
  let decision: String
  let settlements: [Settlement]
  let reconciled: [BankDocument.Date]
  let breaks: [BankDocument.Break]

  init(_ result: SettleResult, isUndo: Bool) {
    bank_account_ref = result.account
    decision = isUndo ? "taken_back" : "settled"
    settlements = result.decisions.map { Settlement($0) }
    reconciled = result.reconciled.map { BankDocument.Date($0) }
    breaks = result.breaks.map { BankDocument.Break($0) }
  }
}
