/// One account of the chart.
public struct Account: Hashable, Sendable {
  /// Its four-digit code.
  public let code: AccountCode
  /// Its name, for people.
  public let name: String
  /// The side its balance is expected on.
  public let normalSide: NormalSide

  /// Creates an account.
  public init(code: AccountCode, name: String, normalSide: NormalSide) {
    self.code = code
    self.name = name
    self.normalSide = normalSide
  }
}

/// The accounts that a tenant's entries may use.
public struct ChartOfAccounts: Sendable {
  /// The accounts in the order of their codes, each code once.
  public let accounts: [Account]
  private let positions: [Int16]

  /// The chart of these accounts; of two with one code the later wins, so check before.
  public init(_ accounts: some Sequence<Account>) {
    var byCode: [AccountCode: Account] = [:]
    for account in accounts { byCode[account.code] = account }
    let sorted = byCode.values.sorted { $0.code < $1.code }
    var positions = [Int16](repeating: -1, count: 10_000)
    for (position, account) in sorted.enumerated() {
      positions[Int(account.code.number)] = Int16(position)
    }
    self.accounts = sorted
    self.positions = positions
  }

  /// Whether the chart has the account.
  ///
  /// - Complexity: O(1), without hashing: it is asked once for every line.
  public func contains(_ code: AccountCode) -> Bool {
    positions[Int(code.number)] >= 0
  }

  /// The account of that code, if the chart has it.
  public subscript(code: AccountCode) -> Account? {
    let position = positions[Int(code.number)]
    return position < 0 ? nil : accounts[Int(position)]
  }
}
