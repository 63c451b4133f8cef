import JobConfiguration
import LedgerDomain
import Reconciliation
import SnapshotStore

/// Reconciles an account over a span of dates, from what the store has of both sides.
struct BankSpan {
  /// The close that is being added to the books, whose rows are not in the store yet.
  struct PendingItems {
    let closeID: CloseID
    let date: BusinessDate
    /// The close that it replaces.
    let replaced: CloseID?
    /// The lines that it accepted.
    let items: [BankItem]
  }

  /// How long before a date statements are read, as a later delivery may repeat what an earlier one had.
  static let deliveryDays = 62

  let configuration: BankConfiguration
  let reader: BookReader
  let books: BankBooks
  let account: BankAccount
  let pending: PendingItems?

  /// The results of the dates whose reconciliation may have changed, in order; none if the account is not
  /// in use.
  ///
  /// - Parameters:
  ///   - first: the first date that changed.
  ///   - last: the last closed date.
  ///   - series: the account's statements.
  /// - Throws: `CloseRefusal` with `amount_overflow`.
  func results(
    from first: BusinessDate, through last: BusinessDate,
    _ series: (BusinessDate) throws -> StatementSeries
  ) throws -> [BankDayResult] {
    let knownFrom = try knownFrom()
    let first = max(first, knownFrom)
    guard first <= last else { return [] }
    let base = try reader.bankBase(books, account: account, through: first.advanced(by: -1))
    let statements = try series(base?.date ?? first)
    let decisions = try reader.settlements(books, account: account.reference)
      .filter { $0.date > base?.date ?? first.advanced(by: -1) }
    // Without a statement or a decision nothing is matched, so earlier dates stay as they are.
    let isWaiting =
      decisions.isEmpty
      && statements.days(after: first.advanced(by: -1), through: last).isEmpty
    let begin = isWaiting ? first : max(knownFrom, base?.date.advanced(by: 1) ?? knownFrom)
    guard try isInUse(base, statements, through: last) else { return [] }
    let days = try ledgerDays(begin...last)
    let state = BankAccountState(
      outstanding: base?.outstanding ?? [], writtenOffMinor: base?.writtenOffMinor ?? 0)
    return try reconciled {
      () throws(BankReconciliationError) in
      try BankAccountReconciler(
        account: account, windowDays: configuration.dateWindow,
        overdueDays: configuration.deadline.overdueDays,
        calendar: configuration.deadline.calendar
      ).reconcile(
        days, from: state, statements: statements, settlements: decisions.map(\.settlement),
        asOf: last)
    }
  }

  private func knownFrom() throws -> BusinessDate {
    let known = try reader.bankItemsKnownFrom(books, account: account)
    // The pending close will be the first to know them.
    if let pending, known == pending.date.advanced(by: 1) { return pending.date }
    return known
  }

  /// One job names the accounts of all its tenants: some never use some.
  private func isInUse(
    _ base: BankBase?, _ statements: StatementSeries, through last: BusinessDate
  ) throws -> Bool {
    if base != nil || pending.map({ !$0.items.isEmpty }) == true { return true }
    if try reader.hasBalance(books, key: account.key, date: last) { return true }
    return statements.days.contains { $0.date <= last }
  }

  /// The ledger's side of each date, as the books were when it closed: a line that a later close backdated
  /// counts from that close on, so it is taken out of the balance of dates before.
  private func ledgerDays(_ dates: ClosedRange<BusinessDate>) throws -> [BankLedgerDay] {
    let own = (pending?.items ?? []).map {
      DatedLedgerItem(item: $0, closed: pending?.date ?? dates.upperBound)
    }
    let items =
      try reader.ledgerItems(
        books, key: account.key, dates: dates, excluding: pending?.replaced)
      + own.filter { dates.contains($0.countsFrom) }
    let later =
      try reader.laterItems(
        books, key: account.key, after: dates.lowerBound, excluding: pending?.replaced)
      + own.filter { $0.item.date < $0.closed }
    let byDate = Dictionary(grouping: items, by: \.countsFrom)
    let changes = Self.changes(by: later, from: dates.lowerBound)
    var backdated = Int128(0)
    return try (0...dates.lowerBound.days(to: dates.upperBound)).map { offset in
      let date = dates.lowerBound.advanced(by: offset)
      backdated += changes[date] ?? 0
      let closing =
        Int128(try reader.bankLedgerClosing(books, key: account.key, date: date)) - backdated
      guard let closingMinor = AmountMinor(exactly: closing) else {
        throw CloseRefusal(
          .amountOverflow,
          "\(account.reference): the ledger's balance on \(date) is \(closing) minor units, more than "
            + "2^63 - 1. Correct the entry with that amount.")
      }
      return BankLedgerDay(
        date: date, closingMinor: closingMinor, items: (byDate[date] ?? []).map(\.item))
    }
  }

  /// By how much the sum of the backdated lines that later closes accept changes, date by date: a line is in
  /// it from its effective date, or the first date, until the date of its close.
  private static func changes(
    by later: [DatedLedgerItem], from first: BusinessDate
  ) -> [BusinessDate: Int128] {
    var changes: [BusinessDate: Int128] = [:]
    for line in later {
      let start = max(line.item.date, first)
      guard start < line.closed else { continue }
      changes[start, default: 0] += Int128(line.item.amountMinor)
      changes[line.closed, default: 0] -= Int128(line.item.amountMinor)
    }
    return changes
  }

  private func reconciled(
    _ body: () throws(BankReconciliationError) -> [BankDayResult]
  ) throws(CloseRefusal) -> [BankDayResult] {
    do throws(BankReconciliationError) {
      return try body()
    } catch {
      let code: CloseRefusal.Code =
        switch error.code {
        case .amountOverflow: .amountOverflow
        }
      throw CloseRefusal(code, "\(account.reference): \(error.message)")
    }
  }
}
