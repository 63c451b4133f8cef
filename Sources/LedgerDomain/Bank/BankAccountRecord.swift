/// A bank account at a business date: its reconciliation as it is known now, how it became so, and what
/// people settled.
public struct BankAccountRecord: Hashable, Sendable {
  /// The last version of the date's reconciliation.
  public let version: ReconciliationVersion
  /// All versions, the oldest first.
  public let history: [ReconciliationStep]
  /// The settlements that the version's matches are made of.
  public let settlements: [SettlementDecision]

  /// Creates a record.
  public init(
    version: ReconciliationVersion, history: [ReconciliationStep] = [],
    settlements: [SettlementDecision] = []
  ) {
    self.version = version
    self.history = history
    self.settlements = settlements
  }

  /// The tie-out of the last version; `nil` while it is pending, which the close said already.
  var tieOut: TieOut? {
    let bank = version.reconciliation
    guard bank.status != .pending else { return nil }
    let detail =
      bank.status == .reconciled
      ? "reconciled" : "\(bank.outstanding.count.counted("outstanding item"))"
    return TieOut(
      .bankReconciliation, scope: bank.account.reference,
      status: bank.status == .reconciled ? .pass : .fail,
      expectedMinor: bank.statement?.closingMinor, actualMinor: bank.ledgerClosingMinor,
      differenceMinor: bank.differenceMinor,
      detail: "\(bank.account.reference), reconciled again at \(version.madeAt) (version "
        + "\(version.number)): \(detail).")
  }

  /// Who settled an item of the date, and why; `nil` if a rule matched it.
  public func settlement(of item: BankItem) -> SettlementDecision? {
    settlements.first { decision in decision.items.contains { $0.key == item.key } }
  }
}
