import Foundation

/// Where the files of a demo ledger are, and the job file that ties them together.
struct DemoFiles {
  /// The directory they are all below.
  let directory: String

  /// The export tree.
  var exports: String { "\(directory)/exports" }
  /// The chart of accounts.
  var chart: String { "\(directory)/chart.csv" }
  /// The opening balances.
  var opening: String { "\(directory)/opening" }
  /// The expected findings.
  var planted: String { "\(directory)/planted.csv" }
  /// The bank statements.
  var statements: String { "\(directory)/statements" }
  /// The bank statements that arrive after the night of the last date.
  var laterStatements: String { "\(directory)/statements-later" }
  /// The loan tapes.
  var loanTape: String { "\(directory)/loan-tape" }
  /// The breaks between the ledger and them.
  var plantedBreaks: String { "\(directory)/planted-breaks.csv" }
  /// The job file.
  var job: String { "\(directory)/job.yaml" }

  /// Creates the directories, and refuses to mix a new tree with an old one.
  func prepare(withOpening: Bool) throws {
    let existing = (try? FileManager.default.contentsOfDirectory(atPath: exports)) ?? []
    guard existing.isEmpty else {
      throw DemoLedgerError("\(exports) is not empty; choose another directory or remove it")
    }
    do {
      for path in withOpening ? [exports, opening] : [exports] {
        try FileManager.default.createDirectory(
          atPath: path, withIntermediateDirectories: true)
      }
    } catch {
      throw DemoLedgerError("cannot create directories below \(directory): \(error)")
    }
  }

  /// The text of the job file; its paths are relative to it.
  func job(_ options: DemoOptions) -> String {
    var text = """
      # One directory per tenant and business date.
      exports: exports
      # The accounts, with their normal sides.
      chart: chart.csv

      """
    if options.opensWithBalances {
      text += """
        # One file per tenant: balances as of the day before the first close.
        opening: opening

        """
    }
    text += """
      # Snapshots, findings and tie-outs; created by the first close.
      store: books.sqlite
      # Report files, one directory per tenant and business date.
      reports: reports
      # The last business date to close.
      date: \(options.lastDate)

      """
    text += """
      # What people call the tenants.
      tenant_names:

      """
    for index in 0..<options.tenants {
      let tenant = DemoTenant(index: index, options: options)
      text += "  \(tenant.identifier.text): \(tenant.name)\n"
    }
    if options.hasStatements { text += bank }
    if options.plantsDefects {
      text += """
        # Entries effective on or before this date are reported: the period is locked.
        locked_through: \(options.lockedThrough)

        """
    }
    return text
  }

  /// The accounts at a bank and where its statements are.
  private var bank: String {
    var text = """
      # Bank statements: one directory per tenant, in it one for each night on which some arrived.
      statements: statements
      # The servicing system's principal of each loan. The tape of the day before the first date has
      # the principal at the start.
      loan_tape: loan-tape
      principal_accounts: [1100, 1110, 1120]
      reporting_currency: USD
      # The accounts that the statements cover, for all tenants.
      bank_accounts:

      """
    for account in DemoBankAccount.all {
      text += """
        - ref: \(account.reference)
          account: \(account.accountCode)
          currency: \(account.currencyCode)
          number: \(account.statementAccount)

        """
      if account.hasTables { text += Self.tableSettings }
    }
    return text
  }

  /// How the tables are to be read.
  private static let tableSettings = """
      csv_date: date
      csv_value_date: value_date
      csv_amount: amount
      csv_reference: bank_reference
      csv_second_reference: reference
      csv_text: text
      csv_opening_row: \(CSVStatementWriter.openingRow)
      csv_closing_row: \(CSVStatementWriter.closingRow)

    """
}
