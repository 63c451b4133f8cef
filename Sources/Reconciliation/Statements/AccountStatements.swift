public import LedgerDomain

/// Which statements belong to which account of the job.
public enum AccountStatements {
  private struct Name: Hashable {
    let account: String
    let currency: CurrencyCode
  }

  /// Gives each account its statements, and a finding for each statement of no account.
  ///
  /// Accounts are compared without spaces and in capital letters, and by currency.
  public static func assign(
    _ statements: [BankStatement], to accounts: [BankAccount]
  ) -> (statements: [BankAccount: [BankStatement]], findings: [Finding]) {
    let owners = Dictionary(
      accounts.map {
        (
          Name(
            account: BankStatement.comparableAccount($0.statementAccount), currency: $0.currency),
          $0
        )
      }, uniquingKeysWith: { first, _ in first })
    var assigned: [BankAccount: [BankStatement]] = [:]
    var findings: [Finding] = []
    for statement in statements {
      let name = Name(
        account: BankStatement.comparableAccount(statement.account), currency: statement.currency)
      if let owner = owners[name] {
        assigned[owner, default: []].append(statement)
      } else {
        var finding = Finding(
          .statementUnknownAccount,
          message: "\(statement.file): statement \(statement.number) is for the account "
            + "'\(statement.account)' in \(statement.currency), which is not a bank account of the "
            + "job. Add it to the job's bank accounts, or remove the file.")
        finding.file = statement.file
        finding.currency = statement.currency
        findings.append(finding)
      }
    }
    return (assigned, findings)
  }
}
