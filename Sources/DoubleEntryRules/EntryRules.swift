public import LedgerDomain

/// The rules of one tenant's date in their order: the first violated rule is reported.
public struct EntryRules: EntryRule, Sendable {
  private let currency = KnownCurrencyRule()
  private let tenant: TenantRule
  private let postedDate: PostedDateRule
  private let account: KnownAccountRule
  private let sequence = UniqueSequenceRule()
  private let balanced = BalancedEntryRule()

  /// The rules for a tenant's date.
  ///
  /// - Parameter seconds: the date in the ledger's time zone, in seconds since 1970-01-01 UTC.
  public init(
    tenant: TenantID, date: BusinessDate, seconds: Range<Int64>, chart: ChartOfAccounts
  ) {
    self.tenant = TenantRule(tenant: tenant)
    self.postedDate = PostedDateRule(date: date, seconds: seconds)
    self.account = KnownAccountRule(chart: chart)
  }

  /// Whether the entry satisfies the rule.
  public func holds(for entry: JournalEntry) -> Bool {
    currency.holds(for: entry) && tenant.holds(for: entry) && postedDate.holds(for: entry)
      && account.holds(for: entry) && sequence.holds(for: entry) && balanced.holds(for: entry)
  }

  /// The findings for an entry that violates the rule; empty for one that satisfies it.
  public func findings(for entry: JournalEntry) -> [Finding] {
    let rules: [any EntryRule] = [currency, tenant, postedDate, account, sequence, balanced]
    return rules.first { !$0.holds(for: entry) }?.findings(for: entry) ?? []
  }
}
