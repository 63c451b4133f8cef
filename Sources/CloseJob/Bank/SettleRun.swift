public import JobConfiguration
public import LedgerDomain
import Reports
import SnapshotStore

/// What was settled, or taken back.
public struct SettleResult: Sendable {
  /// The account's reference.
  public let account: String
  /// The settlements that were made, or taken back.
  public let decisions: [SettlementDecision]
  /// The dates that were reconciled again.
  public let reconciled: [ReconciledDate]
  /// How the account stands now: its breaks.
  public let breaks: [BankBreak]
}

/// A settlement that was recorded but is not in the dates' reports yet.
public struct SettleNotReported: Error, Sendable, CustomStringConvertible {
  let reason: String

  /// What happened and what to do.
  public var description: String {
    "the settlement is recorded, but its reports cannot be written: \(reason). Correct this and run tieout "
      + "report. Do not settle again: it is done."
  }
}

/// `tieout settle`: records that a person matched items, wrote them off, or takes that back.
public struct SettleRun {
  /// What to do.
  public enum Action: Hashable, Sendable {
    /// Items of both sides are one movement, or items of one side cancel.
    case match([String])
    /// Items need no counterpart.
    case writeOff([String])
    /// Match items of both sides, write off items of one side.
    case settle([String])
    /// Take back settlements: by their numbers, or an item of each.
    case undo([String])
  }

  private let configuration: SignoffConfiguration
  private let bank: BankConfiguration
  private let clock: RunClock
  private let account: BankAccount
  private let action: Action
  private let name: String
  private let note: String

  /// A decision about a tenant's bank account.
  ///
  /// - Throws: `UsageError` if something is missing, or the job has no such account.
  public init(
    settings: JobSettings, clock: RunClock, account: String, action: Action, name: String,
    note: String
  ) throws(UsageError) {
    configuration = try SignoffConfiguration(settings)
    bank = try BankConfiguration(settings)
    guard let found = bank.accounts.map(\.account).first(where: { $0.reference == account }) else {
      let known = bank.accounts.map(\.account.reference).joined(separator: ", ")
      throw UsageError("--account: the job has no bank account '\(account)'. It has: \(known).")
    }
    guard !name.allSatisfy({ $0.isWhitespace }) else {
      throw UsageError("--by: give the name of the person who decides.")
    }
    guard !note.allSatisfy({ $0.isWhitespace }) else {
      throw UsageError("--note: say why.")
    }
    guard !action.items.isEmpty else {
      throw UsageError("give the items, as bank-items.csv names them.")
    }
    (self.account, self.action, self.name, self.note) = (found, action, name, note)
    self.clock = clock
  }

  /// Records the decision, and reconciles the dates again from the one on which it counts.
  ///
  /// - Parameter waiting: called before waiting for the lock that another run holds.
  /// - Throws: `CloseRefusal` with `not_closed`, `not_outstanding` or `not_settled`; `StoreError`;
  ///   `SettleNotReported`.
  public func run(waiting: (() -> Void)? = nil) throws -> SettleResult {
    try BookStore.writeLocked(at: configuration.store, waiting: waiting) { writer in
      guard let state = try writer.reader.tenantState(configuration.tenant) else {
        throw CloseRefusal(
          .notClosed, "tenant \(configuration.tenant) has no books. See tieout status.")
      }
      let committer = Committer(
        writer: writer, reportsRoot: configuration.overview?.reports,
        options: configuration.overview?.options ?? ReportOptions(), progress: CloseProgress())
      do {
        try committer.writeMissingReports(state)
        let result = try settle(writer, state, committer)
        let reports = committer.finishReports().first?.value
        if let reason = reports ?? OverviewUpdate.failure(writer.reader, configuration.overview) {
          throw SettleNotReported(reason: reason)
        }
        return result
      } catch {
        committer.abandon()
        throw error
      }
    }
  }

  private func settle(
    _ writer: BookWriter, _ state: TenantState, _ committer: Committer
  ) throws -> SettleResult {
    let books = BankBooks(state)
    let book = BankBook(configuration: bank, clock: clock, writer: writer)
    var decisions: [SettlementDecision] = []
    let versions = try committer.reconciling(state) {
      decisions = try decide(writer, books)
      let first = decisions.map(\.date).min() ?? state.closedThrough
      return try book.remake(account, books, from: first, through: state.closedThrough)
    }
    try committer.commit()
    return SettleResult(
      account: account.reference, decisions: decisions,
      reconciled: try versions.map { try ReconciledDate($0, state, writer.reader) },
      breaks: try book.breaks(state).filter { $0.account == account.reference })
  }

  private func decide(
    _ writer: BookWriter, _ books: BankBooks
  ) throws -> [SettlementDecision] {
    let choice = SettlementChoice(reader: writer.reader, books: books, account: account)
    if case .undo(let items) = action {
      let standing = try choice.settlements(of: items)
      for decision in standing { try writer.undo(by(decision), account: account.reference, books) }
      return standing
    }
    let (kind, items) = try choice.items(of: action)
    // What is older than the first date that can be reconciled again is settled on that one.
    let date = max(
      items.map(\.since).max() ?? books.lastDate,
      try writer.reader.bankItemsKnownFrom(books, account: account))
    let decision = by(
      SettlementDecision(
        number: 0, kind: kind, date: date,
        items: items.map {
          SettlementDecision.Item(
            key: $0.item.key, amountMinor: $0.item.amountMinor, date: $0.item.date)
        }, name: name, note: note, settledAt: ""))
    let number = try writer.settle(decision, account: account.reference, books)
    return [decision.numbered(Int(number))]
  }

  /// The decision as this person makes it, or takes it back.
  private func by(_ decision: SettlementDecision) -> SettlementDecision {
    SettlementDecision(
      number: decision.number, kind: decision.kind, date: decision.date, items: decision.items,
      name: name, note: note, settledAt: clock.timestamp())
  }
}

extension SettleRun.Action {
  var items: [String] {
    switch self {
    case .match(let items), .writeOff(let items), .settle(let items), .undo(let items): items
    }
  }
}

extension SettlementDecision {
  fileprivate func numbered(_ number: Int) -> SettlementDecision {
    SettlementDecision(
      number: number, kind: kind, date: date, items: items, name: name, note: note,
      settledAt: settledAt)
  }
}
