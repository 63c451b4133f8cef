/// An account of the demo ledger's chart.
struct DemoAccount: Sendable {
  /// Its four digits.
  let code: Int
  /// Its name, as the chart file writes it between quotes where it needs them.
  let name: String
  /// Whether its normal side is DR.
  let isDebitNormal: Bool
  /// Its type: asset, liability, equity, income, expense or control.
  let type: String
  /// Its opening balance on its normal side, in minor units for each entry a date has; 0 for none.
  let openingPerEntry: Int
}

/// The chart of accounts of a lender, the same for every tenant.
enum DemoChart {
  /// A code that no chart has.
  static let unknownCode = 9999
  /// Where abnormal balances are planted: nothing else posts to it.
  static let suspenseCode = 1900
  /// What balances the opening balances.
  static let retainedEarningsCode = 3100

  /// The accounts by code.
  static let accounts: [DemoAccount] =
    assets + contraAssets + liabilities + equity + income + expenses + controls

  /// The place of each code in `accounts`, or -1; indexed by code.
  static let positions: [Int] = {
    var positions = [Int](repeating: -1, count: 10_000)
    for (position, account) in accounts.enumerated() { positions[account.code] = position }
    return positions
  }()

  /// The chart file: `account_code,account_name,normal_side,type`.
  static var csv: String {
    var text = "account_code,account_name,normal_side,type\n"
    for account in accounts.sorted(by: { $0.code < $1.code }) {
      let name = account.name.contains(",") ? "\"\(account.name)\"" : account.name
      text += "\(account.code),\(name),\(account.isDebitNormal ? "DR" : "CR"),\(account.type)\n"
    }
    return text
  }

  private static func debit(
    _ code: Int, _ name: String, _ type: String, _ opening: Int = 0
  ) -> DemoAccount {
    DemoAccount(
      code: code, name: name, isDebitNormal: true, type: type, openingPerEntry: opening)
  }

  private static func credit(
    _ code: Int, _ name: String, _ type: String, _ opening: Int = 0
  ) -> DemoAccount {
    DemoAccount(
      code: code, name: name, isDebitNormal: false, type: type, openingPerEntry: opening)
  }

  private static let assets = [
    debit(1000, "Operating cash", "asset", 9_000_000),
    debit(1010, "Cash, disbursement clearing", "asset", 900_000),
    debit(1020, "Collections lockbox", "asset", 2_500_000),
    debit(1030, "Escrow trust cash", "asset", 400_000),
    debit(1040, "Zahlungsverkehrskonto Köln", "asset", 700_000),
    debit(1100, "Principal receivable", "asset", 40_000_000),
    debit(1110, "Principal receivable, restructured", "asset", 1_500_000),
    debit(1120, "Principal receivable, non-accrual", "asset", 800_000),
    debit(1200, "Interest receivable", "asset", 900_000),
    debit(1210, "Interest receivable, past due", "asset", 200_000),
    debit(1250, "Deferred origination costs", "asset", 300_000),
    debit(1300, "Fees receivable", "asset", 150_000),
    debit(1310, "Late fees receivable", "asset", 90_000),
    debit(1500, "Recoveries receivable", "asset", 60_000),
    debit(1600, "Prepaid expenses", "asset", 120_000),
    debit(1700, "Repossessed collateral", "asset", 500_000),
    debit(1800, "Intercompany receivable", "asset"),
    debit(suspenseCode, "Suspense, unidentified receipts", "asset"),
  ]

  private static let contraAssets = [
    credit(1400, "Allowance for credit losses", "contra_asset", 3_000_000),
    credit(1410, "Allowance for accrued interest", "contra_asset", 90_000),
    credit(1450, "Loan participations sold", "contra_asset", 2_000_000),
  ]

  private static let liabilities = [
    credit(2000, "Borrower liabilities", "liability", 700_000),
    credit(2010, "Unapplied cash", "liability", 1_200_000),
    credit(2020, "Borrower escrow", "liability", 400_000),
    credit(2030, "Refunds payable", "liability", 80_000),
    credit(2050, "Disbursements in transit", "liability"),
    credit(2100, "Warehouse facility", "liability", 9_000_000),
    credit(2110, "Accrued interest payable", "liability", 150_000),
    credit(2200, "Returned payments clearing", "liability", 60_000),
    credit(2300, "Investor remittances payable", "liability", 300_000),
    credit(2400, "Taxes withheld", "liability", 50_000),
    credit(2900, "Foreign exchange position", "liability", 1_500_000),
  ]

  private static let equity = [
    credit(3000, "Paid-in capital", "equity", 8_000_000),
    credit(retainedEarningsCode, "Retained earnings", "equity"),
    credit(3200, "Currency translation", "equity"),
  ]

  private static let income = [
    credit(4000, "Interest income", "income", 1_000_000),
    credit(4010, "Origination fee income", "income", 200_000),
    credit(4020, "Late fee income", "income", 90_000),
    credit(4030, "Prepayment fee income", "income"),
    credit(4100, "Recoveries of charged-off loans", "income", 60_000),
    credit(4900, "Other income", "income"),
  ]

  private static let expenses = [
    debit(5000, "Provision for credit losses", "expense", 400_000),
    debit(5020, "Interest expense", "expense", 300_000),
    debit(5100, "Fee waivers", "contra_income", 40_000),
    debit(5200, "Payment processing costs", "expense", 50_000),
    debit(5300, "Servicing expense", "expense", 90_000),
  ]

  private static let controls = [
    debit(8000, "Loan commitments", "control"),
    credit(8100, "Reserve for undrawn commitments", "control"),
  ]
}
