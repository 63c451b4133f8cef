/// The balance of a key on the day before the first close.
struct OpeningBalance {
  /// The account's code.
  let account: Int
  /// Its currency.
  let currency: DemoCurrency
  /// Its layer.
  let layer: DemoLayer
  /// All debits up to then, in minor units.
  let debit: Int
  /// All credits up to then, in minor units.
  let credit: Int

  /// The opening balances of a tenant: all on their normal side, and balanced in every currency and
  /// layer, with retained earnings taking the other side.
  static func balances(of tenant: DemoTenant, options: DemoOptions) -> [OpeningBalance] {
    var generator = SeededGenerator(seed: SeededGenerator.mixed(tenant.seed, UInt64.max))
    let scale = options.entriesPerDate + 100
    return tenant.currencies.flatMap { currency in
      settled(currency, scale: scale, from: &generator)
        + mirrored(1100, 2050, currency, .pending, scale: scale, from: &generator)
        + mirrored(8000, 8100, currency, .encumbrance, scale: scale, from: &generator)
    }
  }

  /// The file: `account_code,currency,layer,dr_balance_minor,cr_balance_minor`.
  static func csv(_ balances: [OpeningBalance]) -> String {
    var text = "account_code,currency,layer,dr_balance_minor,cr_balance_minor\n"
    for balance in balances {
      text += "\(balance.account),\(balance.currency.code),\(balance.layer.code),"
      text += "\(balance.debit),\(balance.credit)\n"
    }
    return text
  }

  private static func settled(
    _ currency: DemoCurrency, scale: Int, from generator: inout SeededGenerator
  ) -> [OpeningBalance] {
    var balances: [OpeningBalance] = []
    var net = 0
    for account in DemoChart.accounts where account.openingPerEntry > 0 {
      let balance = account.openingPerEntry * scale / 100 * generator.within(80...120)
      // Cumulative, never netted: what came in and went out again stands on both sides.
      let turnover = account.openingPerEntry * scale / 100 * generator.within(0...300)
      net += account.isDebitNormal ? balance : -balance
      balances.append(
        OpeningBalance(
          account: account.code, currency: currency, layer: .settled,
          debit: turnover + (account.isDebitNormal ? balance : 0),
          credit: turnover + (account.isDebitNormal ? 0 : balance)))
    }
    balances.append(
      OpeningBalance(
        account: DemoChart.retainedEarningsCode, currency: currency, layer: .settled,
        debit: 0, credit: net))
    return balances
  }

  private static func mirrored(
    _ debited: Int, _ credited: Int, _ currency: DemoCurrency, _ layer: DemoLayer, scale: Int,
    from generator: inout SeededGenerator
  ) -> [OpeningBalance] {
    let amount = scale * 50_000 * generator.within(80...120)
    return [
      OpeningBalance(
        account: debited, currency: currency, layer: layer, debit: amount, credit: 0),
      OpeningBalance(
        account: credited, currency: currency, layer: layer, debit: 0, credit: amount),
    ]
  }
}
