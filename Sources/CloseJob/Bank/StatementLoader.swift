import JobConfiguration
import JournalReading
import LedgerDomain
import Reconciliation
import StatementReading

/// The bank statements of a tenant's date, for the accounts that the job names.
struct DateStatements: Sendable {
  /// The statements of each account.
  let statements: [BankAccount: [BankStatement]]
  /// The faults of the files.
  let findings: [Finding]
  /// How many files could not be used.
  let unusableCount: Int
}

/// Reads `<statements>/tenant_id=<uuid>/date=<YYYY-MM-DD>/*.xml` (camt.053) and `*.csv`.
struct StatementLoader: Sendable {
  let root: String
  let accounts: [BankAccountSetting]

  /// The statements of a date; none if there is no directory, because they have not arrived yet.
  ///
  /// - Throws: `ReadingError` if a file cannot be read; `CloseRefusal` if a CSV file has no mapping.
  func read(_ tenant: TenantID, _ date: BusinessDate) throws -> DateStatements {
    let layout = StatementLayout(root: root)
    var statements: [BankStatement] = []
    var findings: [Finding] = []
    for file in try files(layout, tenant, date) {
      let read = try read(file, date)
      statements += read.statements
      findings += read.findings
    }
    let unusableCount = findings.count { $0.code == .statementMalformed }
    let assigned = AccountStatements.assign(statements, to: accounts.map(\.account))
    return DateStatements(
      statements: assigned.statements, findings: findings + assigned.findings,
      unusableCount: unusableCount + assigned.findings.count)
  }

  private func files(
    _ layout: StatementLayout, _ tenant: TenantID, _ date: BusinessDate
  ) throws(ReadingError) -> [(name: String, path: String)] {
    do throws(StatementError) {
      return try layout.files(of: tenant, date: date)
    } catch {
      let code = ReadingError.Code(rawValue: error.code.rawValue) ?? .cannotRead
      throw ReadingError(code, file: error.file, message: error.message)
    }
  }

  private func read(
    _ file: (name: String, path: String), _ date: BusinessDate
  ) throws -> StatementFile {
    let name = "date=\(date)/\(file.name)"
    do {
      if file.name.hasSuffix(".xml") {
        return try StatementReader.camt053(at: file.path, name: name)
      }
      return try StatementReader.table(
        at: file.path, name: name, mapping: try mapping(file.name), date: date)
    } catch let error as StatementError {
      throw ReadingError(.cannotRead, file: file.path, message: error.message)
    }
  }

  /// The mapping of a CSV file: that of the account whose `ref` its name begins with, or the only one.
  private func mapping(_ name: String) throws -> StatementCSVMapping {
    let mapped = accounts.filter { !$0.csv.isEmpty }
    let named = mapped.filter { name.hasPrefix($0.account.reference) }
      .max { $0.account.reference.utf8.count < $1.account.reference.utf8.count }
    guard let account = named ?? (mapped.count == 1 ? mapped.first : nil) else {
      throw CloseRefusal(
        .noStatementMapping,
        "\(name) is a CSV statement, but matches no bank account with csv_… settings. Begin its name with the "
          + "account's ref, or give that account csv_… settings.")
    }
    return try account.csvMapping()
  }
}
