import LedgerDomain

/// Joins the pages of statements.
///
/// Pages follow each other by number, or by balances: one closes with the intermediate balance that the
/// next one opens with. In some files every page has the statement's own balances; then numbers decide.
enum StatementPages {
  /// The statements with all their pages, and those pages of which others are missing.
  static func join(
    _ deliveries: [StatementDelivery]
  ) -> (complete: [JoinedStatement], waiting: [StatementDelivery]) {
    var complete: [JoinedStatement] = []
    var parts: [StatementDelivery] = []
    for delivery in deliveries {
      if isWhole(delivery.statement) {
        complete.append(JoinedStatement(delivery))
      } else {
        parts.append(delivery)
      }
    }
    parts.sort { order($0) < order($1) }
    var isUsed = Array(repeating: false, count: parts.count)
    for start in parts.indices where !isUsed[start] && isFirst(parts[start].statement) {
      let chain = chain(from: start, in: parts, isUsed)
      guard isLast(parts[chain[chain.count - 1]].statement) else { continue }
      var joined = JoinedStatement(parts[start])
      for index in chain.dropFirst() { joined.append(JoinedStatement(parts[index])) }
      for index in chain { isUsed[index] = true }
      complete.append(joined)
    }
    return (complete, parts.indices.filter { !isUsed[$0] }.map { parts[$0] })
  }

  private static func isWhole(_ statement: BankStatement) -> Bool {
    let isPaged = statement.page.map { $0.number > 1 || $0.isLast == false } ?? false
    return !isPaged && !hasIntermediateBalance(statement)
  }

  private static func hasIntermediateBalance(_ statement: BankStatement) -> Bool {
    statement.closing.isIntermediate || statement.opening?.isIntermediate == true
  }

  private static func isFirst(_ statement: BankStatement) -> Bool {
    statement.opening?.isIntermediate != true && (statement.page?.number ?? 1) == 1
  }

  private static func isLast(_ statement: BankStatement) -> Bool {
    !statement.closing.isIntermediate && statement.page?.isLast != false
  }

  /// Statements with one number or name, by date, then by page; the last delivered of a page first.
  private static func order(
    _ delivery: StatementDelivery
  ) -> (Int, String, Int32, Int, Int) {
    let statement = delivery.statement
    return (
      statement.sequence ?? -1, statement.sequence == nil ? statement.identifier ?? "" : "",
      statement.closing.date.dayNumber, statement.page?.number ?? 1, 0 &- delivery.arrival
    )
  }

  /// The pages that follow one another from a first page.
  private static func chain(
    from start: Int, in parts: [StatementDelivery], _ isUsed: [Bool]
  ) -> [Int] {
    var chain = [start]
    for index in parts.indices.dropFirst(start + 1) where !isUsed[index] {
      let (page, next) = (parts[chain[chain.count - 1]].statement, parts[index].statement)
      guard isOfSameStatement(page, next), !isLast(page) else { break }
      if follows(page, next) { chain.append(index) }
    }
    return chain
  }

  private static func isOfSameStatement(_ page: BankStatement, _ next: BankStatement) -> Bool {
    if let sequence = page.sequence { return next.sequence == sequence }
    return next.sequence == nil && page.identifier == next.identifier
  }

  private static func follows(_ page: BankStatement, _ next: BankStatement) -> Bool {
    if let number = page.page?.number, let nextNumber = next.page?.number {
      guard number < Int.max, nextNumber == number + 1 else { return false }
      if !hasIntermediateBalance(page), page.opening == next.opening, page.closing == next.closing {
        return true
      }
    }
    guard let opening = next.opening else { return false }
    return page.closing.isIntermediate && opening.amountMinor == page.closing.amountMinor
      && (0...31).contains(page.closing.date.days(to: next.closing.date))
  }
}
