public import LedgerDomain

/// Finds accounts with balances that changed in the chart, or left it, since the close before.
///
/// Each change is found by the close that is the first to use the changed chart, and not again.
public enum ChartChangeCheck {
  private static let nameLengthMax = 120

  /// The findings, in the order of accounts and keys: one for each changed name and normal side, and one
  /// for each balance of an account that left.
  ///
  /// - Parameters:
  ///   - rows: the closing balances in the order of their keys, with what they were at the close before
  ///     as the opening.
  ///   - date: the date that the balances are as of.
  ///   - chart: the chart of this close, with the accounts that left it.
  ///   - before: the chart of the close before in the tenant's chain, likewise.
  public static func findings(
    _ rows: [RollforwardRow], date: BusinessDate, chart: ChartOfAccounts, before: ChartOfAccounts
  ) -> [Finding] {
    var findings: [Finding] = []
    var start = 0
    while start < rows.count {
      let code = rows[start].key.account
      let end = rows[start...].firstIndex { $0.key.account != code } ?? rows.count
      defer { start = end }
      guard let account = chart[code] else { continue }
      if account.hasLeft {
        let ofAccount = rows[start..<end]
        let hadLeft = before[code]?.hasLeft == true && ofAccount.contains { isOpen($0.opening) }
        if hadLeft { continue }
        findings += ofAccount.filter { isOpen($0.closing) }.map { left(account, $0, date) }
      } else if let old = before[code] {
        findings += changes(from: old, to: account)
      }
    }
    return findings
  }

  private static func isOpen(_ totals: DebitCreditTotals) -> Bool {
    totals.debitMinor != totals.creditMinor
  }

  private static func left(
    _ account: Account, _ row: RollforwardRow, _ date: BusinessDate
  ) -> Finding {
    var finding = Finding(
      .accountLeftChart,
      message:
        "Account \(account.code) (\(quoted(account.name)), \(account.normalSide.code)) is no longer in the "
        + "chart, but \(row.key) closes \(date) with "
        + "\(row.closing.normalBalanceMinor(on: account.normalSide)) minor units on its normal side. "
        + "Return it to the chart until its balance is zero; new entries on it are quarantined.")
    finding.account = account.code
    finding.currency = row.key.currency
    finding.layer = row.key.layer
    finding.debitMinor = row.closing.debitMinor
    finding.creditMinor = row.closing.creditMinor
    return finding
  }

  private static func changes(from old: Account, to new: Account) -> [Finding] {
    var findings: [Finding] = []
    if old.normalSide != new.normalSide {
      findings.append(
        changed(
          new, "normal_side", from: old.normalSide.code, to: new.normalSide.code,
          "Its balance now has the opposite sign. If that is wrong, correct the chart; this date "
            + "keeps the side it was closed with."))
    }
    if old.name != new.name {
      findings.append(
        changed(
          new, "account_name", from: quoted(old.name), to: quoted(new.name),
          "If it is another account now, give it a code of its own: its balance is carried forward."
        ))
    }
    return findings
  }

  private static func changed(
    _ account: Account, _ field: String, from old: String, to new: String, _ remedy: String
  ) -> Finding {
    var finding = Finding(
      .accountChanged,
      message:
        "The chart changed account \(account.code) since the close before: \(field) was \(old), now \(new). "
        + remedy)
    finding.field = field
    finding.account = account.code
    return finding
  }

  /// A name for a sentence; the chart has it in full.
  private static func quoted(_ name: String) -> String {
    let start = name.prefix(nameLengthMax)
    return "'\(start)\(start.endIndex < name.endIndex ? "…" : "")'"
  }
}
