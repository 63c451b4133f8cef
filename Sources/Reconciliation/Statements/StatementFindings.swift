import LedgerDomain

/// What is said about statements.
struct StatementFindings {
  let account: BankAccount

  func repeated(_ statement: JoinedStatement, by other: JoinedStatement) -> Finding {
    finding(
      .statementRepeated, statement,
      "is contained in \(other.sources.joined(separator: ", ")). Its entries count once.")
  }

  func repeated(_ delivery: StatementDelivery, by other: StatementDelivery) -> Finding {
    finding(
      .statementRepeated, JoinedStatement(delivery),
      "repeats \(other.statement.file)#\(other.statement.number). It counts once.")
  }

  func otherDate(_ delivery: StatementDelivery, folder: BusinessDate) -> Finding {
    finding(
      .statementDateMismatch, JoinedStatement(delivery),
      "closes on \(delivery.statement.closing.date), but arrived in the folder of \(folder). It counts for "
        + "\(delivery.statement.closing.date). If that is not the date, correct the file.")
  }

  func incomplete(_ delivery: StatementDelivery) -> Finding {
    let page = delivery.statement.page.map { "is page \($0.number)" } ?? "is one of several pages"
    return finding(
      .statementIncomplete, JoinedStatement(delivery),
      "\(page) of a statement whose other pages are missing. It waits for them. Fetch them from the bank."
    )
  }

  func contradiction(
    _ first: JoinedStatement, _ second: JoinedStatement
  ) -> (kept: StatementBreak, finding: Finding) {
    let difference = Int128(second.closing.amountMinor) - Int128(first.closing.amountMinor)
    return report(
      .contradiction, .statementContradiction, second, difference,
      "and \(first.sources.joined(separator: ", ")) are for the same time, but have different entries; "
        + "their closing balances are \(text(difference)) apart. The second counts until the one that "
        + "the bank withdrew is removed.")
  }

  /// A statement that does not open with the last closing balance.
  func opening(
    _ statement: JoinedStatement, priorClosingMinor: AmountMinor
  ) -> (kept: StatementBreak, finding: Finding) {
    let difference = statement.openingMinor - Int128(priorClosingMinor)
    let remedy =
      statement.isMapped
      ? "Check the balance column and its sign in the mapping first; then look for a missing statement "
        + "between them."
      : "Look for a missing statement between them."
    return report(
      .opening, .statementOpeningMismatch, statement, difference,
      "opens with \(text(statement.openingMinor)), but the statement before it closed with "
        + "\(text(priorClosingMinor)): \(text(difference)) apart. \(remedy)")
  }

  /// A statement that does not add up; `nil` if it does.
  func sum(_ statement: JoinedStatement) -> (kept: StatementBreak, finding: Finding)? {
    let (opening, booked) = (statement.openingMinor, statement.bookedMinor)
    let closing = Int128(statement.closing.amountMinor)
    let difference = closing - (opening + booked)
    guard difference != 0 else { return nil }
    return report(
      .sum, .statementSumMismatch, statement, difference,
      "opens with \(text(opening)) and books \(text(booked)), but closes with \(text(closing)): "
        + "\(text(difference)) more than that. "
        + remedy(statement, isReversed: closing + booked == opening))
  }

  private func remedy(_ statement: JoinedStatement, isReversed: Bool) -> String {
    guard statement.isMapped else {
      return "Look for a missing page or entry, and have the statement delivered again."
    }
    return isReversed
      ? "With the opposite signs it adds up: correct the order of rows, the sign or the debit/credit "
        + "column in the mapping."
      : "Check the order of rows, the sign and the debit/credit column in the mapping first; then look for "
        + "missing rows."
  }

  private func report(
    _ kind: StatementBreak.Kind, _ code: FindingCode, _ statement: JoinedStatement,
    _ difference: Int128, _ message: String
  ) -> (kept: StatementBreak, finding: Finding) {
    let finding = finding(code, statement, message)
    return (
      StatementBreak(kind: kind, differenceMinor: difference, message: finding.message), finding
    )
  }

  private func finding(
    _ code: FindingCode, _ statement: JoinedStatement, _ message: String
  ) -> Finding {
    var finding = Finding(
      code, message: "\(statement.sources.joined(separator: ", ")) \(message)")
    finding.file = statement.sources.first.flatMap { source in
      source.lastIndex(of: "#").map { String(source[..<$0]) }
    }
    finding.account = account.account
    finding.currency = account.currency
    return finding
  }

  private func text(_ amountMinor: some BinaryInteger) -> String {
    BankFindings.text(amountMinor, account)
  }
}
