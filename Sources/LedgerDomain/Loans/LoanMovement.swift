/// A loan in one currency: what a principal is kept for.
public struct LoanKey: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The loan.
  public let loan: LedgerUUID
  /// The currency.
  public let currency: CurrencyCode

  /// Creates the key.
  public init(loan: LedgerUUID, currency: CurrencyCode) {
    self.loan = loan
    self.currency = currency
  }

  /// Orders as rows are sorted: by loan, then by currency.
  public static func < (left: LoanKey, right: LoanKey) -> Bool {
    left.loan == right.loan ? left.currency < right.currency : left.loan < right.loan
  }

  /// For a sentence.
  public var description: String { "loan \(loan) \(currency)" }
}

/// What the principal of one loan moved by, for one effective date.
public struct LoanMovement: Hashable, Sendable {
  /// The loan and the currency.
  public let key: LoanKey
  /// The date from which the movement counts.
  public let effectiveDate: BusinessDate
  /// Debits and credits on principal accounts, settled.
  public var totals: DebitCreditTotals
  /// How many lines it sums up.
  public var lineCount: Int

  /// Creates a movement.
  public init(
    key: LoanKey, effectiveDate: BusinessDate, totals: DebitCreditTotals, lineCount: Int
  ) {
    self.key = key
    self.effectiveDate = effectiveDate
    self.totals = totals
    self.lineCount = lineCount
  }
}

/// The total movement of principal on lines that name a loan, in one currency and for one
/// effective date.
public struct PrincipalMovement: Hashable, Sendable {
  /// The currency.
  public let currency: CurrencyCode
  /// The date from which the movement counts.
  public let effectiveDate: BusinessDate
  /// Debits and credits on principal accounts, settled.
  public let totals: DebitCreditTotals
  /// How many lines it sums up.
  public let lineCount: Int

  /// Creates a movement.
  public init(
    currency: CurrencyCode, effectiveDate: BusinessDate, totals: DebitCreditTotals, lineCount: Int
  ) {
    self.currency = currency
    self.effectiveDate = effectiveDate
    self.totals = totals
    self.lineCount = lineCount
  }
}

/// The principal of one loan: debits less credits of the principal accounts, or the tape's figure.
public struct LoanPrincipal: Hashable, Sendable {
  /// The loan and the currency.
  public let key: LoanKey
  /// The principal, signed, in minor units.
  public let principalMinor: AmountMinor

  /// The principal of that loan.
  public init(key: LoanKey, principalMinor: AmountMinor) {
    self.key = key
    self.principalMinor = principalMinor
  }
}

/// The accounts whose settled balances are the loans' principal.
public struct PrincipalAccounts: Hashable, Sendable, CustomStringConvertible {
  /// The accounts in order, without duplicates.
  public let codes: [AccountCode]
  private let isPrincipal: [Bool]

  /// Those accounts, in any order; `nil` if there are none.
  public init?(_ codes: some Sequence<AccountCode>) {
    self.codes = Set(codes).sorted()
    guard !self.codes.isEmpty else { return nil }
    var flags = [Bool](repeating: false, count: 10_000)
    for code in self.codes { flags[Int(code.number)] = true }
    isPrincipal = flags
  }

  /// Whether what has that key is principal: of one of the accounts, and settled.
  public func contains(_ key: BalanceKey) -> Bool {
    key.layer == .settled && contains(key.account)
  }

  /// Whether it is one of the accounts.
  public func contains(_ account: AccountCode) -> Bool { isPrincipal[Int(account.number)] }

  /// The codes, separated by commas: `1100,1110`.
  public var description: String { codes.map(\.description).joined(separator: ",") }
}

/// Debits or credits of a loan exceeded 2^63 − 1. The close fails: a balance never wraps.
public struct LoanOverflow: Error, Hashable, Sendable, CustomStringConvertible {
  /// The loan whose sum it is.
  public let key: LoanKey

  /// The overflow of that loan's sum.
  public init(key: LoanKey) { self.key = key }

  /// A sentence with the remedy.
  public var description: String {
    "the debits or credits of \(key) exceed 2^63 − 1 minor units. Look for an amount in the wrong unit "
      + "among its entries."
  }
}
