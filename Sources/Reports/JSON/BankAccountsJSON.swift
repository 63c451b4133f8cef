import LedgerDomain

/// A bank account in `reconciliation.json`, as it is known now.
struct BankAccountDocument: Encodable {
  struct Step: Encodable {
    let version: Int
    let status: String
    let difference_minor: String
    let outstanding: Int?
    let made_at: String

    init(_ step: ReconciliationStep) {
      (version, status) = (step.number, step.status.rawValue)
      difference_minor = String(step.differenceMinor)
      (outstanding, made_at) = (step.outstandingCount, step.madeAt)
    }
  }

  let bank_account_ref: String
  let account_code: String
  let currency: String
  let status: String
  let version: Int
  let made_at: String
  let settled_on: String?
  let ledger_closing_minor: String
  let statement_opening_minor: String?
  let statement_closing_minor: String?
  let difference_minor: String
  let unexplained_minor: String
  let written_off_minor: String
  let matches: [String: Int]
  let outstanding: Int
  let history: [Step]

  init(_ record: BankAccountRecord) {
    let bank = record.version.reconciliation
    bank_account_ref = bank.account.reference
    account_code = bank.account.account.description
    currency = bank.account.currency.description
    status = bank.status.rawValue
    (version, made_at) = (record.version.number, record.version.madeAt)
    settled_on = bank.settledOn?.description
    ledger_closing_minor = String(bank.ledgerClosingMinor)
    statement_opening_minor = bank.statement.map { String($0.openingMinor) }
    statement_closing_minor = bank.statement.map { String($0.closingMinor) }
    difference_minor = String(bank.differenceMinor)
    unexplained_minor = String(bank.unexplainedMinor)
    written_off_minor = String(bank.writtenOffMinor)
    matches = Dictionary(
      uniqueKeysWithValues: bank.matchCounts.map { ($0.key.rawValue, $0.value) })
    outstanding = bank.outstanding.count
    history = record.history.map { Step($0) }
  }
}
