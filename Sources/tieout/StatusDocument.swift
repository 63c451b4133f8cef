import CloseJob
import LedgerDomain
import Operations

/// A tenant in `tieout status --json`: the cells of its row as members, and its bank accounts.
struct StatusDocument: Encodable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  let columns: [String]
  let cells: [String]
  let banks: [BankStanding]
  /// The tenant for people, who need fewer columns.
  let row: StatusSheet.Row

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for (column, cell) in zip(columns, cells) {
      try container.encode(cell, forKey: Key(stringValue: column))
    }
    try container.encode(
      banks.map { StatusBankAccount($0) }, forKey: Key(stringValue: "bank_accounts"))
  }
}

/// A bank account of a tenant. Dates that there are none of are left out.
private struct StatusBankAccount: Encodable {
  let bank_account_ref: String
  let account_code: String
  let currency: String
  let last_statement: String?
  let reconciled_through: String?
  let unreconciled_since: String?
  let overdue_since: String?
  let difference_minor: String
  let open_items: Int
  let open_ledger_minor: String
  let open_bank_minor: String

  init(_ bank: BankStanding) {
    bank_account_ref = bank.account.reference
    account_code = bank.account.account.description
    currency = bank.account.currency.description
    last_statement = bank.lastStatement?.description
    reconciled_through = bank.reconciledThrough?.description
    unreconciled_since = bank.unreconciledSince?.description
    overdue_since = bank.overdueSince?.description
    difference_minor = String(bank.differenceMinor)
    open_items = bank.openItems
    open_ledger_minor = String(bank.openLedgerMinor)
    open_bank_minor = String(bank.openBankMinor)
  }
}
