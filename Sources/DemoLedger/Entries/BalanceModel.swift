/// The balances of one tenant as the generator knows them: what says which ones end a day on the
/// wrong side.
struct BalanceModel {
  /// The place of a balance: account, currency and layer.
  struct Key {
    let account: DemoAccount
    let currency: DemoCurrency
    let layer: DemoLayer
  }

  private static let layerCount = DemoLayer.allCases.count
  private static let keysPerAccount = DemoCurrency.knownCount * layerCount
  private let positions = DemoChart.positions
  /// Debits less credits of each key.
  private var balances = [Int](repeating: 0, count: DemoChart.accounts.count * keysPerAccount)
  /// Movements that count from a later date on.
  private var scheduled: [(day: Int32, slot: Int, movement: Int)] = []

  /// The balances before the first date.
  init(opening: [OpeningBalance]) {
    for balance in opening {
      let slot = slot(
        account: balance.account, currency: balance.currency, layer: balance.layer)
      balances[slot] += balance.debit - balance.credit
    }
  }

  /// Counts an accepted entry: at once, or from its effective date on if that is still to come.
  mutating func add(_ entry: borrowing DemoEntry, businessDay: Int32) {
    for index in entry.lines.indices {
      let line = entry.lines[index]
      let slot = slot(account: line.account, currency: line.currency, layer: line.layer)
      let movement = line.isDebit ? line.amount : -line.amount
      if entry.effectiveDay > businessDay {
        scheduled.append((entry.effectiveDay, slot, movement))
      } else {
        balances[slot] += movement
      }
    }
  }

  /// Ends a day: counts what is effective by then, and gives the keys on the wrong side.
  mutating func closeDay(_ day: Int32) -> [Key] {
    for later in scheduled where later.day <= day {
      balances[later.slot] += later.movement
    }
    scheduled.removeAll { $0.day <= day }
    return abnormalKeys()
  }

  private func abnormalKeys() -> [Key] {
    var keys: [Key] = []
    for (position, account) in DemoChart.accounts.enumerated() {
      for offset in 0..<Self.keysPerAccount {
        let balance = balances[position * Self.keysPerAccount + offset]
        guard account.isDebitNormal ? balance < 0 : balance > 0,
          let currency = DemoCurrency(rawValue: offset / Self.layerCount),
          let layer = DemoLayer(rawValue: offset % Self.layerCount)
        else { continue }
        keys.append(Key(account: account, currency: currency, layer: layer))
      }
    }
    return keys
  }

  @inline(__always)
  private func slot(account: Int, currency: DemoCurrency, layer: DemoLayer) -> Int {
    positions[account] * Self.keysPerAccount + currency.rawValue * Self.layerCount
      + layer.rawValue
  }
}
