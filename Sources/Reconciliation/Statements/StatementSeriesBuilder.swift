import LedgerDomain

/// Builds the series of an account's statements, closing date by closing date.
struct StatementSeriesBuilder {
  private(set) var days: [StatementDay] = []
  private(set) var waiting: [BusinessDate: [Finding]] = [:]
  private let say: StatementFindings
  private var history: StatementHistory
  private var items = StatementItems()
  private var details: NotificationDetails
  /// What is said about deliveries, by closing date.
  private var told: [BusinessDate: [Finding]] = [:]

  init(account: BankAccount, notifications: [BankNotification], priorClosingMinor: AmountMinor?) {
    say = StatementFindings(account: account)
    history = StatementHistory(priorClosingMinor: priorClosingMinor)
    details = NotificationDetails(notifications, of: account)
  }

  mutating func add(_ deliveries: [StatementDelivery]) {
    let (complete, incomplete) = StatementPages.join(distinct(deliveries))
    let byDate = Dictionary(grouping: complete, by: \.closing.date)
    for (date, statements) in byDate.sorted(by: { $0.key < $1.key }) { add(statements, on: date) }
    for delivery in incomplete where byDate[delivery.statement.closing.date] == nil {
      waiting[delivery.statement.closing.date, default: []].append(say.incomplete(delivery))
    }
  }

  /// Each statement once, in the order of arrival.
  private mutating func distinct(_ deliveries: [StatementDelivery]) -> [StatementDelivery] {
    var first: [BankStatement: StatementDelivery] = [:]
    let ordered = deliveries.sorted {
      ($0.arrival, $0.statement.file, $0.statement.number)
        < ($1.arrival, $1.statement.file, $1.statement.number)
    }
    return ordered.filter { delivery in
      let date = delivery.statement.closing.date
      if let folder = delivery.folderDate, folder != date {
        told[date, default: []].append(say.otherDate(delivery, folder: folder))
      }
      if let other = first[delivery.statement.withoutSource] {
        told[date, default: []].append(say.repeated(delivery, by: other))
        return false
      }
      first[delivery.statement.withoutSource] = delivery
      return true
    }
  }

  private mutating func add(_ statements: [JoinedStatement], on date: BusinessDate) {
    let choice = StatementChoice(
      statements, priorClosingMinor: history.last?.closingMinor)
    var findings = told[date] ?? []
    findings += choice.repeated.map { say.repeated($0.statement, by: $0.by) }
    var breaks = choice.contradictions.map { say.contradiction($0.first, $0.second) }
    var counted: [JoinedStatement] = []
    var closing = history.last?.closingMinor
    for statement in choice.statements {
      let continued = Self.continued(statement, from: closing, history, isFirst: counted.isEmpty)
      if let closing, continued.openingMinor != Int128(closing) {
        breaks.append(say.opening(continued, priorClosingMinor: closing))
      }
      if let sum = say.sum(continued) { breaks.append(sum) }
      closing = continued.closing.amountMinor
      counted.append(continued)
    }
    append(counted, on: date, findings + breaks.map(\.finding), breaks.map(\.kept))
  }

  /// The statement as it continues the last closing balance, if it can.
  private static func continued(
    _ statement: JoinedStatement, from closing: AmountMinor?, _ history: StatementHistory,
    isFirst: Bool
  ) -> JoinedStatement {
    guard let closing else { return statement }
    if isFirst, let continuation = history.continuation(of: statement) { return continuation }
    if statement.openingMinor == Int128(closing) { return statement }
    // With a closing balance alone, what it does not lead to from the last one is missing from its entries.
    if statement.opening == nil {
      var stated = statement
      stated.opening = StatementBalance(amountMinor: closing, date: statement.closing.date)
      return stated
    }
    return isFirst ? history.withoutKnownEntries(statement) : statement
  }

  private mutating func append(
    _ statements: [JoinedStatement], on date: BusinessDate, _ findings: [Finding],
    _ breaks: [StatementBreak]
  ) {
    guard let first = statements.first, let last = statements.last else { return }
    let isContinuous = !breaks.contains { $0.kind == .opening }
    let after = history.last?.date.map { $0.advanced(by: 1) }
    let opening = min(statements.compactMap(\.firstDate).min() ?? date, date)
    let firstDate = isContinuous ? after ?? opening : max(opening, after ?? opening)
    days.append(
      StatementDay(
        date: date, sources: statements.flatMap(\.sources),
        openingMinor: AmountMinor(exactly: first.openingMinor) ?? first.closing.amountMinor,
        closingMinor: last.closing.amountMinor, firstDate: min(firstDate, date),
        items: statements.flatMap(\.entries).flatMap {
          items.items(of: $0, details: details.detailed($0.entry))
        }, breaks: breaks, findings: findings))
    history.append(statements, on: date)
  }
}
