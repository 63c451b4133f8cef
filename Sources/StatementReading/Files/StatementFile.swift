public import LedgerDomain

/// The result of reading a bank's file.
public struct StatementFile: Hashable, Sendable {
  /// The file's name in findings and items.
  public let name: String
  /// The format that its content has; `nil` if it is none of them.
  public let format: StatementFormat?
  /// Its usable statements, in the order of the file.
  public let statements: [BankStatement]
  /// Transactions of batches that other statements book.
  public let notifications: [BankNotification]
  /// One `statement_malformed` for the file, or for each of its statements that is unusable.
  public let findings: [Finding]
  /// What was taken for granted or not understood.
  public let notes: [StatementNote]
  /// What it is, if it is something for people to read, as a PDF is.
  var companion: String?

  init(name: String, format: StatementFormat?, contents: StatementContents) {
    var contents = contents
    if contents.isEmpty {
      contents.faults = [
        StatementFault("holds no statement. Find out what the bank sent, or move it away.")
      ]
    }
    self.name = name
    self.format = format
    statements = contents.statements
    notifications = contents.notifications
    notes = contents.notes
    findings = contents.faults.map { fault in
      let ignored =
        fault.statement.map { "Statement \($0) of the file was ignored." }
        ?? "The whole file was ignored."
      var finding = Finding(
        .statementMalformed, message: "\(name)\(fault.place) \(fault.message) \(ignored)")
      finding.file = name
      return finding
    }
  }

  init(name: String, format: StatementFormat?, fault: StatementFault) {
    var contents = StatementContents()
    contents.faults = [fault]
    self.init(name: name, format: format, contents: contents)
  }
}
