/// One account of the chart.
public struct Account: Hashable, Sendable {
  /// Its four-digit code.
  public let code: AccountCode
  /// Its name, for people.
  public let name: String
  /// The side its balance is expected on.
  public let normalSide: NormalSide
  /// Whether it left the chart and is kept, as it was last, for the balances that it has.
  public let hasLeft: Bool

  /// Creates an account.
  public init(code: AccountCode, name: String, normalSide: NormalSide, hasLeft: Bool = false) {
    self.code = code
    self.name = name
    self.normalSide = normalSide
    self.hasLeft = hasLeft
  }

  /// The account as it was last, marked as having left the chart.
  public var left: Account {
    Account(code: code, name: name, normalSide: normalSide, hasLeft: true)
  }
}

/// The accounts that a tenant's entries may use, and those that left but still have balances.
///
///     let chart = ChartOfAccounts([cash]).keeping([suspense])
///     chart.contains(suspense.code)           // false: no entry may use it any more
///     chart[suspense.code]?.normalSide        // its last one, so that its balance keeps its sign
public struct ChartOfAccounts: Sendable {
  /// The accounts in the order of their codes, each code once.
  public let accounts: [Account]
  /// Where an account is in `accounts`: its index, -2 minus its index if it has left, or -1.
  private let positions: [Int16]
  /// The accounts of the type `principal`, if the chart was read from a file that has types.
  public let principal: PrincipalAccounts?

  /// The chart of these accounts; of two with one code the later wins, so check before.
  ///
  /// - Parameter principal: those whose balances are the loans' principal.
  public init(_ accounts: some Sequence<Account>, principal: PrincipalAccounts? = nil) {
    self.principal = principal
    var byCode: [AccountCode: Account] = [:]
    for account in accounts { byCode[account.code] = account }
    let sorted = byCode.values.sorted { $0.code < $1.code }
    var positions = [Int16](repeating: -1, count: 10_000)
    for (index, account) in sorted.enumerated() {
      positions[Int(account.code.number)] = Int16(account.hasLeft ? -2 - index : index)
    }
    self.accounts = sorted
    self.positions = positions
  }

  /// This chart with accounts that left it but have balances; those that it has stay as they are.
  public func keeping(_ others: some Sequence<Account>) -> ChartOfAccounts {
    let missing = others.filter { self[$0.code] == nil }.map(\.left)
    return missing.isEmpty ? self : ChartOfAccounts(accounts + missing, principal: principal)
  }

  /// Whether entries may use the account: the chart has it, and it has not left.
  ///
  /// - Complexity: O(1), without hashing: it is asked once for every line.
  public func contains(_ code: AccountCode) -> Bool {
    positions[Int(code.number)] >= 0
  }

  /// The account of that code, also if it left the chart and is kept for its balances.
  public subscript(code: AccountCode) -> Account? {
    let position = Int(positions[Int(code.number)])
    if position == -1 { return nil }
    return accounts[position < 0 ? -2 - position : position]
  }
}
