import LedgerDomain
public import StatementReading

/// What `tieout statement` shows of files: each statement as it is understood, and what is not.
public struct StatementInspection: Sendable {
  let files: [StatementFile]

  /// Shows these files.
  public init(files: [StatementFile]) {
    self.files = files
  }

  /// 0 if all of it was understood and every statement proves itself; otherwise 1.
  public var exitCode: Int32 { files.allSatisfy(isSound) ? 0 : 1 }

  private func isSound(_ file: StatementFile) -> Bool {
    let isRead = !file.statements.isEmpty || !file.notifications.isEmpty || !file.notes.isEmpty
    return file.findings.isEmpty && isRead
      && !file.statements.contains { StatementProof($0).status == "not_proved" }
  }

  /// The files as text for a terminal of 80 columns; only what cannot be broken is wider.
  public func text() -> String {
    files.map { file in
      var sheet = StatementSheet()
      sheet.add(file)
      return sheet.text
    }.joined(separator: "\n")
  }

  /// The files as JSON.
  ///
  /// - Throws: `EncodingError` if they cannot be encoded.
  public func json() throws -> String { try StatementDocument.text(files) }
}
