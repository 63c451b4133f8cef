public import LedgerDomain

/// What a bank's file came to.
public struct StatementFile: Hashable, Sendable {
  /// What it is called.
  public let name: String
  /// Its statements, in the order of the file; none if it is malformed.
  public let statements: [BankStatement]
  /// What is wrong with it: at most one `statement_malformed`.
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
      .statementMalformed, message: "\(name)\(fault.place) \(fault.message) None of it counts.")
    finding.file = name
    findings = [finding]
  }
}
