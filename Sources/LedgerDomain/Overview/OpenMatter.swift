/// Something about a tenant's books that needs a person now.
public struct OpenMatter: Hashable, Sendable {
  /// What it is.
  public enum Kind: Int, Sendable, CaseIterable {
    /// A check of a date fails, and nobody certified the date with it.
    case brokenCheck
    /// Quarantined records of a date are open.
    case openQuarantine
    /// The certification of a date was withdrawn.
    case withdrawnCertification
    /// The export of a closed date changed.
    case lateInput
    /// The last statement of a bank account does not reconcile.
    case unreconciledBank
    /// A bank statement is overdue.
    case overdueStatement
    /// Other tenants are closed through a later date.
    case notClosed

    /// Whether it belongs to a date, and not to how the tenant stands as a whole.
    public var isOfDate: Bool {
      switch self {
      case .brokenCheck, .openQuarantine, .withdrawnCertification: true
      case .lateInput, .unreconciledBank, .overdueStatement, .notClosed: false
      }
    }
  }

  /// What it is.
  public let kind: Kind
  /// The date it is about.
  public let date: BusinessDate
  /// The check that fails; `nil` for other kinds.
  public let check: TieOutCheck?
  /// What it is about: the first comparison that fails, a bank account, a person.
  public let subject: String
  /// How many: comparisons that fail, records, outstanding items, parts.
  public let count: Int
  /// The amounts concerned: differences, or what is left out of the balances.
  public let amounts: [MatterAmount]

  /// Creates a matter.
  public init(
    _ kind: Kind, date: BusinessDate, check: TieOutCheck? = nil, subject: String = "",
    count: Int = 0, amounts: [MatterAmount] = []
  ) {
    self.kind = kind
    self.date = date
    self.check = check
    self.subject = subject
    self.count = count
    self.amounts = amounts
  }
}

extension OpenMatter {
  /// That a tenant is behind others; `nil` if it is not.
  ///
  /// - Parameters:
  ///   - closed: the last date that is closed for it.
  ///   - last: the last date that is closed for any tenant.
  public static func notClosed(
    after closed: BusinessDate, through last: BusinessDate
  ) -> OpenMatter? {
    if closed >= last { return nil }
    return OpenMatter(.notClosed, date: closed.advanced(by: 1), count: closed.days(to: last))
  }
}

extension OpenMatter: Comparable {
  /// Orders by date, kind, check and subject.
  public static func < (left: OpenMatter, right: OpenMatter) -> Bool {
    if left.date != right.date { return left.date < right.date }
    if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
    if left.check != right.check { return (left.check?.order ?? -1) < (right.check?.order ?? -1) }
    return ExactText(left.subject) < ExactText(right.subject)
  }
}

/// An amount of an open matter.
public struct MatterAmount: Hashable, Sendable {
  /// Its currency.
  public let currency: CurrencyCode
  /// Its layer; `nil` if it has none.
  public let layer: EntryLayer?
  /// The amount, signed, in minor units.
  public let amountMinor: Int128

  /// Creates an amount.
  public init(_ amountMinor: Int128, _ currency: CurrencyCode, _ layer: EntryLayer?) {
    self.amountMinor = amountMinor
    self.currency = currency
    self.layer = layer
  }
}

extension TieOutCheck {
  /// The place of the check among all.
  public var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
