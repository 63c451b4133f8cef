import LedgerDomain

extension BusinessDate {
  /// 2026-01-05.
  static let sample = BusinessDate(dayNumber: 20_458)
}

extension CurrencyCode {
  /// USD.
  static let sample = CurrencyLayer.sample("USD SETTLED").currency
}

extension CurrencyLayer {
  /// The pair written as `USD SETTLED`.
  static func sample(_ text: String) -> CurrencyLayer { BalanceKey.sample("0000 \(text)").pair }
}

extension BalanceKey {
  /// The key written as `1100 USD SETTLED`.
  static func sample(_ text: String) -> BalanceKey {
    let words = text.split(separator: " ")
    guard words.count == 3, let account = AccountCode(words[0]),
      let currency = CurrencyCode(words[1]), let layer = EntryLayer(code: words[2])
    else { preconditionFailure("'\(text)' is no key") }
    return BalanceKey(account: account, currency: currency, layer: layer)
  }
}

extension DebitCreditTotals {
  static func of(_ debitMinor: Int64, _ creditMinor: Int64) -> DebitCreditTotals {
    DebitCreditTotals(debitMinor: debitMinor, creditMinor: creditMinor)
  }
}

extension WideTotals {
  static func of(_ debitMinor: Int64, _ creditMinor: Int64) -> WideTotals {
    var totals = WideTotals()
    totals.add(DebitCreditTotals.of(debitMinor, creditMinor))
    return totals
  }
}

extension Balance {
  static func sample(_ key: String, _ totals: DebitCreditTotals) -> Balance {
    Balance(key: .sample(key), totals: totals)
  }
}

extension RollforwardRow {
  static func sample(
    _ key: String, opening: DebitCreditTotals = .zero, backdated: DebitCreditTotals = .zero,
    movement: DebitCreditTotals = .zero, closing: DebitCreditTotals
  ) -> RollforwardRow {
    RollforwardRow(
      key: .sample(key), opening: opening, backdated: backdated, movement: movement,
      closing: closing)
  }
}

extension [TieOut] {
  /// The comparison of that scope, if there is exactly one.
  func only(_ scope: String) -> TieOut? {
    let found = filter { $0.scope == scope }
    return found.count == 1 ? found[0] : nil
  }
}

extension BankItem {
  /// An item with an external reference and, after it, one of the journal entry.
  init(
    side: BankSide, identity: String, reference: String?, secondReference: String? = nil,
    amountMinor: AmountMinor, date: BusinessDate
  ) {
    self.init(
      side: side, identity: identity,
      references: (reference.map { [BankReference(.external, $0)] } ?? [])
        + (secondReference.map { [BankReference(.journalEntry, $0)] } ?? []),
      amountMinor: amountMinor, date: date)
  }
}
