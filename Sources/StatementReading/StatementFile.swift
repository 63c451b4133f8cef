public import LedgerDomain

/// The result of reading a bank's file.
public struct StatementFile: Hashable, Sendable {
  /// The file's name in findings and items.
  public let name: String
  /// Its statements, in the order of the file; empty if it is malformed.
  public let statements: [BankStatement]
  /// At most one `statement_malformed`.
  public let findings: [Finding]

  init(name: String, statements: [BankStatement]) {
    self.name = name
    self.statements = statements
    findings = []
  }

  init(name: String, fault: StatementFault) {
    self.name = name
    statements = []
    var finding = Finding(
      .statementMalformed,
      message: "\(name)\(fault.place) \(fault.message) The whole file was ignored.")
    finding.file = name
    findings = [finding]
  }
}
