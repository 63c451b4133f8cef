public import LedgerDomain

/// Reads the tables that a close needs in addition to the exports.
public enum ReferenceTables {
  /// The chart of accounts: `account_code,account_name,normal_side[,type]`. Of the types, only `principal` has a
  /// meaning.
  ///
  /// - Throws: `ReadingError` that names the line of a code, a side or a repetition that is wrong.
  public static func chart(at path: String) throws(ReadingError) -> ChartOfAccounts {
    let table = try TextTable.read(
      at: path, required: ["account_code", "account_name", "normal_side"], optional: ["type"])
    var accounts: [Account] = []
    var principal: [AccountCode] = []
    var seen: Set<AccountCode> = []
    for row in table.rows {
      let (codeText, name, sideText) = (row.cells[0] ?? "", row.cells[1] ?? "", row.cells[2] ?? "")
      guard let code = AccountCode(codeText) else {
        throw table.fault(row, "has the account code '\(codeText)', which is not four digits")
      }
      guard let side = NormalSide(code: sideText) else {
        throw table.fault(row, "has the normal side '\(sideText)', which is neither DR nor CR")
      }
      guard seen.insert(code).inserted else {
        throw table.fault(row, "repeats account \(code)")
      }
      accounts.append(Account(code: code, name: name, normalSide: side))
      if row.cells[3]?.lowercased() == "principal" { principal.append(code) }
    }
    guard !accounts.isEmpty else {
      throw ReadingError(
        .invalidTable, file: path, message: "has no accounts. Add a row for each account.")
    }
    return ChartOfAccounts(accounts, principal: PrincipalAccounts(principal))
  }

  /// Opening balances, as of the day before the first close:
  /// `account_code,currency,layer,dr_balance_minor,cr_balance_minor[,tenant_id][,as_of_date]`.
  ///
  /// - Parameters:
  ///   - tenant: the tenant whose balances are read; rows of other tenants are skipped.
  ///   - isForOneTenant: whether a file without the column `tenant_id` can only be that tenant's.
  /// - Throws: `ReadingError` that names the line, also for an account that is not in the chart, and for
  ///   another `as_of_date` than that of the tenant's rows before.
  public static func openingBalances(
    at path: String, tenant: TenantID, chart: ChartOfAccounts, isForOneTenant: Bool
  ) throws(ReadingError) -> OpeningBalances {
    let table = try TextTable.read(
      at: path,
      required: ["account_code", "currency", "layer", "dr_balance_minor", "cr_balance_minor"],
      optional: ["tenant_id", "as_of_date"])
    var balances: [BalanceKey: DebitCreditTotals] = [:]
    var asOf: (date: BusinessDate, line: Int)?
    for row in table.rows {
      guard
        try table.isRow(
          row, naming: row.cells[5], of: tenant, isForOneTenant: isForOneTenant, what: "balances")
      else { continue }
      if let text = row.cells[6] {
        guard let date = BusinessDate(text) else {
          throw table.fault(row, "has the as_of_date '\(text)', which is not a date YYYY-MM-DD")
        }
        if let first = asOf, first.date != date {
          throw table.fault(
            row,
            "is as of \(date), but line \(first.line) is as of \(first.date). A tenant's opening balances "
              + "must be as of one date")
        }
        asOf = asOf ?? (date, row.line)
      }
      let (key, totals) = try balance(row, in: table, chart: chart)
      guard balances.updateValue(totals, forKey: key) == nil else {
        throw table.fault(row, "repeats \(key)")
      }
    }
    return OpeningBalances(
      balances: balances.map(Balance.init).sorted { $0.key < $1.key }, asOf: asOf?.date)
  }

  private static func balance(
    _ row: TextTable.Row, in table: TextTable, chart: ChartOfAccounts
  ) throws(ReadingError) -> (BalanceKey, DebitCreditTotals) {
    guard let account = AccountCode(row.cells[0] ?? ""), chart.contains(account) else {
      throw table.fault(row, "has the account '\(row.cells[0] ?? "")', which is not in the chart")
    }
    guard let currency = CurrencyCode(row.cells[1] ?? ""), currency.minorUnitDigits != nil else {
      throw table.fault(
        row, "has the currency '\(row.cells[1] ?? "")', which is not in ISO 4217")
    }
    guard let layer = EntryLayer(code: row.cells[2] ?? "") else {
      throw table.fault(row, "has an unknown layer '\(row.cells[2] ?? "")'")
    }
    guard let debit = amount(row.cells[3]), let credit = amount(row.cells[4]) else {
      throw table.fault(row, "has a balance that is not an integer from 0 to \(AmountMinor.max)")
    }
    return (
      BalanceKey(account: account, currency: currency, layer: layer),
      DebitCreditTotals(debitMinor: debit, creditMinor: credit)
    )
  }

  private static func amount(_ text: String?) -> AmountMinor? {
    guard let text, !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return AmountMinor(text)
  }
}
