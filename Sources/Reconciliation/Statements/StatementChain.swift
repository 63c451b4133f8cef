import LedgerDomain

/// The statements of one account and date, one after the other, and whether they prove themselves.
struct StatementChain {
  /// The statements in order, without duplicates; empty if they contradict each other.
  private(set) var statements: [BankStatement] = []
  /// What is wrong with them.
  private(set) var findings: [Finding] = []
  private let account: BankAccount

  /// Puts statements in order and compares each balance with the one it must follow.
  ///
  /// - Parameter priorClosingMinor: the closing balance of the account's last statement before them.
  init(_ given: [BankStatement], of account: BankAccount, priorClosingMinor: AmountMinor?) {
    self.account = account
    let distinct = withoutRepetitions(given.sorted(by: Self.precedes))
    statements = Self.chained(distinct, from: priorClosingMinor) ?? distinct
    for statement in statements { checkClosingBalance(statement) }
    var prior = priorClosingMinor
    var contradicting: BankStatement?
    for (position, statement) in statements.enumerated() {
      if let prior, let opening = statement.opening, prior != opening.amountMinor {
        let before = position > 0 ? statements[position - 1] : nil
        if let before, before.identifier != nil, before.identifier == statement.identifier,
          before.page == statement.page
        {
          contradicting = statement
        } else {
          reportOpening(statement, prior)
        }
      }
      prior = statement.closing.amountMinor
    }
    if let contradicting {
      report(
        .statementMalformed, contradicting,
        "has the same identifier '\(contradicting.identifier ?? "")' as another statement but "
          + "different content. All of the account's statements for the date are ignored. "
          + "Remove the one that the bank withdrew, then close the date again with --reclose.")
      statements = []
    }
  }

  /// The opening balance of the first and the closing balance of the last; `nil` if there is none.
  var balances: (openingMinor: AmountMinor, closingMinor: AmountMinor)? {
    guard let first = statements.first, let last = statements.last else { return nil }
    return (first.openingMinor, last.closing.amountMinor)
  }

  private static func precedes(_ left: BankStatement, _ right: BankStatement) -> Bool {
    if left.closing.date != right.closing.date { return left.closing.date < right.closing.date }
    let numbers = [
      (left.sequence ?? 0, right.sequence ?? 0),
      (left.page?.number ?? 0, right.page?.number ?? 0),
    ]
    for (one, other) in numbers where one != other { return one < other }
    return (left.file, left.number) < (right.file, right.number)
  }

  private mutating func withoutRepetitions(_ given: [BankStatement]) -> [BankStatement] {
    var seen: [BankStatement: BankStatement] = [:]
    return given.filter { statement in
      guard let first = seen[statement.withoutSource] else {
        seen[statement.withoutSource] = statement
        return true
      }
      report(
        .statementMalformed, statement,
        "repeats statement \(first.number) of \(first.file). It counts once. Remove one of them."
      )
      return false
    }
  }

  /// The statements in the order in which each opens with what another closed with, if there is one.
  private static func chained(
    _ statements: [BankStatement], from prior: AmountMinor?
  ) -> [BankStatement]? {
    var waiting: [AmountMinor: [Int]] = [:]
    for index in statements.indices.reversed() {
      waiting[statements[index].openingMinor, default: []].append(index)
    }
    let closings = Set(statements.map(\.closing.amountMinor))
    let start =
      prior.flatMap { waiting[$0] == nil ? nil : $0 }
      ?? statements.first { !closings.contains($0.openingMinor) }?.openingMinor
    guard var balance = start ?? statements.first?.openingMinor else { return nil }
    var chain: [BankStatement] = []
    while let next = waiting[balance]?.popLast() {
      chain.append(statements[next])
      balance = statements[next].closing.amountMinor
    }
    return chain.count == statements.count ? chain : nil
  }

  private mutating func checkClosingBalance(_ statement: BankStatement) {
    let booked = statement.entries.reduce(Int128(0)) { sum, entry in
      entry.status == .booked ? sum + Int128(entry.amountMinor) : sum
    }
    let expected = Int128(statement.openingMinor) + booked
    let closing = Int128(statement.closing.amountMinor)
    if expected == closing { return }
    report(
      .statementSumMismatch, statement,
      "opens with \(text(statement.openingMinor)) and books \(text(booked)), a total of "
        + "\(text(expected)), but closes with \(text(closing)): a difference of "
        + "\(text(closing - expected)). Ask the bank for the missing entries.")
  }

  private mutating func reportOpening(_ statement: BankStatement, _ prior: AmountMinor) {
    report(
      .statementOpeningMismatch, statement,
      "opens with \(text(statement.openingMinor)), but the previous statement closed with "
        + "\(text(prior)). Look for a missing statement between them.")
  }

  private func text(_ amountMinor: some BinaryInteger) -> String {
    AmountText.decimal(amountMinor, digits: account.currency.minorUnitDigits ?? 0)
      + " \(account.currency)"
  }

  private mutating func report(
    _ code: FindingCode, _ statement: BankStatement, _ message: String
  ) {
    var finding = Finding(
      code,
      message: "\(statement.file): statement \(statement.number) of \(account.reference) "
        + message)
    finding.file = statement.file
    finding.account = account.account
    finding.currency = account.currency
    findings.append(finding)
  }
}

extension BankStatement {
  /// The opening balance, or what it must have been if the entries are complete.
  fileprivate var openingMinor: AmountMinor {
    opening?.amountMinor
      ?? entries.reduce(closing.amountMinor) { balance, entry in
        entry.status == .booked ? balance &- entry.amountMinor : balance
      }
  }
}
