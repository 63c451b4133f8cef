import LedgerDomain

/// Number and total of the outstanding items by age and missing side.
enum OutstandingAges {
  enum AgeField: String {
    case age, bank, ledger
    case bankCount = "bank_count"
    case bankMinor = "bank_minor"
    case ledgerCount = "ledger_count"
    case ledgerMinor = "ledger_minor"
  }

  private static let begin = TemplateBlock("bank_ages_begin")
  private static let age = RowTemplate<AgeField>("bank_age")
  private static let bands: [(words: String, days: ClosedRange<Int>)] = [
    ("Today", 0...0), ("1 to 3 days", 1...3), ("4 to 7 days", 4...7), ("8 to 30 days", 8...30),
    ("Over 30 days", 31...Int.max),
  ]

  static func write(
    _ bank: BankReconciliation, on date: BusinessDate, to html: inout HTMLWriter
  ) {
    let digits = bank.account.currency.minorUnitDigits
    html.block(begin)
    for band in bands {
      let items = bank.outstanding.filter { band.days.contains($0.ageDays(on: date)) }.map(\.item)
      let atBank = items.filter { $0.side == .ledger }
      let inLedger = items.filter { $0.side == .bank }
      html.fill(age) { field, html in
        switch field {
        case .age: html.text(band.words)
        case .bankCount: html.text(Wording.count(atBank.count, "item", "items"))
        case .bank: html.signed(sum(atBank), digits: digits)
        case .bankMinor: html.number(sum(atBank))
        case .ledgerCount: html.text(Wording.count(inLedger.count, "item", "items"))
        case .ledger: html.signed(sum(inLedger), digits: digits)
        case .ledgerMinor: html.number(sum(inLedger))
        }
      }
    }
  }

  private static func sum(_ items: [BankItem]) -> Int128 {
    items.reduce(0) { $0 + Int128($1.amountMinor) }
  }
}
