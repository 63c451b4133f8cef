import LedgerDomain
import Reconciliation

extension BankAccount {
  /// `operating`, account 1100 in USD.
  static let sample = BankAccount(
    reference: "operating", statementAccount: "DE02 1203 0000 0000 2020 51",
    account: AccountCode(number: 1100), currency: .sample)
}

/// A statement of the sample account, as a file delivers it.
struct SampleStatement {
  var day = 0
  var opening: AmountMinor?
  /// Amount and the bank's reference; a day before the statement's after `@`: `100 a@-1`.
  var entries: [String] = []
  /// By default, the balance to which opening and entries add up.
  var closing: AmountMinor?
  var openingDay: Int?
  var file = "a.xml"
  var number = 1
  var arrival = 0
  var sequence: Int?
  var identifier: String?
  var page: StatementPage?
  var second: Int?
  var folder: Int?
  var isMapped = false
  var startsBetweenPages = false
  var endsBetweenPages = false

  var delivery: StatementDelivery {
    let date = KnownBooks.date(day)
    let parsed = entries.enumerated().map { position, text in entry(text, number: position + 1) }
    let sum = parsed.reduce(0) { $0 + $1.amountMinor }
    let statement = BankStatement(
      account: "DE02120300000000202051", currency: .sample, identifier: identifier,
      sequence: sequence, page: page,
      createdAt: second.map { StatementTime(date: date, second: $0) },
      opening: opening.map {
        StatementBalance(
          amountMinor: $0, date: KnownBooks.date(openingDay ?? day),
          isIntermediate: startsBetweenPages)
      },
      closing: StatementBalance(
        amountMinor: closing ?? (opening ?? 0) + sum, date: date, isIntermediate: endsBetweenPages),
      entries: parsed, file: file, number: number)
    return StatementDelivery(
      statement, arrival: arrival, folderDate: folder.map(KnownBooks.date), isMapped: isMapped)
  }

  private func entry(_ text: String, number: Int) -> StatementEntry {
    let parts = text.split(separator: "@")
    let words = parts[0].split(separator: " ")
    let offset = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    return StatementEntry(
      number: number, amountMinor: AmountMinor(words[0]) ?? 0,
      bookingDate: KnownBooks.date(day + offset),
      references: words.dropFirst().map { BankReference(.accountServicer, String($0)) })
  }
}

extension StatementSeries {
  init(_ statements: [SampleStatement], notifications: [BankNotification] = []) {
    self.init(statements.map(\.delivery), notifications: notifications, of: .sample)
  }

  /// `5: 100…130 [30] sum`: day, balances, amounts of the items, breaks.
  var text: [String] {
    days.map { day in
      let number = KnownBooks.date(0).days(to: day.date)
      let amounts = day.items.map { "\($0.amountMinor)" }.joined(separator: " ")
      let breaks = day.breaks.map { " \($0.kind) \($0.differenceMinor)" }.joined()
      return "\(number): \(day.openingMinor)…\(day.closingMinor) [\(amounts)]\(breaks)"
    }
  }

  var codes: [FindingCode] { days.flatMap { $0.findings.map(\.code) } }
}
