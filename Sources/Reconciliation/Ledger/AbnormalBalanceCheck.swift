public import LedgerDomain

/// Finds closing balances on the wrong side of their account's normal side.
public enum AbnormalBalanceCheck {
  /// One finding for each such key, in the order of the keys.
  public static func findings(
    _ rows: [RollforwardRow], chart: ChartOfAccounts, date: BusinessDate
  ) -> [Finding] {
    rows.compactMap { row in
      guard let account = chart[row.key.account] else { return nil }
      let normal = row.closing.normalBalanceMinor(on: account.normalSide)
      guard normal < 0 else { return nil }
      var finding = Finding(
        .abnormalBalance,
        message:
          "\(row.key) closes \(date) with \(normal) minor units on its normal side, "
          + "\(account.normalSide.code). Look for a posting on the wrong side or a missing posting."
      )
      finding.account = row.key.account
      finding.currency = row.key.currency
      finding.layer = row.key.layer
      finding.debitMinor = row.closing.debitMinor
      finding.creditMinor = row.closing.creditMinor
      return finding
    }
  }
}
