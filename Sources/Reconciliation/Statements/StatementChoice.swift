import LedgerDomain

/// Which of the statements with one closing date count, and in what order.
struct StatementChoice {
  /// Those that count.
  private(set) var statements: [JoinedStatement] = []
  /// Pairs of a statement that does not count and the one that has its entries.
  private(set) var repeated: [(statement: JoinedStatement, by: JoinedStatement)] = []
  /// Pairs of a statement that counts and one that contradicts it.
  private(set) var contradictions: [(first: JoinedStatement, second: JoinedStatement)] = []

  /// - Parameter priorClosingMinor: the closing balance of the statement before them.
  init(_ given: [JoinedStatement], priorClosingMinor: AmountMinor?) {
    let prior = priorClosingMinor.map { Int128($0) }
    for statement in Self.inOrderOfDelivery(given) {
      removeReplaced(by: statement, prior: prior)
      take(statement)
    }
    if let chained = Self.chained(statements, from: prior) {
      statements = chained
    }
  }

  /// By creation time if all have one, then by number if all have one, then by arrival.
  private static func inOrderOfDelivery(_ given: [JoinedStatement]) -> [JoinedStatement] {
    let hasTimes = given.allSatisfy { $0.createdAt != nil }
    let hasNumbers = given.allSatisfy { $0.sequence != nil }
    return given.sorted { left, right in
      if hasTimes, let one = left.createdAt, let other = right.createdAt, one != other {
        return one < other
      }
      if hasNumbers, let one = left.sequence, let other = right.sequence, one != other {
        return one < other
      }
      if left.arrival != right.arrival { return left.arrival < right.arrival }
      return left.sources.lexicographicallyPrecedes(right.sources)
    }
  }

  /// Removes what a later statement has too, and what rests on an opening balance that the bank has corrected
  /// since: the later one continues the last closing balance, the earlier one neither that nor the later one.
  private mutating func removeReplaced(by later: JoinedStatement, prior: Int128?) {
    guard let prior, later.openingMinor == prior else { return }
    let replaced = statements.indices.filter { index in
      let statement = statements[index]
      return !Self.span(of: statements, from: prior).contains(index)
        && statement.openingMinor != Int128(later.closing.amountMinor)
        && RepeatedEntries.removing(statement.entries, from: later.entries) != nil
    }
    repeated += replaced.map { (statements[$0], later) }
    statements = statements.indices.filter { !replaced.contains($0) }.map { statements[$0] }
  }

  /// Decides about a statement that was delivered after those that count so far.
  private mutating func take(_ later: JoinedStatement) {
    let span = Self.span(of: statements, from: later.openingMinor)
    guard let first = span.first else {
      statements.append(later)
      return
    }
    if isConsecutive(later, after: span) {
      statements.append(later)
      return
    }
    let entries = span.flatMap { statements[$0].entries }
    if RepeatedEntries.removing(entries, from: later.entries) != nil {
      repeated += span.map { (statements[$0], later) }
      statements = statements.indices.filter { !span.contains($0) }.map { statements[$0] }
      statements.append(later)
    } else if !isCreated(later, after: span),
      RepeatedEntries.removing(later.entries, from: entries) != nil
    {
      repeated.append((later, statements[first]))
    } else if Int128(statements[span[span.count - 1]].closing.amountMinor) == later.openingMinor {
      statements.append(later)
    } else {
      contradictions.append((statements[first], later))
    }
  }

  /// Whether the bank counts a statement as another one that continues those of the span.
  private func isConsecutive(_ later: JoinedStatement, after span: [Int]) -> Bool {
    let last = statements[span[span.count - 1]]
    guard let sequence = later.sequence, let prior = last.sequence else { return false }
    return sequence != prior && Int128(last.closing.amountMinor) == later.openingMinor
  }

  private func isCreated(_ later: JoinedStatement, after span: [Int]) -> Bool {
    guard let createdAt = later.createdAt else { return false }
    return span.allSatisfy { statements[$0].createdAt.map { $0 < createdAt } ?? false }
  }

  /// The statements that follow one another from a balance on.
  private static func span(of statements: [JoinedStatement], from balance: Int128) -> [Int] {
    var waiting: [Int128: [Int]] = [:]
    for index in statements.indices.reversed() {
      waiting[statements[index].openingMinor, default: []].append(index)
    }
    var span: [Int] = []
    var balance = balance
    while let next = waiting[balance]?.popLast() {
      span.append(next)
      balance = Int128(statements[next].closing.amountMinor)
    }
    return span
  }

  /// The statements in the order in which each opens with what another closed with, if there is one.
  private static func chained(
    _ statements: [JoinedStatement], from prior: Int128?
  ) -> [JoinedStatement]? {
    let closings = Set(statements.map { Int128($0.closing.amountMinor) })
    let starts = statements.filter { !closings.contains($0.openingMinor) }.map(\.openingMinor)
    for start in [prior].compactMap(\.self) + starts + statements.prefix(1).map(\.openingMinor) {
      let span = span(of: statements, from: start)
      if span.count == statements.count { return span.map { statements[$0] } }
    }
    return nil
  }
}
