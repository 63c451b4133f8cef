public import LedgerDomain

/// Whether the balances, read back from the store, are those that the journal gives.
public enum LedgerIntegrityCheck {
  /// A balance of a date, as the journal gives it or as the store has it.
  public typealias DatedBalances = [BusinessDate: [Balance]]

  /// The comparison: it counts the account codes with a balance that differs, lacks or is too many.
  public static func tieOut(expected: DatedBalances, stored: DatedBalances) -> TieOut {
    var accounts: Set<AccountCode> = []
    for date in Set(expected.keys).union(stored.keys) {
      var wanted: [BalanceKey: DebitCreditTotals] = [:]
      for balance in expected[date] ?? [] { wanted[balance.key] = balance.totals }
      for balance in stored[date] ?? []
      where wanted.removeValue(forKey: balance.key) != balance.totals {
        accounts.insert(balance.key.account)
      }
      accounts.formUnion(wanted.keys.map(\.account))
    }
    let rows = expected.values.reduce(0) { $0 + $1.count }
    let named = accounts.sorted().prefix(10).map(\.description).joined(separator: ", ")
    return TieOut(
      .ledgerIntegrity, scope: "accounts", expected: 0, actual: Int128(accounts.count),
      detail: accounts.isEmpty
        ? "Every balance read back from the store equals the balance computed from the journal "
          + "(\(rows.counted("balance")))."
        : "Accounts whose stored balances differ from the journal: \(named).")
  }
}
