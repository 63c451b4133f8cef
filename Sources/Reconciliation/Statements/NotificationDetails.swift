import LedgerDomain

/// The transactions of batched entries, from notifications: each notified entry details one entry.
///
/// Source: ISO 20022, camt.054, BankToCustomerDebitCreditNotification.
struct NotificationDetails {
  private struct Key: Hashable {
    let amountMinor: AmountMinor
    let kind: BankReference.Kind
    let reference: String
    /// A statement's own number for an entry identifies it on its date only.
    let date: BusinessDate?
  }

  private var notified: [StatementEntry] = []
  private var positions: [Key: [Int]] = [:]
  private var isUsed: [Bool]

  init(_ notifications: [BankNotification], of account: BankAccount) {
    let name = BankStatement.comparableAccount(account.statementAccount)
    var seen: Set<[StatementTransaction]> = []
    for notification in notifications
    where notification.currency == account.currency
      && BankStatement.comparableAccount(notification.account) == name
    {
      for entry in notification.entries where Self.isUsable(entry) {
        let keys = Self.keys(of: entry)
        // The same notification delivered twice.
        guard !keys.isEmpty, seen.insert(entry.transactions).inserted else { continue }
        for key in keys { positions[key, default: []].append(notified.count) }
        notified.append(entry)
      }
    }
    isUsed = Array(repeating: false, count: notified.count)
  }

  private static func isUsable(_ entry: StatementEntry) -> Bool {
    !entry.transactions.isEmpty
      && entry.transactions.reduce(Int128(0)) { $0 + Int128($1.amountMinor) }
        == Int128(entry.amountMinor)
  }

  private static func keys(of entry: StatementEntry) -> [Key] {
    entry.references.filter { [.accountServicer, .entry, .batch].contains($0.kind) }.map {
      Key(
        amountMinor: entry.amountMinor, kind: $0.kind, reference: $0.comparable,
        date: $0.kind == .entry ? entry.bookingDate : nil)
    }
  }

  /// The entry with the transactions of the only notification that is about it; `nil` if there is none, or
  /// if it has transactions already.
  mutating func detailed(_ entry: StatementEntry) -> StatementEntry? {
    guard entry.transactions.isEmpty else { return nil }
    for key in Self.keys(of: entry) {
      let open = (positions[key] ?? []).filter { !isUsed[$0] }
      guard open.count == 1 else { continue }
      isUsed[open[0]] = true
      return StatementEntry(
        number: entry.number, amountMinor: entry.amountMinor, bookingDate: entry.bookingDate,
        valueDate: entry.valueDate, references: entry.references,
        transactions: notified[open[0]].transactions, text: entry.text, status: entry.status,
        isReversal: entry.isReversal)
    }
    return nil
  }
}
